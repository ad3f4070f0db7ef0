"""A pathway always has a next step, somebody to take it and a day; teams change with a reason."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from casework.refusals import Refused, Stale
from pathways import planning
from pathways.lifecycle import Verb
from pathways.models import Pathway
from pathways.team import Seat
from pathways.tracks import Discipline, Track
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.pathways.factories import a_pathway, colleague, latest_step
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)
FRIDAY = dt.date(2026, 6, 12)


@pytest.fixture(autouse=True)
def _on_a_tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE)


@pytest.fixture
def nurse(pathway: Pathway) -> User:
    return colleague(pathway)


def on_team(pathway: Pathway) -> set[User]:
    return {member.user for member in pathway.team.current()}


def test_the_next_step_says_what_who_and_when(pathway: Pathway, nurse: User) -> None:
    planning.set_next_step(nurse, pathway.pk, pathway.version, " Ring  om effekten ", nurse, FRIDAY)
    pathway.refresh_from_db()
    assert (pathway.next_step, pathway.next_step_by, pathway.due_on) == (
        "Ring om effekten",
        nurse,
        FRIDAY,
    )
    assert latest_step(pathway).verb == Verb.PLANNED


def test_a_next_step_needs_words(pathway: Pathway, nurse: User) -> None:
    with pytest.raises(Refused, match="altid have et næste skridt"):
        planning.set_next_step(nurse, pathway.pk, pathway.version, "  ", nurse, FRIDAY)


def test_a_next_step_is_not_due_in_the_past(pathway: Pathway, nurse: User) -> None:
    with pytest.raises(Refused, match="allerede gået"):
        planning.set_next_step(
            nurse, pathway.pk, pathway.version, "Ring", nurse, dt.date(2026, 6, 8)
        )


def test_a_next_step_is_taken_by_somebody_who_can(pathway: Pathway, nurse: User) -> None:
    referrer = person(Role.REFERRER)
    with pytest.raises(Refused, match="Gerda Læge kan ikke have næste skridt"):
        planning.set_next_step(nurse, pathway.pk, pathway.version, "Ring", referrer, FRIDAY)


def test_the_second_of_two_is_told_what_the_first_did(pathway: Pathway, nurse: User) -> None:
    read_at = pathway.version
    planning.set_next_step(nurse, pathway.pk, read_at, "Ring", nurse, FRIDAY)
    with pytest.raises(Stale, match=r"Nina Sygeplejerske .* satte næste skridt"):
        planning.set_next_step(pathway.responsible, pathway.pk, read_at, "Skriv", nurse, FRIDAY)
    pathway.refresh_from_db()
    assert pathway.next_step == "Ring"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REFERRER])
def test_who_may_plan(pathway: Pathway, nurse: User, role: Role) -> None:
    user = person(role)
    pathway.team.create(user=user, discipline=Discipline.NURSE)
    if not may(role, Permission.PLAN):
        with pytest.raises(Pathway.DoesNotExist):
            planning.set_next_step(user, pathway.pk, pathway.version, "Ring", nurse, FRIDAY)
        return
    planning.set_next_step(user, pathway.pk, pathway.version, "Ring", nurse, FRIDAY)
    pathway.refresh_from_db()
    assert pathway.next_step == "Ring"


def test_somebody_joins_with_a_reason(pathway: Pathway, nurse: User) -> None:
    psychologist = person(Role.PSYCHOLOGIST)
    seat = Seat(psychologist, Discipline.PSYCHOLOGIST, "Sover ikke")
    planning.change_team(nurse, pathway.pk, pathway.version, why="Sover ikke", join=[seat])
    assert psychologist in on_team(pathway)
    assert latest_step(pathway).why == "På teamet: Pia Psykolog. Sover ikke"


def test_a_nurse_is_replaced_and_hands_over_the_next_step(pathway: Pathway, nurse: User) -> None:
    other = person(Role.NURSE, name="Signe")
    planning.change_team(
        pathway.responsible,
        pathway.pk,
        pathway.version,
        why="Barsel",
        join=[Seat(other, Discipline.NURSE, "")],
        leave=[nurse],
    )
    pathway.refresh_from_db()
    assert on_team(pathway) == {pathway.responsible, other}
    assert pathway.next_step_by == other
    assert pathway.team.get(user=nurse).until == dt.date(2026, 6, 9)


def test_a_new_responsible_physician_joins_the_team(pathway: Pathway, nurse: User) -> None:
    physician = person(Role.PHYSICIAN, name="Bo Friis")
    former = pathway.responsible
    planning.change_team(
        nurse, pathway.pk, pathway.version, why="Ferie", leave=[former], responsible=physician
    )
    pathway.refresh_from_db()
    assert pathway.responsible == physician
    assert on_team(pathway) == {physician, nurse}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("nothing", "Vælg, hvem der skal"),
        ("no_reason", "hvorfor teamet ændres"),
        ("physician_leaves", "Vælg en anden behandlingsansvarlig læge"),
        ("nurse_leaves", "kan ikke være uden sygeplejerske"),
        ("nurse_joins_again", "er allerede på teamet"),
        ("stranger_leaves", "er ikke på teamet"),
        ("nurse_responsible", "er ikke læge"),
    ],
)
def test_what_a_team_cannot_be(pathway: Pathway, nurse: User, change: str, sentence: str) -> None:
    again = Seat(nurse, Discipline.NURSE, "")
    changes: dict[str, dict[str, Any]] = {
        "nothing": {"why": "x"},
        "no_reason": {"why": " ", "leave": [nurse]},
        "physician_leaves": {"why": "x", "leave": [pathway.responsible]},
        "nurse_leaves": {"why": "x", "leave": [nurse]},
        "nurse_joins_again": {"why": "x", "join": [again]},
        "stranger_leaves": {"why": "x", "leave": [person(Role.PSYCHOLOGIST)]},
        "nurse_responsible": {"why": "x", "responsible": nurse},
    }
    with pytest.raises(Refused, match=sentence):
        planning.change_team(nurse, pathway.pk, pathway.version, **changes[change])
    pathway.refresh_from_db()
    assert on_team(pathway) == {pathway.responsible, nurse}
