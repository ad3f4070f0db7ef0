"""A patient is reminded of each appointment some days before, once for each, at the time it has."""

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from correspondence import delivery
from correspondence.models import Message
from pathways import notices
from pathways.appointments import attend, book, cancel, move, stay_away
from pathways.closing import discontinue
from pathways.models import Appointment, Pathway
from pathways.phoning import DAYS_FOR_THE_POST
from pathways.reminders import remind
from pathways.tasks import remind_appointments
from pathways.times import Time
from pathways.tracks import Track
from tests.correspondence.providers import a_gateway
from tests.pathways.factories import a_pathway
from tests.patients.factories import a_patient
from tests.threads import at_once

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=COPENHAGEN)
A_DAY = dt.timedelta(days=1)
AN_HOUR = dt.timedelta(hours=1)
minutes = itertools.count(0, 30)

pytestmark = pytest.mark.django_db


def booked(
    starts_at: dt.datetime, pathway: Pathway | None = None, form: str = "visit"
) -> Appointment:
    """An appointment, booked now by the real function."""
    pathway = pathway or a_pathway(Track.FAST)
    by = pathway.responsible
    return book(by, pathway.pk, pathway.version, Time(by, starts_at, form=form))


def many(how_many: int, starts_at: dt.datetime, booked_at: dt.datetime) -> list[Appointment]:
    """Appointments one minute apart, on one pathway."""
    pathway = a_pathway(Track.FAST)
    person = pathway.responsible
    return Appointment.objects.bulk_create(
        Appointment(
            pathway=pathway,
            clinician=person,
            starts_at=starts_at + dt.timedelta(minutes=n),
            booked_by=person,
            booked_at=booked_at,
        )
        for n in range(how_many)
    )


def reminders(appointment: Appointment | None = None) -> list[str]:
    """The days of the reminders that are on their way or out, by their keys."""
    found = Message.objects.filter(kind=Message.Kind.REMINDER).exclude(
        status=Message.Status.WITHDRAWN
    )
    if appointment:
        found = found.filter(key__startswith=f"appointment:{appointment.pk}:")
    return [key.rsplit(":", 1)[1] for key in found.order_by("pk").values_list("key", flat=True)]


def live_through(clock: time_machine.Traveller, until: dt.datetime) -> None:
    """Let the task run, every third of its hours, until a moment."""
    while timezone.now() < until:
        remind_appointments()
        clock.shift(3 * AN_HOUR)


def test_a_patient_is_reminded_a_week_and_a_day_before() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        appointment = booked(NOON + 10 * A_DAY)
        clock.shift(3 * A_DAY - AN_HOUR)
        assert remind() == 0
        clock.shift(AN_HOUR)
        assert (remind(), reminders()) == (1, ["7"])
        clock.shift(6 * A_DAY - AN_HOUR)
        assert remind() == 0
        clock.shift(AN_HOUR)
        assert (remind(), reminders(appointment)) == (1, ["7", "1"])


def test_each_reminder_comes_once_however_often_the_task_runs() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + 10 * A_DAY)
        live_through(clock, NOON + 11 * A_DAY)
    assert reminders() == ["7", "1"]


def test_the_key_begins_as_every_message_about_the_appointment() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        appointment = booked(NOON + 10 * A_DAY)
        clock.shift(3 * A_DAY)
        remind()
    key = f"appointment:{appointment.pk}:20261112T1100:reminder:7"
    assert key == f"{notices.stamp(appointment)}:reminder:7"
    assert Message.objects.filter(key=key).exists()


@pytest.mark.parametrize(("days", "expected"), [(8, ["7", "1"]), (4, ["1"]), (2, ["1"])])
def test_what_is_booked_late_gets_the_reminders_that_still_lie_ahead(
    days: int, expected: list[str]
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + days * A_DAY)
        live_through(clock, NOON + (days + 1) * A_DAY)
    assert reminders() == expected


