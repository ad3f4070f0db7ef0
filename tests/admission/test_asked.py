"""Which criteria are asked of whom: what the track spares, and more while the track is open."""

from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admission.criteria import CRITERIA, Facts, Question, Situation
from admission.judging import asked
from admission.pleas import COMPLICATIONS, plead, possible
from admission.routing import propose
from admission.rules import DECK, DECK_CONTENT, Rules
from pathways.tracks import Track
from tests.admission.criteria.cases import (
    ANSWERS,
    NOTHING_ANSWERED,
    RECEIVABLE,
    all_facts,
    all_rules,
)

# A referral that each track is proposed for.
PROPOSED = {
    Track.SUBACUTE: replace(
        RECEIVABLE, from_hospital=True, situations=frozenset({Situation.TRAUMA})
    ),
    Track.FAST: replace(RECEIVABLE, question=Question.OPTIMAL),
    Track.INTERDISCIPLINARY: replace(RECEIVABLE, social=True),
    Track.SINGLE: RECEIVABLE,
}
COMPLEX_OR_SIMPLE = replace(RECEIVABLE, social=None)


def sparing(**spares: set[str]) -> Rules:
    content: Any = deepcopy(dict(DECK_CONTENT))
    for written in content["tracks"]:
        written["spares"] = sorted(spares.get(written["track"], ()))
    return Rules.from_json(content)


def codes_asked(facts: Facts, rules: Rules) -> list[str]:
    return [rule.code for rule in asked(facts, rules)]


@pytest.mark.parametrize("track", Track)
@pytest.mark.parametrize("code", CRITERIA)
def test_each_track_can_spare_each_criterion_and_only_its_own_patients(
    track: Track, code: str
) -> None:
    rules = sparing(**{track.value: {code}})
    for proposed, facts in PROPOSED.items():
        assert propose(facts, rules).proposal is proposed
        assert (code in codes_asked(facts, rules)) is (proposed is not track)


def test_the_deck_spares_the_subacute_what_takes_time() -> None:
    spared = {"duration", "worked_up", "fully_treated"}
    for track, facts in PROPOSED.items():
        everything = [
            code for code in CRITERIA if track is not Track.SUBACUTE or code not in spared
        ]
        assert codes_asked(facts, DECK) == everything


def test_while_the_track_is_open_everything_any_of_them_asks_is_asked() -> None:
    assert possible(plead(COMPLEX_OR_SIMPLE, DECK)) == (Track.INTERDISCIPLINARY, Track.SINGLE)
    one_of_them = sparing(interdisciplinary={"adult"})
    both = sparing(interdisciplinary={"adult", "duration"}, single={"adult", "worked_up"})
    assert codes_asked(COMPLEX_OR_SIMPLE, one_of_them) == list(CRITERIA)
    assert codes_asked(COMPLEX_OR_SIMPLE, both) == [code for code in CRITERIA if code != "adult"]


def test_a_track_after_one_that_fits_is_not_possible() -> None:
    """Subacute or fast: whatever the dose is, none of the others."""
    open_dose = replace(
        PROPOSED[Track.FAST],
        from_hospital=True,
        situations=frozenset({Situation.OPIOIDS_AT_DISCHARGE}),
    )
    assert possible(plead(open_dose, DECK)) == (Track.SUBACUTE, Track.FAST)
    rules = sparing(subacute={"adult"}, fast={"adult"})
    assert "adult" not in codes_asked(open_dose, rules)


def test_a_follow_up_whose_situation_is_not_told_may_still_be_subacute() -> None:
    facts = replace(COMPLEX_OR_SIMPLE, from_hospital=True, question=Question.FOLLOW_UP)
    assert Track.SUBACUTE in possible(plead(facts, DECK))
    rules = sparing(interdisciplinary={"adult"}, single={"adult"})
    assert "adult" in codes_asked(facts, rules)


def test_a_blank_referral_is_asked_everything() -> None:
    assert codes_asked(NOTHING_ANSWERED, DECK) == list(CRITERIA)


@given(all_facts, all_rules)
def test_what_is_asked_is_what_any_possible_track_asks_in_the_versions_order(
    facts: Facts, rules: Rules
) -> None:
    tracks = possible(plead(facts, rules))
    assert codes_asked(facts, rules) == [
        code
        for code in rules.criteria
        if any(code not in rules.tracks[track].spares for track in tracks)
    ]


@given(all_facts, all_rules, st.data())
def test_telling_what_is_missing_never_asks_for_more(
    facts: Facts, rules: Rules, data: st.DataObject
) -> None:
    before = codes_asked(facts, rules)
    answers: dict[str, Any] = {
        name: data.draw(ANSWERS[name].filter(bool), label=name)
        for name in propose(facts, rules).missing
        if name != "question" and not getattr(facts, name)
    }
    after = replace(facts, **answers)
    assert set(codes_asked(after, rules)) <= set(before)


@given(all_facts, all_rules)
def test_the_track_proposed_is_the_only_one_possible(facts: Facts, rules: Rules) -> None:
    proposal = propose(facts, rules).proposal
    tracks = possible(plead(facts, rules))
    assert proposal is None or tracks == (proposal,)
    assert tracks


@given(all_facts, all_rules)
def test_every_answer_to_what_complicates_leads_to_a_possible_track(
    facts: Facts, rules: Rules
) -> None:
    before = possible(plead(facts, rules))
    for answer in (True, False):
        answers: dict[str, Any] = {
            item.fact: answer for item in COMPLICATIONS if getattr(facts, item.fact) is None
        }
        assert set(possible(plead(replace(facts, **answers), rules))) <= set(before)
