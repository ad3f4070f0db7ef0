"""The pages of versions and drafts."""

import datetime as dt
import html
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from admission import drafting
from admission.forms import RulesForm
from admission.models import RuleSet
from admission.parameters import Place
from staff.models import User
from staff.permissions import Role
from tests.admission.versions import MONTHS, WHY, YEARS, a_draft, an_approved, deck
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
VERSIONS = reverse("oversight:versions")
NAME = Place("criteria", "duration", "name", "da")
TICK = Place("tracks", "fast", "asks", "worked_up")


def typed(draft: RuleSet, **changed: Any) -> dict[str, Any]:
    """What the browser would send of the draft's form, with some fields typed otherwise."""
    first = {**RulesForm(draft).initial, **changed}
    return {name: value for name, value in first.items() if value is not False}


def address(name: str, draft: RuleSet) -> str:
    return reverse(f"oversight:{name}", args=[draft.pk])


def words(answer: Any) -> str:
    return html.unescape(" ".join(answer.content.decode().split()))


@pytest.fixture
def drafter() -> User:
    return person(Role.PHYSICIAN)


@pytest.fixture
def manager() -> User:
    return person(Role.MANAGER)


def test_the_list_shows_versions_and_drafts_with_their_people(
    manager: User, client_for: ClientFor
) -> None:
    an_approved({MONTHS: 3}, by=manager)
    draft = a_draft({YEARS: 16})
    page = words(client_for(manager).get(VERSIONS))
    assert page.index("Version 2") < page.index("gælder nu")
    assert "Mads Leder (leder)" in page
    assert f">Kladde {draft.pk}</a>" in page


@pytest.mark.parametrize("drafts", [0, 1, 6])
def test_the_list_costs_the_same_however_long_it_is(
    drafts: int,
    manager: User,
    client_for: ClientFor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    client = client_for(manager)
    for number in range(drafts):
        a_draft({MONTHS: number + 1})
    with django_assert_num_queries(4):  # session, user, versions, drafts
        client.get(VERSIONS)


def test_a_new_draft_opens_for_its_writer(drafter: User, client_for: ClientFor) -> None:
    answer = client_for(drafter).post(reverse("oversight:draft_new"), follow=True)
    draft = RuleSet.objects.get()
    assert answer.redirect_chain == [(address("draft_edit", draft), 302)]
    assert draft.drafted_by == drafter


def test_what_is_typed_is_saved_and_shown_as_a_difference(
    drafter: User, client_for: ClientFor
) -> None:
    draft = drafting.begin(drafter)
    sent = typed(draft, **{MONTHS.field: "3", TICK.field: False, "why": WHY})
    answer = client_for(drafter).post(address("draft_edit", draft), sent, follow=True)
    page = words(answer)
    assert "Smerter i mindst 6 måneder: grænse" in page
    assert "3 måneder" in page
    assert "Hurtig vurdering: Færdigudredt" in page
    assert WHY in page
    draft.refresh_from_db()
    assert draft.content == deck({MONTHS: 3, TICK: False})


def test_a_form_sent_as_it_was_opened_changes_nothing(drafter: User, client_for: ClientFor) -> None:
    draft = a_draft({MONTHS: 3}, by=drafter)
    client_for(drafter).post(address("draft_edit", draft), typed(draft))
    assert RuleSet.objects.get().content == draft.content


WRONG: list[tuple[str, str, str]] = [
    (MONTHS.field, "500", "Grænsen skal være et helt tal fra 1 til 120."),
    (MONTHS.field, "mange", "Indtast et heltal."),
    (NAME.field, "Smerter længe nok", "Skriv {limit} dér, hvor grænsen skal stå."),
    (NAME.field, "", "Udfyld teksten på begge sprog."),
]


@pytest.mark.parametrize(("field", "value", "sentence"), WRONG)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    field: str, value: str, sentence: str, drafter: User, client_for: ClientFor
) -> None:
    draft = drafting.begin(drafter)
    sent = typed(draft, **{YEARS.field: "21", "why": "Fordi", field: value})
    page = words(client_for(drafter).post(address("draft_edit", draft), sent))
    assert f'id="id_{field}_error"' in page
    assert page.count(sentence) == 2  # in the list on top and at the field
    assert f'value="{value}"' in page or f">{value}</textarea>" in page.replace("> ", ">")
    assert 'value="21"' in page
    assert "Fordi" in page
    draft.refresh_from_db()
    assert draft.content == deck()


def test_a_track_that_asks_nothing_is_refused(drafter: User, client_for: ClientFor) -> None:
    draft = drafting.begin(drafter)
    none = {name: False for name in RulesForm(draft).fields if name.startswith("tracks-fast-asks")}
    page = words(client_for(drafter).post(address("draft_edit", draft), typed(draft, **none)))
    assert "Sporet skal spørge om mindst ét kriterium." in page


def test_who_comes_second_reads_what_happened_and_loses_nothing(
    drafter: User, client_for: ClientFor
) -> None:
    draft, client = drafting.begin(drafter), client_for(drafter)
    sent = typed(draft, **{YEARS.field: "21"})
    drafting.change(drafter, draft.pk, 1, deck({MONTHS: 3}), WHY)
    answer = client.post(address("draft_edit", draft), sent)
    assert answer.status_code == 409
    page = words(answer)
    assert "Anne Holm (læge) ændrede kladden" in page
    assert 'value="21"' in page
    assert 'name="version" value="2"' in page
    assert "Smerter i mindst 3 måneder: grænse 3 måneder → 6 måneder" in page
    assert "18 år eller ældre: grænse 18 år → 21 år" in page