def test_what_is_booked_for_tomorrow_morning_needs_no_reminder() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + dt.timedelta(hours=21))
        live_through(clock, NOON + A_DAY)
    assert reminders() == []


def test_after_a_standstill_only_the_nearest_reminder_comes() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + 10 * A_DAY)
        clock.shift(9 * A_DAY + AN_HOUR)
        remind()
        assert reminders() == ["1"]


def test_after_a_short_standstill_the_weeks_reminder_still_comes() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + 10 * A_DAY)
        clock.shift(5 * A_DAY)
        remind()
        assert reminders() == ["7"]


def test_an_appointment_that_has_begun_is_not_reminded_of() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + 10 * A_DAY)
        clock.shift(10 * A_DAY)
        assert remind() == 0


def test_a_cancelled_appointment_is_not_reminded_of() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        appointment = booked(NOON + 10 * A_DAY)
        by = appointment.pathway.responsible
        cancel(by, appointment.pk, appointment.pathway.version, "Forhindret")
        live_through(clock, NOON + 11 * A_DAY)
    assert reminders() == []


def test_a_reminder_that_has_not_left_is_withdrawn_when_the_appointment_is_cancelled() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        appointment = booked(NOON + 10 * A_DAY)
        clock.shift(3 * A_DAY)
        remind()
        by = appointment.pathway.responsible
        cancel(by, appointment.pk, appointment.pathway.version, "Forhindret")
        assert reminders() == []
        delivery.sweep()
    sent = Message.objects.filter(status=Message.Status.SENT)
    assert {message.subject for message in sent} == {"Din tid er aflyst"}
    assert sorted(message.channel for message in sent) == ["digital_post", "sms"]


def test_a_moved_appointment_is_reminded_of_at_its_new_time_only() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        appointment = booked(NOON + 10 * A_DAY)
        clock.shift(3 * A_DAY)
        remind()
        pathway, by = appointment.pathway, appointment.pathway.responsible
        later = Time(by, NOON + 22 * A_DAY)
        move(by, appointment.pk, pathway.version, later)
        live_through(clock, NOON + 23 * A_DAY)
    assert reminders() == ["7", "1"]
    keys = Message.objects.filter(kind=Message.Kind.REMINDER, status=Message.Status.QUEUED)
    assert all("20261124T1100" in message.key for message in keys)


def test_moving_counts_as_booking_anew() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        appointment = booked(NOON + 21 * A_DAY)
        clock.shift(7 * A_DAY)
        by = appointment.pathway.responsible
        move(by, appointment.pk, appointment.pathway.version, Time(by, NOON + 10 * A_DAY))
        live_through(clock, NOON + 11 * A_DAY)
    assert reminders() == ["1"]


def test_a_pathway_that_ended_reminds_of_nothing() -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        pathway = booked(NOON + 10 * A_DAY).pathway
        discontinue(
            pathway.responsible, pathway.pk, pathway.version, "moved", "Flyttet til udlandet"
        )
        live_through(clock, NOON + 11 * A_DAY)
    assert reminders() == []


def test_the_days_are_a_setting(settings: Settings) -> None:
    settings.APPOINTMENT_REMINDER_DAYS = (2,)
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + 10 * A_DAY)
        live_through(clock, NOON + 11 * A_DAY)
    assert reminders() == ["2"]


REACHED = [
    ({"phone": "+4520304050", "email": "lonni@example.dk"}, "sms", "+4520304050"),
    ({"phone": "", "email": "lonni@example.dk"}, "email", "lonni@example.dk"),
    ({"phone": "", "email": ""}, "digital_post", ""),
    (
        {
            "phone": "",
            "email": "",
            "digital_post_exempt": True,
            "street": "Åvej 3",
            "postal_code": "2860",
            "city": "Søborg",
        },
        "letter",
        "Åvej 3, 2860 Søborg",
    ),
]


