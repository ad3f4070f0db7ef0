"""Drafting: who may, what may stand in a draft, and two people at one draft."""

import contextlib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from admission import drafting
from admission.models import RuleSet
from admission.parameters import Place, content_of, parameters
from admission.rules import DECK_CONTENT, Rules
from casework.refusals import Refused, Stale
from staff.permissions import Permission, Role, roles_with
from tests.admission.versions import (
    MILLIGRAMS,
    MONTHS,
    WHY,
    YEARS,
    a_draft,
    an_approved,
    deck,
    with_changes,
)
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
NAME = Place("criteria", "duration", "name", "da")
PLAIN = Place("criteria", "worked_up", "sentence", "en")
DRAFTERS = roles_with(Permission.DRAFT_RULES)


@pytest.mark.parametrize("role", list(Role))
def test_only_who_may_draft_begins_one(role: Role) -> None:
    user = person(role)
    if role in DRAFTERS:
        assert drafting.begin(user).drafted_role == role
    else:
        with pytest.raises(Refused, match="lægerne og lederen"):
            drafting.begin(user)


def test_a_first_draft_says_what_the_deck_says() -> None:
    draft = drafting.begin(person(Role.PHYSICIAN))
    assert (draft.status, draft.based_on) == ("draft", 1)
    assert parameters(draft.content) == parameters(DECK_CONTENT)


def test_a_second_click_begins_no_second_draft() -> None:
    user = person(Role.PHYSICIAN)
    first = drafting.begin(user)
    assert drafting.begin(user) == first
    drafting.change(user, first.pk, 1, deck({MONTHS: 3}), WHY)
    assert drafting.begin(user) != first
    assert drafting.begin(person(Role.MANAGER)).drafted_by != user


def test_a_later_draft_begins_from_the_newest_version_though_it_is_not_in_force_yet() -> None:
    an_approved({MONTHS: 3})
    newest = an_approved({YEARS: 16})
    draft = drafting.begin(person(Role.MANAGER))
    assert draft.based_on == newest.number == 3
    assert draft.content == newest.content


def test_a_change_is_kept_with_its_reason_and_counted() -> None:
    user = person(Role.PHYSICIAN)
    draft = drafting.begin(user)
    changed = drafting.change(user, draft.pk, 1, deck({MONTHS: 3}), WHY)
    changed.refresh_from_db()
    assert changed.rules.criteria["duration"].limit == 3
    assert (changed.why, changed.version) == (WHY, 2)
    assert changed.changed_at > changed.drafted_at


@pytest.mark.parametrize("role", list(Role))
def test_nobody_changes_or_discards_another_persons_draft(role: Role) -> None:
    draft, other = a_draft(), person(role)
    with pytest.raises(Refused):
        drafting.change(other, draft.pk, draft.version, deck(), WHY)
    with pytest.raises(Refused):
        drafting.discard(other, draft.pk, draft.version)
    assert RuleSet.objects.get().status == "draft"


def test_the_draft_of_somebody_who_has_left_is_discarded_by_a_colleague() -> None:
    draft, colleague = a_draft(), person(Role.MANAGER)
    draft.drafted_by.is_active = False
    draft.drafted_by.save()
    with pytest.raises(Refused):
        drafting.change(colleague, draft.pk, draft.version, deck(), WHY)
    assert drafting.discard(colleague, draft.pk, draft.version).discarded_by == colleague


def test_a_change_on_top_of_another_names_who_made_it_and_loses_nothing() -> None:
    draft = a_draft()
    with pytest.raises(Stale, match=r"Anne Holm \(læge\) ændrede kladden \d\d\.\d\d\.\d{4} kl\."):
        drafting.change(draft.drafted_by, draft.pk, 1, deck({YEARS: 16}), WHY)
    assert RuleSet.objects.get().content == draft.content


