"""All open pathways: who sees what of them, in what order, in how many queries."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casework.moves import take_step
from pathways import closing, pausing, worklist
from pathways.caseload import PAGE_SIZE, Chosen
from pathways.lifecycle import Status, Verb
from pathways.models import Pathway
from pathways.tracks import Track
from patients.models import Access
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.pathways.factories import a_pathway, the_team
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

MOST_QUERIES = 8
CLINICAL = "Halvér morfin"
SignIn = Callable[[User], Client]


def today() -> dt.date:
    return timezone.localdate()


def a_named(
    family_name: str,
    due_in: int,
    track: Track = Track.SINGLE,
    status: Status = Status.WAITING,
    **fields: Any,
) -> Pathway:
    """A pathway of somebody whose next step is due in so many days."""
    pathway = a_pathway(track, patient=a_patient(family_name=family_name))
    due_on = today() + dt.timedelta(days=due_in)
    take_step(pathway, Verb.PLANNED, status, by=None, due_on=due_on)
    Pathway.objects.filter(pk=pathway.pk).update(**fields)
    pathway.refresh_from_db()
    return pathway


def names(**chosen: Any) -> list[str]:
    rows = worklist.page(person(Role.MANAGER), Chosen(**chosen), today())
    return [pathway.patient.family_name for pathway in rows]


def shown(client: Client, **asked: str) -> str:
    return client.get(reverse("pathways:worklist"), asked).content.decode()


def test_overdue_comes_first_then_the_next_day() -> None:
    for name, due in (("Soon", 1), ("Over", -3), ("Later", 9)):
        a_named(name, due)
    assert names() == ["Over", "Soon", "Later"]


@pytest.mark.parametrize("role", Role)
def test_the_list_is_for_those_who_keep_the_queue(role: Role, client_for: SignIn) -> None:
    a_named("Lund", 1)
    someone = person(role)
    answer = client_for(someone).get(reverse("pathways:worklist"))
    opens = may(role, Permission.VIEW_QUEUE)
    assert answer.status_code == (200 if opens else 403)
    assert len(worklist.page(someone, Chosen(), today())) == (1 if opens else 0)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.PHYSICIAN, Role.NURSE])
def test_who_may_see_patients_reads_the_next_step_and_opens_the_patient(
    role: Role, client_for: SignIn
) -> None:
    pathway = a_named("Lund", 1, next_step=CLINICAL)
    page = shown(client_for(person(role, name="En Kollega")))
    assert CLINICAL in page
    assert reverse("pathways:patient", args=[pathway.patient_id]) in page


def test_the_manager_reads_no_clinical_words_and_has_no_way_to_the_patient(
    client_for: SignIn,
) -> None:
    pathway = a_named("Lund", 1, next_step=CLINICAL)
    page = shown(client_for(person(Role.MANAGER)))
    assert "Lund" in page
    assert pathway.next_step_by.name in page
    assert CLINICAL not in page
    assert "Næste skridt" not in page
    assert pathway.diagnosis not in page
    assert reverse("pathways:patient", args=[pathway.patient_id]) not in page


def test_a_physician_who_has_left_is_marked(client_for: SignIn) -> None:
    pathway = a_named("Lund", 1)
    client = client_for(person(Role.SECRETARY))
    assert "er holdt op" not in shown(client)
    User.objects.filter(pk=pathway.responsible_id).update(is_active=False)
    assert "er holdt op" in shown(client)


def test_a_closed_pathway_is_not_on_the_list() -> None:
    pathway = a_named("Lund", 1)
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "Til Jylland")
    assert names() == []


def test_a_paused_pathway_says_until_when_and_comes_back_on_its_day(client_for: SignIn) -> None:
    pathway, day = a_named("Lund", 1), today() + dt.timedelta(days=30)
    who, pk = pathway.responsible, pathway.pk
    pausing.pause(who, pk, pathway.version, "illness", day, "Venter på operation")
    assert f"På pause til {day.day}.{day.month}.{day.year}" in shown(client_for(who))
    assert names(status=Status.PAUSED) == ["Lund"]
    later = worklist.page(who, Chosen(overdue=True), day + dt.timedelta(days=1))
    assert [each.pk for each in later] == [pk]


def test_filters_narrow_the_list() -> None:
    a_named("Over", -1, Track.SINGLE, status=Status.ACTIVE)
    a_named("Hurtig", 2, Track.FAST)
    assert names(track=Track.FAST) == ["Hurtig"]
    assert names(status=Status.ACTIVE) == ["Over"]
    assert names(status=Status.WAITING, overdue=True) == []
    assert names(overdue=True) == ["Over"]


def test_the_filters_are_in_the_address_and_each_is_taken_off(client_for: SignIn) -> None:
    a_named("Over", -1)
    a_named("Hurtig", 2, Track.FAST)
    answer = client_for(person(Role.SECRETARY)).get(
        reverse("pathways:worklist"), {"track": "single", "status": "waiting", "overdue": "1"}
    )
    assert "Hurtig Lauridsen" not in answer.content.decode()
    chips = {chip["label"]: chip["remove_url"] for chip in answer.context["chips"]}
    base = reverse("pathways:worklist")
    assert chips == {
        "Monofaglig": f"{base}?status=waiting&overdue=1",
        "Venter på første tid": f"{base}?track=single&overdue=1",
        "Over frist": f"{base}?track=single&status=waiting",
    }


def test_what_is_no_filter_narrows_nothing(client_for: SignIn) -> None:
    a_named("Lund", 1)
    asked = {"track": "x", "status": "completed", "team": "1", "page": "x"}
    answer = client_for(person(Role.SECRETARY)).get(reverse("pathways:worklist"), asked)
    assert "Lund" in answer.content.decode()
    assert answer.context["chips"] == []


def test_the_counts_are_in_words_and_lead_to_the_overdue(client_for: SignIn) -> None:
    a_named("Over", -1)
    a_named("Senere", 5, status=Status.ACTIVE)
    answer = client_for(person(Role.MANAGER)).get(reverse("pathways:worklist"))
    counts = answer.context["counts"]
    labels = ["2 åbne forløb", "1 over frist", "1 venter på første tid"]
    assert [part["label"] for part in counts] == labels
    assert counts[1]["url"] == reverse("pathways:worklist") + "?overdue=1"


def test_a_long_list_is_paged_and_keeps_its_filters(client_for: SignIn) -> None:
    first_of_all = a_named("Nummer", 0)
    for n in range(1, PAGE_SIZE + 1):
        a_named(f"Nummer{n}", n)
    client = client_for(first_of_all.responsible)
    first = client.get(reverse("pathways:worklist"), {"track": "single"})
    assert len(first.context["rows"]) == PAGE_SIZE
    second = client.get(first.context["next_url"])
    (row,) = second.context["rows"]
    assert row["pathway"].patient.family_name == f"Nummer{PAGE_SIZE}"
    assert second.context["chosen"].track == "single"
    back = client.get(second.context["previous_url"])
    assert back.context["rows"] == first.context["rows"]


def test_nothing_to_show_says_what_would_be_here(client_for: SignIn) -> None:
    client = client_for(person(Role.MANAGER))
    assert "Der er ingen åbne forløb" in shown(client)
    assert "Ingen forløb passer til filtrene" in shown(client, overdue="1")


def test_looking_at_the_list_opens_no_patient(client_for: SignIn) -> None:
    a_named("Lund", 1)
    shown(client_for(person(Role.SECRETARY)))
    assert not Access.objects.exists()


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_takes_the_same_few_queries_however_long(
    rows: int, client_for: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    the_team(Track.SINGLE)
    for n in range(rows):
        a_named(f"N{n}", n)
    client = client_for(User.objects.get(role=Role.PHYSICIAN))
    with django_assert_max_num_queries(MOST_QUERIES):
        assert len(client.get(reverse("pathways:worklist")).context["rows"]) == rows


@pytest.mark.parametrize(("url_name", "is_here"), [("worklist", True), ("caseload", False)])
def test_the_place_is_current_on_its_own_page_alone(
    url_name: str, is_here: bool, client_for: SignIn
) -> None:
    answer = client_for(person(Role.PHYSICIAN)).get(reverse(f"pathways:{url_name}"))
    places = {place["url"]: place["active"] for place in answer.context["places"]}
    assert places[reverse("pathways:worklist")] is is_here