@pytest.mark.parametrize(("contact", "channel", "address"), REACHED)
def test_the_patient_is_reached_by_sms_else_email_else_letter(
    contact: dict[str, Any], channel: str, address: str
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + 8 * A_DAY, a_pathway(Track.FAST, patient=a_patient(**contact)))
        clock.shift(A_DAY)
        remind()
    message = Message.objects.get(kind=Message.Kind.REMINDER)
    assert (message.channel, message.address) == (channel, address)
    assert (message.letter is None) == (channel in ("sms", "email"))


@pytest.mark.parametrize(("contact", "channel", "_address"), REACHED)
def test_on_paper_only_what_leaves_days_for_the_post(
    contact: dict[str, Any], channel: str, _address: str
) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + 10 * A_DAY, a_pathway(Track.FAST, patient=a_patient(**contact)))
        live_through(clock, NOON + 11 * A_DAY)
    assert reminders() == (["7"] if channel == "letter" else ["7", "1"])


def test_after_a_standstill_nothing_goes_on_paper_that_comes_after_the_visit() -> None:
    patient = a_patient(phone="", email="", digital_post_exempt=True)
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + 10 * A_DAY, a_pathway(Track.FAST, patient=patient))
        clock.shift(DAYS_FOR_THE_POST * A_DAY)
        assert remind() == 0


def attended(appointment: Appointment) -> None:
    by, version = appointment.pathway.responsible, appointment.pathway.version
    attend(by, appointment.pk, version, "Ring", by, timezone.localdate() + A_DAY)


def missed(appointment: Appointment) -> None:
    stay_away(appointment.pathway.responsible, appointment.pk, appointment.pathway.version)


def called_off(appointment: Appointment) -> None:
    pathway = appointment.pathway
    cancel(pathway.responsible, appointment.pk, pathway.version, "Lægen er syg")


@pytest.mark.parametrize("settle", [attended, missed, called_off])
def test_nobody_is_reminded_of_a_time_that_is_over(settle: Callable[[Appointment], None]) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        appointment = booked(NOON + 2 * A_DAY)
        clock.shift(A_DAY)
        assert (remind(), reminders()) == (1, ["1"])
        clock.shift(A_DAY + AN_HOUR)
        settle(appointment)
        assert reminders() == []
        delivery.sweep()
    assert not Message.objects.filter(kind="reminder", status=Message.Status.SENT).exists()


WORDS = {
    "visit": "Husk din tid onsdag den 4. november 2026 kl. 12.00 i Tværfagligt Smertecenter.",
    "video": "Husk din tid onsdag den 4. november 2026 kl. 12.00 på video",
    "phone": "Vi ringer til dig.",
}


@pytest.mark.parametrize("form", WORDS)
def test_the_words_are_plain_and_hold_nothing_clinical(form: str) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        pathway = a_pathway(Track.FAST, diagnosis="Rygsmerter")
        appointment = booked(NOON + 2 * A_DAY, pathway, form)
        clock.shift(A_DAY)
        remind()
    message = Message.objects.get(kind=Message.Kind.REMINDER)
    assert WORDS[form] in message.body
    assert message.body.endswith("Venlig hilsen Tværfagligt Smertecenter")
    patient = appointment.pathway.patient
    for secret in (patient.number, patient.number_shown, "Rygsmerter", "Hurtig"):
        assert secret not in f"{message.subject} {message.body}"


# In Denmark the clock goes forward on 29 March 2026 and back on 25 October 2026, both Sundays.
CHANGES = [dt.date(2026, 3, 30), dt.date(2026, 10, 26)]


