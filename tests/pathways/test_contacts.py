"""A call is recorded once, and what was promised has an owner and a time until it is done."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from casework.refusals import Refused
from pathways import contacts
from pathways.contacts import Call
from pathways.models import Contact, Pathway
from pathways.tracks import Track
from patients.models import Patient
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.pathways.factories import a_pathway, colleague
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 12, 8, 0, tzinfo=dt.UTC)  # a Friday, 10.00 in Copenhagen
MONDAY_NOON = dt.datetime(2026, 6, 15, 10, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _on_a_friday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE)


@pytest.fixture
def nurse(pathway: Pathway) -> User:
    return colleague(pathway)


def a_call(**words: Any) -> Call:
    said = {"caller": "patient", "reason": "medicine", "said": "Mere ondt"} | words
    return Call(**said)


def logged(user: User, patient: Patient, **words: Any) -> Contact:
    return contacts.log(user, patient.pk, uuid.uuid4(), a_call(**words))


def test_a_call_is_logged_with_who_said_what(pathway: Pathway, nurse: User) -> None:
    contact = logged(nurse, pathway.patient, identity_checked=True, advice="Tag to panodiler")
    assert (contact.taken_by, contact.pathway, contact.at) == (nurse, pathway, NOW)
    assert contact.follow_up_due_at is None


def test_a_double_click_is_one_call(pathway: Pathway, nurse: User) -> None:
    key = uuid.uuid4()
    first = contacts.log(nurse, pathway.patient_id, key, a_call())
    second = contacts.log(nurse, pathway.patient_id, key, a_call(said="noget andet"))
    assert first == second
    assert Contact.objects.get().said == "Mere ondt"


def test_a_patient_without_a_pathway_may_call(nurse: User) -> None:
    assert logged(nurse, a_patient()).pathway is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"said": " "}, "hvad der blev sagt"),
        ({"caller": "relative"}, "navnet på den, der ringer"),
        ({"caller": "municipality"}, "navnet på den, der ringer"),
        ({"advice": "Tag to"}, "Bekræft identiteten"),
        ({"advice": "Tag to", "caller": "relative", "caller_name": "Ib"}, "Bekræft identiteten"),
        ({"follow_up": "call_back", "follow_up_due_at": NOW}, "allerede gået"),
    ],
)
def test_what_cannot_be_recorded(
    pathway: Pathway, nurse: User, words: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        logged(nurse, pathway.patient, **words)


def test_the_referrer_may_be_advised_without_the_patients_identity(
    pathway: Pathway, nurse: User
) -> None:
    assert logged(
        nurse, pathway.patient, caller="referrer", caller_name="Dr. Juhl", advice="Halvér dosis"
    )


@pytest.mark.parametrize(
    ("follow_up", "role"),
    [("call_back", "nurse"), ("ask_physician", "physician"), ("book", "nurse")],
)
def test_a_promise_has_an_owner_and_the_next_weekday(
    pathway: Pathway, nurse: User, follow_up: str, role: str
) -> None:
    contact = logged(nurse, pathway.patient, follow_up=follow_up)
    assert contact.follow_up_by is not None
    assert contact.follow_up_by.role == role
    assert contact.follow_up_due_at == MONDAY_NOON


def test_owner_and_time_may_be_chosen(pathway: Pathway, nurse: User) -> None:
    secretary, soon = person(Role.SECRETARY), NOW + dt.timedelta(hours=2)
    contact = logged(
        nurse,
        pathway.patient,
        follow_up="book",
        follow_up_by=secretary,
        follow_up_due_at=soon,
    )
    assert (contact.follow_up_by, contact.follow_up_due_at) == (secretary, soon)


def test_a_physician_must_be_chosen_where_nobody_is_responsible(nurse: User) -> None:
    with pytest.raises(Refused, match="ingen behandlingsansvarlig læge"):
        logged(nurse, a_patient(), follow_up="ask_physician")


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.PHYSICIAN, Role.PSYCHOLOGIST, Role.MANAGER])
def test_only_who_takes_calls_logs_them(pathway: Pathway, role: Role) -> None:
    assert not may(role, Permission.LOG_CONTACT)
    with pytest.raises(Refused, match="tager ikke imod opkald"):
        logged(person(role), pathway.patient)


def test_a_call_back_is_closed_with_its_outcome(pathway: Pathway, nurse: User) -> None:
    contact = logged(nurse, pathway.patient, follow_up="call_back")
    contacts.follow_up(nurse, contact.pk, "Sover bedre nu")
    contact.refresh_from_db()
    assert contact.outcome == "Nina Sygeplejerske (sygeplejerske): Sover bedre nu"
    assert (contact.followed_up_by, contact.followed_up_at) == (nurse, NOW)
    assert not Contact.objects.unfinished().exists()


def test_a_promise_is_kept_once(pathway: Pathway, nurse: User) -> None:
    contact = logged(nurse, pathway.patient, follow_up="call_back")
    contacts.follow_up(nurse, contact.pk, "Talt med")
    with pytest.raises(Refused, match="Nina Sygeplejerske har allerede fulgt op"):
        contacts.follow_up(nurse, contact.pk, "Igen")


def test_an_outcome_says_something(pathway: Pathway, nurse: User) -> None:
    contact = logged(nurse, pathway.patient, follow_up="call_back")
    with pytest.raises(Refused, match="hvad der kom ud af det"):
        contacts.follow_up(nurse, contact.pk, "  ")


def test_a_physicians_answer_goes_back_to_the_nurse_who_tells_the_patient(
    pathway: Pathway, nurse: User
) -> None:
    contact = logged(nurse, pathway.patient, follow_up="ask_physician")
    with time_machine.travel(MONDAY_NOON, tick=False):
        contacts.follow_up(pathway.responsible, contact.pk, "Halvér dosis", call_back=True)
    contact.refresh_from_db()
    assert (contact.follow_up, contact.follow_up_by) == (Contact.FollowUp.CALL_BACK, nurse)
    assert timezone.localdate(contact.follow_up_due_at) == dt.date(2026, 6, 16)
    contacts.follow_up(nurse, contact.pk, "Givet videre")
    contact.refresh_from_db()
    assert contact.outcome.splitlines() == [
        "Anne Holm (læge): Halvér dosis",
        "Nina Sygeplejerske (sygeplejerske): Givet videre",
    ]


@pytest.mark.parametrize(
    ("follow_up", "role", "is_allowed"),
    [
        ("call_back", Role.NURSE, True),
        ("call_back", Role.SECRETARY, False),
        ("ask_physician", Role.PHYSICIAN, True),
        ("ask_physician", Role.NURSE, False),
    ],
)
def test_colleagues_cover_for_the_owner(
    pathway: Pathway, nurse: User, follow_up: str, role: Role, is_allowed: bool
) -> None:
    contact = logged(nurse, pathway.patient, follow_up=follow_up)
    other = person(role, name="En Anden")
    if is_allowed:
        assert contacts.follow_up(other, contact.pk, "Gjort").followed_up_by == other
        return
    with pytest.raises(Refused, match="der skal følge op"):
        contacts.follow_up(other, contact.pk, "Gjort")


def test_other_teams_calls_do_not_exist_for_a_therapist(pathway: Pathway, nurse: User) -> None:
    contact = logged(nurse, pathway.patient, follow_up="call_back")
    with pytest.raises(Contact.DoesNotExist):
        contacts.follow_up(person(Role.PSYCHOLOGIST), contact.pk, "Gjort")
