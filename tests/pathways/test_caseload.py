"""My patients: most urgent first, with what has just happened; always the same few queries."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pathways import caseload, contacts
from pathways.caseload import Chosen
from pathways.contacts import Call
from pathways.models import Appointment, Pathway
from pathways.tracks import Discipline, Track
from staff.models import User
from staff.permissions import Role
from tests.pathways.factories import a_pathway, colleague, the_team
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8
SignIn = Callable[[User], Client]


def today() -> dt.date:
    return timezone.localdate()


def a_named(family_name: str, due_in: int, track: Track = Track.SINGLE) -> Pathway:
    """A pathway of somebody whose next step is due in so many days."""
    pathway = a_pathway(track, patient=a_patient(family_name=family_name))
    Pathway.objects.filter(pk=pathway.pk).update(due_on=today() + dt.timedelta(days=due_in))
    pathway.refresh_from_db()
    return pathway


def names(user: User, chosen: Chosen | None = None) -> list[str]:
    _page, rows = caseload.page(user, chosen or Chosen(), today())
    return [row.pathway.patient.family_name for row in rows]


def a_call_about(pathway: Pathway, **words: str) -> None:
    said: dict[str, Any] = {"caller": "patient", "reason": "medicine", "said": "Mere ondt"} | words
    contacts.log(colleague(pathway), pathway.patient_id, uuid.uuid4(), Call(**said))


def test_overdue_comes_first_then_the_next_day() -> None:
    late = [a_named(name, due) for name, due in (("Soon", 1), ("Over", -3), ("Later", 9))]
    assert names(late[0].responsible) == ["Over", "Soon", "Later"]


def test_a_physician_sees_those_they_are_responsible_for() -> None:
    pathway = a_named("Mine", 1)
    other = person(Role.PHYSICIAN, name="Bo Friis")
    pathway.team.create(user=other, discipline=Discipline.PHYSICIAN)
    assert names(pathway.responsible) == ["Mine"]
    assert names(other) == []
    assert names(other, Chosen(team=True)) == ["Mine"]


@pytest.mark.parametrize("discipline", [one for one in Discipline if one != Discipline.PHYSICIAN])
def test_everybody_else_sees_their_teams_patients(discipline: Discipline) -> None:
    pathway = a_named("Vores", 1, Track.INTERDISCIPLINARY)
    assert names(colleague(pathway, discipline)) == ["Vores"]
    assert names(person(Role(discipline), name="En Fremmed")) == []


def test_who_has_left_the_team_no_longer_carries_the_patient() -> None:
    pathway = a_named("Før", 1)
    nurse = colleague(pathway)
    pathway.team.filter(user=nurse).update(until=today())
    assert names(nurse) == []


def test_filters_narrow_the_list() -> None:
    pathway = a_named("Over", -1, Track.SINGLE)
    a_named("Hurtig", 2, Track.FAST)
    assert names(pathway.responsible, Chosen(track=Track.FAST)) == ["Hurtig"]
    assert names(pathway.responsible, Chosen(overdue=True)) == ["Over"]


def test_a_row_shows_the_latest_call_and_what_to_notice() -> None:
    pathway = a_named("Lund", 1)
    a_call_about(pathway, said="Først")
    a_call_about(pathway, said="Sidst", follow_up="ask_physician")
    Appointment.objects.create(
        pathway=pathway,
        clinician=pathway.responsible,
        starts_at=timezone.now() - dt.timedelta(days=1),
        booked_by=pathway.responsible,
        status=Appointment.Status.STAYED_AWAY,
        settled_by=pathway.responsible,
        settled_at=timezone.now(),
    )
    _page, (row,) = caseload.page(pathway.responsible, Chosen(), today())
    assert row.latest is not None
    assert row.latest.said == "Sidst"
    assert [flag["label"] for flag in row.flags] == ["spørgsmål til lægen", "udeblev sidst"]


def test_a_first_visit_that_is_late_is_flagged_though_the_next_step_is_not() -> None:
    pathway = a_named("Lund", 1)
    Pathway.objects.filter(pk=pathway.pk).update(first_visit_by=today() - dt.timedelta(days=1))
    _page, (row,) = caseload.page(pathway.responsible, Chosen(), today())
    assert [flag["label"] for flag in row.flags] == ["første tid er over fristen"]


def test_the_physician_finds_the_questions_of_the_phone_hour_on_top(client_for: SignIn) -> None:
    pathway = a_named("Lund", 1)
    a_call_about(pathway, said="Må dosis sættes op?", follow_up="ask_physician")
    page = client_for(pathway.responsible).get(reverse("pathways:caseload")).content.decode()
    assert "Spørgsmål fra telefontiden" in page
    assert "Må dosis sættes op?" in page


def test_the_counts_link_to_the_overdue(client_for: SignIn) -> None:
    pathway = a_named("Over", -1)
    a_named("Senere", 5)
    page = client_for(pathway.responsible).get(reverse("pathways:caseload")).content.decode()
    assert "2 patienter" in page
    assert "1 over frist" in page
    filtered = client_for(pathway.responsible).get(reverse("pathways:caseload"), {"overdue": "1"})
    assert "Senere" not in filtered.content.decode()


def test_an_unknown_track_is_no_filter(client_for: SignIn) -> None:
    pathway = a_named("Lund", 1)
    page = client_for(pathway.responsible).get(reverse("pathways:caseload"), {"track": "x"})
    assert "Lund" in page.content.decode()


def test_a_long_caseload_is_paged(client_for: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caseload, "PAGE_SIZE", 2)
    pathways = [a_named(f"Nummer{n}", n) for n in range(3)]
    client = client_for(pathways[0].responsible)
    first = client.get(reverse("pathways:caseload"))
    assert "Nummer2" not in first.content.decode()
    second = client.get(first.context["next_url"]).content.decode()
    assert "Nummer2" in second
    assert "Nummer1" not in second


def test_nothing_to_show_says_what_would_be_here(client_for: SignIn) -> None:
    page = client_for(person(Role.NURSE)).get(reverse("pathways:caseload")).content.decode()
    assert "Du har ingen patienter endnu" in page


def test_the_list_takes_the_same_few_queries_however_long(
    client_for: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    the_team(Track.SINGLE)
    pathways = [a_named(f"N{n}", n) for n in range(6)]
    for pathway in pathways:
        a_call_about(pathway, follow_up="ask_physician")
    client = client_for(pathways[0].responsible)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(reverse("pathways:caseload")).status_code == 200