@pytest.mark.parametrize("monday", CHANGES)
def test_over_a_change_of_the_clock_a_day_before_is_the_same_time_of_day(monday: dt.date) -> None:
    starts_at = dt.datetime.combine(monday, dt.time(10, 30), COPENHAGEN)
    sunday = dt.datetime.combine(monday - A_DAY, dt.time(10, 30), COPENHAGEN)
    assert starts_at.utcoffset() == sunday.utcoffset()
    saturday = sunday - A_DAY
    with time_machine.travel(starts_at - 10 * A_DAY, tick=False) as clock:
        appointment = booked(starts_at)
        clock.move_to(starts_at - 7 * A_DAY - dt.timedelta(minutes=1))
        assert remind() == 0
        clock.move_to(starts_at - 7 * A_DAY)
        assert remind() == 1
        clock.move_to(saturday + dt.timedelta(hours=23, minutes=59))
        assert remind() == 0
        clock.move_to(sunday)
        assert (remind(), reminders(appointment)) == (1, ["7", "1"])
    message = Message.objects.filter(kind=Message.Kind.REMINDER)[0]
    assert message.body.count("kl. 10.30") == 1


@pytest.mark.parametrize("monday", CHANGES)
def test_booked_exactly_a_week_before_on_the_wall_clock_gets_the_weeks_reminder(
    monday: dt.date,
) -> None:
    starts_at = dt.datetime.combine(monday, dt.time(10, 30), COPENHAGEN)
    with time_machine.travel(starts_at - 7 * A_DAY, tick=False) as clock:
        booked(starts_at)
        clock.shift(dt.timedelta(minutes=7))
        remind()
    assert reminders() == ["7"]


def test_the_cost_does_not_grow_with_the_appointments(
    django_assert_num_queries: DjangoAssertNumQueries, settings: Settings
) -> None:
    settings.APPOINTMENT_REMINDER_DAYS = (7,)
    now = timezone.now()
    per_batch, last_look, savepoints = 2, 1, 4
    for how_many in (1, 100):
        many(how_many, now + 2 * A_DAY + how_many * AN_HOUR, now - 10 * A_DAY)
        with django_assert_num_queries(per_batch + last_look + savepoints):
            assert remind() == how_many
    with django_assert_num_queries(last_look + 2):
        assert remind() == 0


@pytest.mark.django_db(transaction=True)
def test_sixteen_tasks_at_once_remind_once_each() -> None:
    now = timezone.now()
    many(50, now + 5 * A_DAY, now - 10 * A_DAY)
    at_once(16, lambda _: remind())
    assert reminders() == ["7"] * 50


@pytest.mark.django_db(transaction=True)
def test_an_appointment_that_is_being_moved_is_left_for_the_next_hour() -> None:
    now = timezone.now()
    (appointment,) = many(1, now + 5 * A_DAY, now - 10 * A_DAY)
    with transaction.atomic():
        Appointment.objects.select_for_update().get(pk=appointment.pk)
        at_once(1, lambda _: remind())
        assert reminders() == []
    remind()
    assert reminders() == ["7"]


@pytest.mark.parametrize(("lead", "on_paper"), [(7, True), (1, False)])
def test_what_digital_post_refuses_goes_on_paper_or_to_a_person_who_phones(
    lead: int, on_paper: bool, settings: Settings
) -> None:
    settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | {"digital_post": "gateway"}
    settings.OUTBOX_GATEWAY_TOKEN = "x"
    patient = a_patient(phone="", email="", street="Åvej 3", postal_code="2860", city="Søborg")
    with time_machine.travel(NOON, tick=False) as clock:
        booked(NOON + 10 * A_DAY, a_pathway(Track.FAST, patient=patient))
        Message.objects.all().update(status=Message.Status.WITHDRAWN)
        clock.shift((10 - lead) * A_DAY)
        remind()
        message = Message.objects.get(kind=Message.Kind.REMINDER)
        with a_gateway(410) as gateway:
            settings.OUTBOX_GATEWAY = gateway.address
            delivery.deliver(message.pk)
    message.refresh_from_db()
    assert message.status == Message.Status.FAILED
    assert Message.objects.filter(key=f"{message.key}:paper").exists() == on_paper
    assert list(Message.objects.undelivered()) == ([] if on_paper else [message])
    told = Message.objects.filter(key__startswith=f"message:{message.pk}:put-aside")
    assert told.exists() == (not on_paper)
    why = message.tries.latest("number").why
    assert ("ring til patienten" in why) == (not on_paper)
