"""A patient's page shows who it is, what stands next and what happened; opening it is recorded."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pathways import closing, contacts, timeline
from pathways.contacts import Call
from pathways.models import Pathway
from pathways.timeline import Entry, Kind
from pathways.tracks import Discipline, Track
from patients.models import Access, Patient
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.pathways.factories import a_pathway, colleague
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

MOST_QUERIES = 23
SignIn = Callable[[User], Client]


def address(patient: Patient) -> str:
    return reverse("pathways:patient", args=[patient.pk])


def shown(client: Client, patient: Patient, **asked: str) -> str:
    response = client.get(address(patient), asked)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def pathway() -> Pathway:
    patient = a_patient(
        allergies="penicillin",
        interpreter_language="arabisk",
        street="Vestergade 3",
        postal_code="2860",
        city="Søborg",
    )
    return a_pathway(Track.INTERDISCIPLINARY, patient=patient)


def test_safety_stands_on_top(client_for: SignIn, pathway: Pathway) -> None:
    page = shown(client_for(colleague(pathway)), pathway.patient)
    assert "Allergi: penicillin" in page
    assert "tolk: arabisk" in page


def test_a_protected_address_is_not_shown(client_for: SignIn, pathway: Pathway) -> None:
    client = client_for(colleague(pathway))
    assert "Vestergade 3" in shown(client, pathway.patient)
    Patient.objects.filter(pk=pathway.patient_id).update(protected_address=True)
    page = shown(client, pathway.patient)
    assert "Beskyttet adresse" in page
    assert "Vestergade 3" not in page


def test_the_number_is_on_the_page_but_not_in_its_title(
    client_for: SignIn, pathway: Pathway
) -> None:
    page = shown(client_for(colleague(pathway)), pathway.patient)
    title = page[page.index("<title>") : page.index("</title>")]
    assert pathway.patient.number_shown in page
    assert pathway.patient.number[:6] not in title
    assert pathway.patient.family_name not in title


def test_the_next_step_and_the_team_are_shown(client_for: SignIn, pathway: Pathway) -> None:
    page = shown(client_for(colleague(pathway)), pathway.patient)
    assert "Giv patienten en første tid" in page
    for member in pathway.team.all():
        assert member.user.name in page


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_a_patient_of_others(client_for: SignIn, pathway: Pathway, role: Role) -> None:
    response = client_for(person(role, name="En Fremmed")).get(address(pathway.patient))
    if may(role, Permission.VIEW_ALL_PATIENTS):
        assert response.status_code == 200
    elif may(role, Permission.VIEW_PATIENTS):
        assert response.status_code == 404
    else:
        assert response.status_code == 403


def test_a_therapist_sees_the_teams_patient(client_for: SignIn, pathway: Pathway) -> None:
    for member in pathway.team.all():
        assert shown(client_for(member.user), pathway.patient)


@pytest.mark.parametrize(
    ("role", "purpose"),
    [(Role.NURSE, Access.Purpose.TREATMENT), (Role.SECRETARY, Access.Purpose.SECRETARIAL)],
)
def test_opening_the_page_is_recorded(
    client_for: SignIn, pathway: Pathway, role: Role, purpose: str
) -> None:
    user = person(role)
    shown(client_for(user), pathway.patient)
    access = Access.objects.get()
    assert (access.user, access.patient, access.purpose) == (user, pathway.patient, purpose)


def test_a_page_that_is_not_shown_is_not_recorded(client_for: SignIn, pathway: Pathway) -> None:
    client_for(person(Role.PSYCHOLOGIST)).get(address(pathway.patient))
    assert not Access.objects.exists()


def test_a_patient_who_is_only_referred_has_a_page(client_for: SignIn) -> None:
    page = shown(client_for(person(Role.SECRETARY)), a_patient())
    assert "Patienten er ikke i forløb" in page
    assert "Book tid" not in page


def test_a_button_that_cannot_be_used_says_why(client_for: SignIn, pathway: Pathway) -> None:
    assert "Kun en læge kan afslutte et forløb." in shown(
        client_for(colleague(pathway)), pathway.patient
    )
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "Flyttet")
    page = shown(client_for(pathway.responsible), pathway.patient)
    assert "Åbn igen…" in page
    assert "Afbrudt" in page
    assert "Kun en læge kan åbne et forløb igen." in shown(
        client_for(colleague(pathway)), pathway.patient
    )


def test_the_timeline_gathers_every_kind_newest_first(pathway: Pathway) -> None:
    nurse = colleague(pathway)
    call = Call(caller="patient", reason="medicine", said="Mere ondt")
    contacts.log(nurse, pathway.patient_id, uuid.uuid4(), call)
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "Flyttet")
    entries = timeline.gather(pathway.patient, nurse)
    assert [entry.at for entry in entries] == sorted((e.at for e in entries), reverse=True)
    assert {entry.kind for entry in entries} >= {Kind.PATHWAY, Kind.CONTACT, Kind.MESSAGE}
    told = [entry.text for entry in entries if entry.kind == Kind.CONTACT]
    assert told == ["Mere ondt"]


def test_the_timeline_is_filtered_on_the_page(client_for: SignIn, pathway: Pathway) -> None:
    nurse = colleague(pathway)
    call = Call(caller="patient", reason="medicine", said="Mere ondt")
    contacts.log(nurse, pathway.patient_id, uuid.uuid4(), call)
    client = client_for(nurse)
    assert "Mere ondt" in shown(client, pathway.patient, kind=Kind.CONTACT)
    assert "Mere ondt" not in shown(client, pathway.patient, kind=Kind.PATHWAY)


def test_rooms_above_add_their_own_entries(
    pathway: Pathway, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = Entry(timezone.now(), Kind.REFERRAL, "Henvisningen kom", url="/referrals/1/")
    monkeypatch.setattr(timeline, "sources", [*timeline.sources, lambda patient, user: [theirs]])
    assert theirs in timeline.gather(pathway.patient, pathway.responsible)


def test_the_page_takes_a_fixed_number_of_queries(
    client_for: SignIn,
    pathway: Pathway,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    nurse = colleague(pathway)
    for n in range(12):
        call = Call(caller="patient", reason="medicine", said=f"Opkald {n}", follow_up="call_back")
        contacts.log(nurse, pathway.patient_id, uuid.uuid4(), call)
        pathway.appointments.create(
            clinician=pathway.responsible,
            starts_at=timezone.now() + dt.timedelta(days=n + 1),
            booked_by=nurse,
        )
    client = client_for(nurse)
    with django_assert_max_num_queries(MOST_QUERIES):
        shown(client, pathway.patient)


def test_a_therapist_sees_the_patient_no_longer_than_the_pathway_lasts(
    client_for: SignIn, pathway: Pathway
) -> None:
    psychologist = client_for(colleague(pathway, Discipline.PSYCHOLOGIST))
    assert psychologist.get(address(pathway.patient)).status_code == 200
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "Flyttet")
    assert psychologist.get(address(pathway.patient)).status_code == 404
    assert client_for(pathway.responsible).get(address(pathway.patient)).status_code == 200