def test_a_discarded_draft_stays_with_who_did_it_and_is_changed_no_more() -> None:
    draft = a_draft()
    drafting.discard(draft.drafted_by, draft.pk, draft.version)
    with pytest.raises(Refused, match=r"kasseret af Anne Holm \(læge\)"):
        drafting.change(draft.drafted_by, draft.pk, draft.version, deck(), WHY)
    kept = RuleSet.objects.get()
    assert (kept.status, kept.discarded_role) == ("discarded", "physician")
    assert kept.discarded_at is not None


WRONG: dict[str, tuple[dict[Place, Any], str]] = {
    "an age nobody has": ({YEARS: 121}, "fra 0 til 120"),
    "a negative age": ({YEARS: -1}, "fra 0 til 120"),
    "no months at all": ({MONTHS: 0}, "fra 1 til 120"),
    "months without end": ({MONTHS: 121}, "fra 1 til 120"),
    "no milligrams": ({MILLIGRAMS: "0"}, "fra 1 til 1000"),
    "milligrams that are no number": ({MILLIGRAMS: "NaN"}, "helt tal"),
    "milligrams in other digits": ({MILLIGRAMS: "٦٠"}, "helt tal"),
    "months that are true": ({MONTHS: True}, "samme orden"),
    "months as text": ({MONTHS: "6"}, "samme orden"),
    "a name without its limit": ({NAME: "Smerter længe nok"}, r"Skriv \{limit\}"),
    "another number than the limit": (
        {NAME: "Smerter i mindst {limit}, dvs. 6 måneder"},
        "intet andet tal",
    ),
    "another number in what follows": (
        {Place("criteria", "adult", "consequence", "en"): "Under 18: refer to {destination}."},
        "intet andet tal",
    ),
    "another number in a track's words": (
        {Place("tracks", "subacute", "sentence", "da"): "Over {limit}, ikke 60 mg"},
        "intet andet tal",
    ),
    "another placeholder": ({NAME: "Mindst {limit} {unit}"}, r"Kun \{limit\}"),
    "a limit where there is none": ({PLAIN: "Worked up in {limit}"}, r"Kun \{destination\}"),
    "half a brace": ({PLAIN: "Worked up }"}, r"Kun \{destination\}"),
    "a name with a place": (
        {Place("criteria", "worked_up", "name", "en"): "Worked up {destination}"},
        "intet at indsætte",
    ),
    "another place, though its care stays in the words": (
        {Place("criteria", "non_malignant", "destination"): "alcohol"},
        "Teksten peger på »Palliativ afdeling«, men kriteriet peger på »Alkoholenhed«",
    ),
    "another place, named by the centre's words": (
        {Place("criteria", "headache_not_main", "destination"): "palliative"},
        "peger på »Hovedpinecenter«",
    ),
    "a place that what follows does not name": (
        {Place("criteria", "worked_up", "destination"): "misuse"},
        r"Skriv \{destination\} dér",
    ),
    "the GP instead of the place": (
        {Place("criteria", "duration", "destination"): "paediatric"},
        r"Skriv \{destination\} dér",
    ),
    "one language only": ({PLAIN: "  "}, "begge sprog"),
    "two lines": ({PLAIN: "Worked\nup"}, "linjeskift"),
    "what no database keeps": ({PLAIN: "Worked\x00up"}, "linjeskift"),
    "a whole novel": ({PLAIN: "x" * 801}, "højst 800"),
    "a place that is none": (
        {Place("criteria", "adult", "destination"): "hospice"},
        "Vælg et af de steder",
    ),
    "a track that asks nothing": (
        {Place("tracks", "fast", "asks", each["code"]): False for each in DECK_CONTENT["criteria"]},
        "mindst ét kriterium",
    ),
}


