"""A pathway that was broken off by mistake goes on where it stood."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone

from casework.clock import clocks
from casework.lifecycle import Holder
from casework.refusals import Refused
from correspondence.models import Message
from pathways import appointments, closing, contacts, opening, reopening
from pathways.contacts import Call
from pathways.lifecycle import Ending, Status, Verb
from pathways.models import Contact, Pathway
from pathways.safety import safety_flags
from pathways.times import Time
from pathways.tracks import Track
from staff.permissions import Role
from tests.pathways.factories import a_pathway, colleague, latest_step
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)
DUE = dt.date(2026, 6, 12)


@pytest.fixture(autouse=True)
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def ended(ending: str = Ending.DIED, pathway: Pathway | None = None) -> Pathway:
    pathway = pathway or a_pathway(Track.SINGLE)
    pathway.refresh_from_db()
    user = pathway.responsible
    return closing.discontinue(user, pathway.pk, pathway.version, ending, "Oplyst i dag")


def reopened(pathway: Pathway, why: str = "Forkert patient") -> Pathway:
    user = pathway.responsible
    return reopening.reopen(user, pathway.pk, pathway.version, why, "Ring", user, DUE)


def promised(pathway: Pathway) -> Contact:
    call = Call(Contact.Caller.PATIENT, Contact.Reason.OTHER, "Ring", follow_up="call_back")
    return contacts.log(colleague(pathway), pathway.patient_id, uuid4(), call)


@pytest.mark.parametrize("ending", [Ending.PATIENT, Ending.CENTRE, Ending.MOVED, Ending.DIED])
def test_it_goes_on_with_a_next_step_and_says_why(ending: Ending) -> None:
    pathway = reopened(ended(ending))
    assert (pathway.status, pathway.closed_at, pathway.ended_because) == (Status.WAITING, None, "")
    assert (pathway.next_step, pathway.due_on) == ("Ring", DUE)
    step = latest_step(pathway)
    assert (step.verb, step.why) == (Verb.REOPENED, "Forkert patient. Ring")


def test_one_that_had_begun_goes_on_as_begun(clock: Any) -> None:
    pathway = a_pathway(Track.SINGLE)
    user, when = pathway.responsible, NOW + dt.timedelta(hours=2)
    booked = appointments.book(user, pathway.pk, pathway.version, Time(user, when))
    clock.shift(dt.timedelta(hours=3))
    pathway.refresh_from_db()
    appointments.attend(user, booked.pk, pathway.version, "Ring", user, DUE)
    assert reopened(ended(pathway=pathway)).status == Status.ACTIVE


def test_the_referrer_is_told_each_time() -> None:
    pathway = ended(Ending.MOVED, reopened(ended()))
    told = Message.objects.filter(kind=Message.Kind.DISCHARGE).order_by("pk")
    subjects = [message.subject for message in told]
    assert subjects == [
        "Forløbet er afbrudt",
        "Forløbet er åbnet igen",
        "Forløbet er afbrudt",
    ]
    assert "Forkert patient" in told[1].body
    (to_patient,) = Message.objects.filter(kind=Message.Kind.PATIENT_NOTICE)
    assert to_patient.key == f"pathway:{pathway.pk}:closed:{pathway.version}:patient"


def test_who_was_taken_for_dead_is_alive_again() -> None:
    pathway = ended()
    assert safety_flags(pathway.patient)[0]["label"] == "Død, noteret 9.6.2026"
    reopened(pathway)
    assert not opening.has_died(pathway.patient)
    assert "Død" not in str(safety_flags(pathway.patient))


def test_nobody_is_called_who_has_died_until_it_turns_out_to_be_wrong() -> None:
    pathway = a_pathway(Track.SINGLE)
    promise = promised(pathway)
    ended(pathway=pathway)
    promise.refresh_from_db()
    assert (promise.outcome, promise.followed_up_by) == ("Patienten er død.", pathway.responsible)
    pathway.refresh_from_db()
    reopened(pathway)
    promise.refresh_from_db()
    assert (promise.followed_up_at, promise.followed_up_by) == (None, None)


def test_what_was_promised_stays_so_when_a_pathway_ends_otherwise() -> None:
    pathway = a_pathway(Track.SINGLE)
    promise = promised(pathway)
    ended(Ending.PATIENT, pathway)
    assert list(Contact.objects.unfinished()) == [promise]


def test_the_time_it_stood_closed_was_the_centres(clock: Any) -> None:
    pathway = ended()
    clock.shift(dt.timedelta(days=3))
    pathway = reopened(pathway)
    clock.shift(dt.timedelta(days=1))
    read = clocks([pathway], timezone.now())[pathway.pk]
    assert read.shares == {Holder.CENTRE: dt.timedelta(days=4)}
    assert read.total == dt.timedelta(days=4)


def test_a_discharged_one_stays_closed() -> None:
    pathway = a_pathway(Track.SINGLE)
    user = pathway.responsible
    closing.discharge(user, pathway.pk, pathway.version, "Bedre", follow_up_by_gp=False)
    pathway.refresh_from_db()
    with pytest.raises(Refused, match="Kun et forløb, der er afbrudt"):
        reopened(pathway)


def test_nobody_has_two_open_pathways() -> None:
    pathway = ended(Ending.PATIENT)
    a_pathway(Track.SINGLE, patient=pathway.patient)
    with pytest.raises(Refused, match="allerede i et nyt forløb"):
        reopened(pathway)


def test_it_is_said_why() -> None:
    with pytest.raises(Refused, match="hvorfor forløbet åbnes igen"):
        reopened(ended(), " ")


def test_only_a_physician_opens_one_again() -> None:
    pathway, nurse = ended(), person(Role.NURSE)
    with pytest.raises(Refused, match="Kun en læge"):
        reopening.reopen(nurse, pathway.pk, pathway.version, "Fejl", "Ring", nurse, DUE)