def test_nobody_else_opens_the_form_but_everybody_who_may_reads_the_draft(
    manager: User, client_for: ClientFor
) -> None:
    draft, client = a_draft(), client_for(manager)
    assert client.get(address("draft", draft)).status_code == 200
    refused = client.get(address("draft_edit", draft))
    assert refused.status_code == 409
    assert "Det er Anne Holm, der skriver kladden." in words(refused)


def test_the_drafter_reads_why_the_button_is_off(drafter: User, client_for: ClientFor) -> None:
    page = words(client_for(drafter).get(address("draft", a_draft(by=drafter))))
    assert "Du har selv skrevet kladden." in page
    assert 'aria-disabled="true"' in page
    assert address("draft_approve", RuleSet.objects.get()) not in page


def test_another_person_approves_from_a_day(manager: User, client_for: ClientFor) -> None:
    draft, day = a_draft(), timezone.localdate() + dt.timedelta(days=14)
    sent = {"version": draft.version, "valid_from": f"{day:%d.%m.%Y}"}
    answer = client_for(manager).post(address("draft_approve", draft), sent, follow=True)
    assert "Version 2 er godkendt og gælder fra" in words(answer)
    draft.refresh_from_db()
    assert (draft.approved_by, draft.valid_from) == (manager, day)


@pytest.mark.parametrize(
    ("day", "sentence", "status"),
    [("01.01.2020", "tidligst gælde fra", 409), ("snart", "Indtast en gyldig dato.", 422)],
)
def test_a_day_that_cannot_be_is_refused_and_stays_typed(
    day: str, sentence: str, status: int, manager: User, client_for: ClientFor
) -> None:
    draft = a_draft()
    sent = {"version": draft.version, "valid_from": day}
    answer = client_for(manager).post(address("draft_approve", draft), sent)
    assert answer.status_code == status
    assert sentence in words(answer)
    assert f'value="{day}"' in words(answer)


def test_nobody_approves_words_they_have_not_seen(manager: User, client_for: ClientFor) -> None:
    draft, client = a_draft(), client_for(manager)
    day = f"{timezone.localdate() + dt.timedelta(days=2):%d.%m.%Y}"
    read_at = draft.version
    drafting.change(draft.drafted_by, draft.pk, read_at, deck({MONTHS: 1}), WHY)
    sent = {"version": read_at, "valid_from": day}
    answer = client.post(address("draft_approve", draft), sent)
    assert answer.status_code == 409
    page = words(answer)
    assert "1 måned" in page
    assert f'name="version" value="{read_at + 1}"' in page
    assert f'value="{day}"' in page


def test_the_approver_is_told_that_nothing_was_tried_out(
    manager: User, client_for: ClientFor
) -> None:
    page = words(client_for(manager).get(address("draft", a_draft())))
    assert "Kladden er ikke afprøvet på tidligere henvisninger." in page


def test_a_draft_that_was_overtaken_offers_to_carry_its_changes_over(
    drafter: User, manager: User, client_for: ClientFor
) -> None:
    draft = a_draft({MONTHS: 3}, by=drafter)
    an_approved({YEARS: 16}, by=manager)
    client = client_for(drafter)
    assert "Før over på version 2" in words(client.get(address("draft", draft)))
    sent = {"version": draft.version}
    page = words(client.post(address("draft_rebase", draft), sent, follow=True))
    assert "Kladden bygger nu på version 2." in page
    assert "18 år eller ældre: grænse" not in page
    assert client_for(manager).post(address("draft_rebase", draft), sent).status_code == 409


def test_discarding_asks_first_and_keeps_the_draft_readable(
    drafter: User, client_for: ClientFor
) -> None:
    draft, client = a_draft(by=drafter), client_for(drafter)
    assert "Kassér kladden?" in words(client.get(address("draft_discard", draft)))
    sent = {"version": draft.version}
    page = words(client.post(address("draft_discard", draft), sent, follow=True))
    assert "Kladden er kasseret." in page
    assert "blev kasseret af Anne Holm (læge)" in words(client.get(address("draft", draft)))
    assert client.post(address("draft_discard", draft), sent).status_code == 409


@pytest.mark.parametrize("version", ["", "seks", "-1", "999999999999999999999"])
def test_a_button_without_a_version_does_nothing(
    version: str, drafter: User, client_for: ClientFor
) -> None:
    draft = a_draft(by=drafter)
    answer = client_for(drafter).post(address("draft_discard", draft), {"version": version})
    assert answer.status_code == 409
    assert RuleSet.objects.get().status == "draft"


@pytest.mark.parametrize("status", ["discarded", "approved"])
def test_what_is_settled_has_no_buttons(status: str, manager: User, client_for: ClientFor) -> None:
    draft = an_approved(by=manager) if status == "approved" else a_draft(by=manager)
    if status == "discarded":
        drafting.discard(manager, draft.pk, draft.version)
    page = words(client_for(manager).get(address("draft", draft)))
    assert address("draft_edit", draft) not in page
    assert address("draft_approve", draft) not in page


@pytest.mark.parametrize("changed", [1, 8])
def test_a_drafts_page_costs_the_same_whatever_it_changes(
    changed: int,
    manager: User,
    client_for: ClientFor,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    places = [Place("tracks", "fast", "asks", each["code"]) for each in deck()["criteria"]]
    draft, client = a_draft(dict.fromkeys(places[:changed], False)), client_for(manager)
    with django_assert_max_num_queries(9):
        client.get(address("draft", draft))
