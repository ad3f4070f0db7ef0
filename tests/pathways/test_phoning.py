"""Whom only paper reaches is phoned about a time that the post would tell of too late."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Message
from pathways import appointments, pausing
from pathways.lifecycle import Status
from pathways.models import Appointment, Pathway
from pathways.times import Time
from pathways.tracks import Track
from tests.pathways.factories import a_pathway, colleague
from tests.patients.factories import a_patient

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)  # a Tuesday, 10.00 in Copenhagen
FRIDAY, LATER = dt.date(2026, 6, 12), dt.date(2026, 6, 22)
PHONE = "Ring til patienten om tiden 12.6.2026 kl. 10.00: et brev når ikke frem. "
ON_PAPER = {"phone": "", "email": "", "digital_post_exempt": True, "street": "Åvej 3"}


@pytest.fixture(autouse=True)
def _on_a_tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE, patient=a_patient(**ON_PAPER))


def on(day: dt.date, pathway: Pathway) -> Time:
    starts_at = timezone.make_aware(dt.datetime.combine(day, dt.time(10)))
    return Time(pathway.responsible, starts_at)


def booked(pathway: Pathway, day: dt.date) -> Appointment:
    user = pathway.responsible
    appointment = appointments.book(user, pathway.pk, pathway.version, on(day, pathway))
    pathway.refresh_from_db()
    return appointment


def moved(appointment: Appointment, pathway: Pathway, day: dt.date) -> None:
    user = pathway.responsible
    appointments.move(user, appointment.pk, pathway.version, on(day, pathway))
    pathway.refresh_from_db()


def cancelled(appointment: Appointment, pathway: Pathway) -> None:
    appointments.cancel(pathway.responsible, appointment.pk, pathway.version, "Syg")
    pathway.refresh_from_db()


def test_a_time_too_soon_for_the_post_is_told_by_phone_first(pathway: Pathway) -> None:
    booked(pathway, FRIDAY)
    assert pathway.next_step == f"{PHONE}Første samtale hos Anne Holm"
    assert (pathway.next_step_by, pathway.due_on) == (colleague(pathway), dt.date(2026, 6, 10))
    assert Message.objects.get(channel=Message.Channel.LETTER)


def test_of_a_time_today_one_phones_today(pathway: Pathway) -> None:
    with time_machine.travel(NOW - dt.timedelta(hours=2), tick=False):
        booked(pathway, dt.date(2026, 6, 9))
    assert pathway.due_on == dt.date(2026, 6, 9)


@pytest.mark.parametrize(
    "reached",
    [
        {"phone": "+4520304050"},
        {"email": "lonni@example.dk"},
        {"digital_post_exempt": False},
    ],
)
def test_who_is_reached_otherwise_is_not_phoned(reached: dict[str, object]) -> None:
    pathway = a_pathway(Track.SINGLE, patient=a_patient(**ON_PAPER | reached))
    booked(pathway, FRIDAY)
    assert pathway.next_step == "Første samtale hos Anne Holm"


def test_in_time_for_the_post_nobody_phones(pathway: Pathway) -> None:
    booked(pathway, LATER)
    assert (pathway.next_step, pathway.due_on) == ("Første samtale hos Anne Holm", LATER)


def test_moved_to_later_the_letter_is_enough_again(pathway: Pathway) -> None:
    appointment = booked(pathway, FRIDAY)
    moved(appointment, pathway, LATER)
    assert (pathway.next_step, pathway.due_on) == ("Første samtale hos Anne Holm", LATER)


def test_moved_to_soon_somebody_phones(pathway: Pathway) -> None:
    appointment = booked(pathway, LATER)
    moved(appointment, pathway, FRIDAY)
    assert pathway.next_step.startswith(PHONE)


def test_of_a_cancelled_time_somebody_phones(pathway: Pathway) -> None:
    cancelled(booked(pathway, FRIDAY), pathway)
    assert pathway.next_step == (
        "Ring til patienten: tiden 12.6.2026 kl. 10.00 er aflyst, og et brev når ikke frem. "
        "Giv patienten en ny tid"
    )
    assert pathway.due_on == dt.date(2026, 6, 10)


def test_who_pauses_is_phoned_before_somebody_looks_again(pathway: Pathway) -> None:
    appointment = booked(pathway, FRIDAY)
    user = pathway.responsible
    pausing.pause(user, pathway.pk, pathway.version, "illness", dt.date(2026, 8, 17))
    pathway.refresh_from_db()
    cancelled(appointment, pathway)
    assert pathway.next_step.endswith("når ikke frem. Se på forløbet igen")
    assert (pathway.status, pathway.due_on) == (Status.PAUSED, dt.date(2026, 6, 10))


@pytest.mark.parametrize("name", ["discharge", "discontinue"])
def test_who_ends_a_pathway_is_asked_to_phone_about_a_time_that_is_near(
    pathway: Pathway, client: Client, name: str
) -> None:
    booked(pathway, FRIDAY)
    client.force_login(pathway.responsible)
    page = client.get(reverse(f"pathways:{name}", args=[pathway.pk])).content.decode()
    assert "Tiden 12.6.2026 kl. 10.00 aflyses, og brevet når ikke frem" in page


def test_the_form_and_the_answer_say_that_paper_may_be_too_slow(
    pathway: Pathway, client: Client
) -> None:
    client.force_login(pathway.responsible)
    page = reverse("pathways:book", args=[pathway.pk])
    assert "Patienten får kun brev på papir." in client.get(page).content.decode()
    typed = {
        "version": pathway.version,
        "clinician": pathway.responsible.pk,
        "day": "12.6.2026",
        "at": "10.00",
        "minutes": 30,
        "how": "visit",
    }
    answer = client.post(page, typed, follow=True).content.decode()
    assert "Brevet når ikke frem i tide: næste skridt er at ringe til patienten." in answer
