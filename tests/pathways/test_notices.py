"""A patient's short notices are in the language of the letters, and hold nothing clinical."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from correspondence.models import Message
from letters.models import Letter
from pathways import appointments, reminders
from pathways.models import Appointment
from pathways.notice_words import PLACES, TEXTS
from pathways.patient_letters import APPOINTMENTS
from pathways.times import Time
from pathways.tracks import Track
from tests.pathways.factories import a_pathway
from tests.patients.factories import a_patient

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)  # a Tuesday, 10.00 in Copenhagen
THEN = dt.datetime(2026, 6, 22, 8, 0, tzinfo=dt.UTC)
OVER = "\nKind regards, Interdisciplinary Pain Centre"


@pytest.fixture(autouse=True)
def _on_a_tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def booked(language: str = "en", form: str = "visit") -> Appointment:
    patient = a_patient(letter_language=language)
    pathway = a_pathway(Track.SINGLE, patient=patient, diagnosis="Rygsmerter")
    time = Time(pathway.responsible, THEN, form=form)
    return appointments.book(pathway.responsible, pathway.pk, pathway.version, time)


def moved(appointment: Appointment) -> Appointment:
    pathway = appointment.pathway
    time = Time(pathway.responsible, THEN + dt.timedelta(days=1))
    return appointments.move(pathway.responsible, appointment.pk, pathway.version, time)


def notices() -> list[str]:
    sent = Message.objects.filter(channel=Message.Channel.SMS).order_by("pk")
    return [f"{message.subject}: {message.body}" for message in sent]


def test_each_notice_has_its_english() -> None:
    appointment = moved(booked())
    pathway = appointment.pathway
    appointments.cancel(pathway.responsible, appointment.pk, pathway.version, "Syg")
    change = "If the time does not suit you, call us no later than"
    assert notices() == [
        "Your appointment: You have an appointment on Monday 22 June 2026 at 10:00 at the "
        f"Interdisciplinary Pain Centre. {change} Wednesday 17 June 2026.{OVER}",
        "Your appointment has been moved: Your appointment on Monday 22 June 2026 at 10:00 has "
        "been moved to Tuesday 23 June 2026 at 10:00 at the "
        f"Interdisciplinary Pain Centre. {change} Thursday 18 June 2026.{OVER}",
        "Your appointment has been cancelled: Your appointment on Tuesday 23 June 2026 at 10:00 at "
        "the Interdisciplinary Pain Centre has been cancelled. We will write to you with a new "
        f"time.{OVER}",
    ]


def test_the_reminder_is_in_the_patients_language_whoever_lets_it_out() -> None:
    booked()
    with time_machine.travel(THEN - dt.timedelta(days=1), tick=False), override("da"):
        assert reminders.remind() == 1
    assert notices()[-1] == (
        "Remember your appointment: Remember your appointment on Monday 22 June 2026 at 10:00 at "
        "the Interdisciplinary Pain Centre. If the time does not suit you, call us as soon as "
        f"possible.{OVER}"
    )


def test_a_danish_patient_is_told_in_danish_at_an_english_desk() -> None:
    with override("en"):
        booked("da")
    assert notices()[0].startswith("Din tid: Du har fået en tid mandag den 22. juni 2026 kl. 10.00")


def test_the_notice_is_in_the_language_of_the_letter_beside_it(settings: Settings) -> None:
    settings.LETTER_LANGUAGES = {**settings.LETTER_LANGUAGES, "appointment": ("da",)}
    booked("en")
    assert notices()[0].startswith("Din tid: Du har fået en tid")
    assert Letter.objects.get().language == "da"


@pytest.mark.parametrize("form", Appointment.Form)
@pytest.mark.parametrize("language", TEXTS)
def test_a_notice_says_where_and_nothing_clinical(language: str, form: str) -> None:
    appointment = booked(language, form)
    (notice,) = notices()
    assert PLACES[language][form].split("{")[0].strip() in notice
    patient = appointment.pathway.patient
    for secret in (patient.number, patient.number_shown, "Rygsmerter", "Monofaglig"):
        assert secret not in notice
    assert "{" not in notice


def test_every_letter_of_an_appointment_has_its_notice_in_every_language() -> None:
    for language, texts in TEXTS.items():
        assert set(texts) == {kind for kind in APPOINTMENTS if language in APPOINTMENTS[kind]}
        assert set(PLACES[language]) == set(Appointment.Form)


def test_the_time_is_the_centres_own() -> None:
    appointment = booked("da")
    assert f"kl. {timezone.localtime(appointment.starts_at):%H.%M}" in notices()[0]