def test_a_place_is_changed_with_the_words_that_name_it_and_page_and_finding_agree() -> None:
    draft, code = a_draft(), "duration"
    moved = {
        Place("criteria", code, "destination"): "misuse",
        Place(
            "criteria", code, "consequence", "da"
        ): "Tal med egen læge: henvis til {destination}.",
        Place("criteria", code, "consequence", "en"): "Ask the GP: refer to {destination}.",
    }
    changed = drafting.change(draft.drafted_by, draft.pk, draft.version, deck(moved), WHY)
    consequence = changed.rules.criteria[code].consequence
    assert consequence.da == "Tal med egen læge: henvis til Misbrugscenter."
    assert consequence.en == "Ask the GP: refer to the substance misuse centre."


@pytest.mark.parametrize("wrong", WRONG)
def test_a_draft_does_not_take(wrong: str) -> None:
    changed, sentence = WRONG[wrong]
    draft = a_draft()
    with pytest.raises(Refused, match=sentence):
        drafting.change(draft.drafted_by, draft.pk, draft.version, deck(changed), WHY)
    draft.refresh_from_db()
    assert draft.rules.criteria["duration"].limit == 3


def test_criteria_and_tracks_stay_and_keep_their_order() -> None:
    draft = a_draft()
    turned, fewer, more = deck(), deck(), deck()
    turned["criteria"].reverse()
    fewer["tracks"].pop()
    more["tracks"][0]["spares"].append("rich_enough")
    wrong: list[Any] = [turned, fewer, more, deck() | {"more": []}, None, [], "deck"]
    for content in wrong:
        with pytest.raises(Refused, match="samme orden"):
            drafting.change(draft.drafted_by, draft.pk, draft.version, content, WHY)


@pytest.mark.parametrize(("why", "sentence"), [("x" * 2001, "højst 2000"), ("a\x00b", "styretegn")])
def test_a_reason_can_be_kept_and_read(why: str, sentence: str) -> None:
    draft = a_draft()
    with pytest.raises(Refused, match=sentence):
        drafting.change(draft.drafted_by, draft.pk, draft.version, deck(), why)


def test_what_a_draft_changes_is_carried_over_to_the_newest_version() -> None:
    mine = {MONTHS: 3, Place("tracks", "fast", "asks", "worked_up"): False}
    theirs = {MONTHS: 4, YEARS: 16, Place("tracks", "fast", "asks", "duration"): False}
    draft = a_draft(mine)
    newest = an_approved(theirs)
    moved = drafting.rebase(draft.drafted_by, draft.pk, draft.version)
    assert (moved.based_on, moved.version) == (newest.number, draft.version + 1)
    assert parameters(moved.content) == parameters(deck({**theirs, **mine}))


def test_only_the_drafter_carries_changes_over() -> None:
    draft = a_draft()
    an_approved({YEARS: 16})
    with pytest.raises(Refused, match="Anne Holm"):
        drafting.rebase(person(Role.MANAGER), draft.pk, draft.version)


PLACES = list(parameters(DECK_CONTENT))
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
LIKELY = st.integers(-1, 130) | st.sampled_from(["60", "palliative", "Over {limit}", "{", True])
SOME_OTHERWISE = st.dictionaries(st.sampled_from(PLACES), LIKELY | ANYTHING, max_size=6).map(
    lambda changed: content_of(parameters(DECK_CONTENT) | changed, DECK_CONTENT)
)


class WhateverIsSent(TestCase):
    """Arbitrary content: refused, or kept so that it can be read as rules."""

    @settings(max_examples=60)
    @given(content=SOME_OTHERWISE | ANYTHING, why=st.text(max_size=30))
    def test_what_is_kept_can_always_be_read_as_rules(self, content: Any, why: str) -> None:
        user = person(Role.PHYSICIAN)
        draft = drafting.begin(user)
        with contextlib.suppress(Refused):
            drafting.change(user, draft.pk, draft.version, content, why)
        kept = RuleSet.objects.get(pk=draft.pk)
        rules = Rules.from_json(kept.content)
        assert list(rules.criteria) == [each["code"] for each in DECK_CONTENT["criteria"]]
        assert rules.discharge_morphine_mg > 0
        assert with_changes(kept.content, {}) == kept.content
