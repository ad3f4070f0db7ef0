"""Appointments are booked, moved, cancelled, attended or missed; a next step always stands."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from django.utils.translation import override
from pytest_django import Settings

from casework.refusals import Refused, Stale
from correspondence.models import Message
from pathways import appointments, pausing
from pathways.lifecycle import Status, Verb
from pathways.models import Appointment, Pathway
from pathways.times import Time
from pathways.tracks import Track
from staff.models import Absence, User
from staff.permissions import Role
from tests.pathways.factories import a_pathway, colleague, latest_step
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)  # a Tuesday, 10.00 in Copenhagen
MONDAY = dt.date(2026, 6, 22)


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


def at(hour: int = 10, minute: int = 0, day: dt.date = MONDAY) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


def booked(pathway: Pathway, by: User, when: dt.datetime | None = None, **how: Any) -> Appointment:
    pathway.refresh_from_db()
    time = Time(how.pop("clinician", pathway.responsible), when or at(), **how)
    appointment = appointments.book(by, pathway.pk, pathway.version, time)
    pathway.refresh_from_db()
    return appointment


def the_day_comes(when: dt.datetime) -> Any:
    return time_machine.travel(when, tick=False)


def messages(kind: str = Message.Kind.APPOINTMENT) -> list[Message]:
    return list(Message.objects.filter(kind=kind).order_by("pk"))


def test_the_first_appointment_becomes_the_next_step_on_its_day(
    pathway: Pathway, nurse: User
) -> None:
    booked(pathway, nurse)
    assert pathway.next_step == f"Første samtale hos {pathway.responsible.name}"
    assert pathway.next_step_by == pathway.responsible
    assert pathway.due_on == MONDAY
    assert pathway.status == Status.WAITING
    step = latest_step(pathway)
    assert (step.verb, step.why) == (Verb.BOOKED, "22.6.2026 kl. 10.00 hos Anne Holm (fremmøde)")


def test_an_earlier_first_appointment_takes_over_as_the_next_step(
    pathway: Pathway, nurse: User
) -> None:
    booked(pathway, nurse)
    booked(pathway, nurse, at(day=dt.date(2026, 6, 25)), clinician=nurse)
    assert pathway.due_on == MONDAY
    booked(pathway, nurse, at(day=dt.date(2026, 6, 18)), clinician=nurse)
    assert (pathway.due_on, pathway.next_step_by) == (dt.date(2026, 6, 18), nurse)


def test_the_patient_is_told_time_place_and_until_when_it_can_be_changed(
    pathway: Pathway, nurse: User
) -> None:
    appointment = booked(pathway, nurse)
    (message,) = messages()
    assert message.key == f"appointment:{appointment.pk}:booked:20260622T0800"
    assert (message.channel, message.address) == (Message.Channel.SMS, "+4520304050")
    assert message.body == (
        "Du har fået en tid mandag den 22. juni 2026 kl. 10.00 i Tværfagligt Smertecenter. "
        "Passer tiden ikke, så ring til os senest onsdag den 17. juni 2026.\n"
        "Venlig hilsen Tværfagligt Smertecenter"
    )


@pytest.mark.parametrize(
    ("phone", "email", "notices"),
    [
        ("+4520304050", "lonni@example.dk", [("sms", "+4520304050")]),
        ("", "lonni@example.dk", [("email", "lonni@example.dk")]),
        ("", "", []),
    ],
)
def test_the_patient_gets_a_letter_and_a_notice_by_sms_else_by_email(
    phone: str, email: str, notices: list[tuple[str, str]]
) -> None:
    patient = a_patient(phone=phone, email=email)
    pathway = a_pathway(Track.SINGLE, patient=patient)
    booked(pathway, colleague(pathway))
    assert [(message.channel, message.address) for message in messages()] == notices
    (letter,) = messages(Message.Kind.PATIENT_NOTICE)
    assert (letter.channel, letter.letter.kind) == ("digital_post", "appointment")
    assert "Tidspunkt: klokken 10.00" in letter.body


@pytest.mark.parametrize(("exempt", "channel"), [(False, "digital_post"), (True, "letter")])
def test_a_cancelled_time_is_written_on_paper_to_who_is_exempt(exempt: bool, channel: str) -> None:
    where = {"street": "Vestergade 3", "postal_code": "2860", "city": "Søborg"}
    patient = a_patient(digital_post_exempt=exempt, **where)
    pathway = a_pathway(Track.SINGLE, patient=patient)
    nurse = colleague(pathway)
    appointment = booked(pathway, nurse)
    pathway.refresh_from_db()
    appointments.cancel(nurse, appointment.pk, pathway.version, "Behandleren er syg")
    first, last = messages(Message.Kind.PATIENT_NOTICE)
    assert first.status == Message.Status.WITHDRAWN
    assert (last.channel, last.letter.kind) == (channel, "appointment_cancelled")
    assert last.address == ("Vestergade 3, 2860 Søborg" if exempt else "")


def test_an_appointment_soon_is_changed_by_calling_at_once(pathway: Pathway, nurse: User) -> None:
    booked(pathway, nurse, at(day=dt.date(2026, 6, 10)))
    assert "ring til os hurtigst muligt" in messages()[0].body


@pytest.mark.parametrize(
    ("when", "sentence", "field"),
    [
        (at(9, day=dt.date(2026, 6, 9)), "Tidspunktet er allerede gået", "at"),
        (at(9, day=dt.date(2026, 6, 8)), "Tidspunktet er allerede gået", "day"),
        (at(day=dt.date(2026, 6, 20)), "Centret har lukket den 20.6.2026. .*den 22.6.2026", "day"),
        (at(day=dt.date(2026, 12, 24)), "lukket den 24.12.2026. .*den 28.12.2026", "day"),
        (at(6, 59), "Tider ligger mellem kl. 07.00 og 20.00", "at"),
        (at(23, 30), "Tider ligger mellem kl. 07.00 og 20.00", "at"),
        (at(19, 45), "Tider ligger mellem kl. 07.00 og 20.00", "at"),
    ],
)
def test_nobody_is_booked_in_the_past_at_night_or_when_the_centre_is_closed(
    pathway: Pathway, nurse: User, when: dt.datetime, sentence: str, field: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        booked(pathway, nurse, when)
    assert refused.value.field == field
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(("hour", "minute"), [(7, 0), (19, 30)])
def test_the_first_and_the_last_time_of_the_day(
    pathway: Pathway, nurse: User, hour: int, minute: int
) -> None:
    assert booked(pathway, nurse, at(hour, minute))


def test_new_hours_hold_from_their_day(pathway: Pathway, nurse: User, settings: Settings) -> None:
    later = (MONDAY + dt.timedelta(days=1), dt.time(8), dt.time(16))
    settings.APPOINTMENT_HOURS = (*settings.APPOINTMENT_HOURS, later)
    assert booked(pathway, nurse, at(7))
    with pytest.raises(Refused, match=r"mellem kl\. 08\.00 og 16\.00"):
        booked(pathway, nurse, at(7, day=later[0]))


def test_nobody_is_booked_with_somebody_who_is_away(pathway: Pathway, nurse: User) -> None:
    Absence.objects.create(user=pathway.responsible, first_day=MONDAY, last_day=MONDAY)
    with pytest.raises(Refused, match=r"Anne Holm er fraværende den 22\.6\.2026"):
        booked(pathway, nurse)


def test_nobody_is_booked_with_somebody_who_has_no_patients(pathway: Pathway, nurse: User) -> None:
    with pytest.raises(Refused, match="Karin Sekretær kan ikke have patienter"):
        booked(pathway, nurse, clinician=person(Role.SECRETARY))


@pytest.mark.parametrize(("hour", "minute"), [(10, 0), (10, 15), (9, 45)])
def test_a_clinician_is_not_booked_twice_at_once(
    pathway: Pathway, nurse: User, hour: int, minute: int
) -> None:
    other = a_pathway(Track.SINGLE)
    booked(pathway, nurse)
    with pytest.raises(Refused, match=r"Anne Holm er optaget fra kl\. 10\.00 til 10\.30"):
        booked(other, nurse, at(hour, minute))


def test_a_patient_is_not_booked_twice_at_once(pathway: Pathway, nurse: User) -> None:
    booked(pathway, nurse)
    with pytest.raises(Refused, match=r"Patienten har en anden tid fra kl\. 10\.00 til 10\.30"):
        booked(pathway, nurse, at(10, 15), clinician=nurse)


def test_appointments_may_follow_each_other(pathway: Pathway, nurse: User) -> None:
    booked(pathway, nurse)
    assert booked(a_pathway(Track.SINGLE), nurse, at(10, 30))


def test_moving_tells_the_patient_and_takes_the_next_step_along(
    pathway: Pathway, nurse: User
) -> None:
    appointment = booked(pathway, nurse)
    reminder = Message.objects.create(
        key=f"appointment:{appointment.pk}:20260622T0800:reminder:7",
        kind=Message.Kind.REMINDER,
        channel=Message.Channel.SMS,
        recipient="x",
        body="x",
    )
    time = Time(nurse, at(13, day=dt.date(2026, 6, 23)), form=Appointment.Form.VIDEO)
    appointments.move(nurse, appointment.pk, pathway.version, time, "Lægen er syg")
    pathway.refresh_from_db()
    reminder.refresh_from_db()
    assert (pathway.due_on, pathway.next_step_by) == (dt.date(2026, 6, 23), nurse)
    assert reminder.status == Message.Status.WITHDRAWN
    assert (
        "Din tid mandag den 22. juni 2026 kl. 10.00 er flyttet til tirsdag den 23. juni 2026 "
        "kl. 13.00 på video"
    ) in messages()[-1].body
    letter = messages(Message.Kind.PATIENT_NOTICE)[-1]
    assert "Din tid mandag den 22. juni 2026 klokken 10.00 er flyttet." in letter.body
    assert "Åbn smertecenter.example/video" in letter.body
    assert latest_step(pathway).why.endswith("Lægen er syg")


def test_what_is_saved_unchanged_is_not_moved(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    with pytest.raises(Refused, match="Intet er ændret"):
        appointments.move(
            nurse, appointment.pk, pathway.version, Time(pathway.responsible, at()), "Ønske"
        )
    assert len(messages()) == 1


def test_of_another_length_the_patient_is_not_told(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    longer = Time(pathway.responsible, at(), minutes=60)
    assert appointments.move(nurse, appointment.pk, pathway.version, longer).minutes == 60
    assert [message.status for message in messages()] == ["queued"]


def test_of_another_person_the_patient_is_told_that_the_time_stays(
    pathway: Pathway, nurse: User
) -> None:
    appointment = booked(pathway, nurse)
    appointments.move(nurse, appointment.pk, pathway.version, Time(nurse, at()))
    assert "Din tid er ændret. Du har tid mandag den 22. juni 2026" in messages()[-1].body
    letter = messages(Message.Kind.PATIENT_NOTICE)[-1]
    assert "Dag og tidspunkt er de samme som før." in letter.body
    assert f"Du skal tale med: {nurse.name}" in letter.body


def test_moving_there_and_back_tells_the_patient_both_times(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    for hour in (11, 10, 11):
        time = Time(pathway.responsible, at(hour))
        appointments.move(nurse, appointment.pk, pathway.version, time)
        pathway.refresh_from_db()
    assert sum("flyttet" in message.body for message in messages()) == 3


def test_an_appointment_may_be_moved_within_its_own_time(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    time = Time(pathway.responsible, at(10, 15))
    assert appointments.move(nurse, appointment.pk, pathway.version, time).starts_at == at(10, 15)


def test_after_a_cancellation_the_patient_is_to_get_a_new_appointment(
    pathway: Pathway, nurse: User
) -> None:
    appointment = booked(pathway, nurse)
    appointments.cancel(nurse, appointment.pk, pathway.version, "Patienten er bortrejst")
    pathway.refresh_from_db()
    assert pathway.next_step == "Giv patienten en ny tid"
    assert (pathway.next_step_by, pathway.due_on) == (nurse, dt.date(2026, 6, 11))
    assert [message.status for message in messages()] == ["withdrawn", "queued"]
    assert "er aflyst. Du får et brev med en ny tid." in messages()[-1].body
    letter = messages(Message.Kind.PATIENT_NOTICE)[-1]
    assert "Du skal ikke møde op. Du får et nyt brev med en ny tid." in letter.body


def test_who_pauses_is_not_promised_a_new_time(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    pausing.pause(nurse, pathway.pk, pathway.version, "illness", dt.date(2026, 8, 17))
    appointments.cancel(nurse, appointment.pk, pathway.version + 1, "Indlagt")
    assert "ny tid" not in messages(Message.Kind.PATIENT_NOTICE)[-1].body


def test_a_cancellation_needs_a_reason(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    with pytest.raises(Refused, match="hvorfor tiden aflyses"):
        appointments.cancel(nurse, appointment.pk, pathway.version, " ")


def test_cancelling_keeps_a_next_step_that_was_about_something_else(
    pathway: Pathway, nurse: User
) -> None:
    appointment = booked(pathway, nurse)
    Pathway.objects.filter(pk=pathway.pk).update(next_step="Trap morfin ned", next_step_by=nurse)
    appointments.cancel(nurse, appointment.pk, pathway.version, "Sygdom")
    pathway.refresh_from_db()
    assert pathway.next_step == "Giv patienten en ny tid. Trap morfin ned"


def test_who_attends_begins_the_pathway_and_has_a_next_step(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    with the_day_comes(at(11)):
        due_on = dt.date(2026, 6, 29)
        appointments.attend(
            nurse, appointment.pk, pathway.version, "Ring om effekten", nurse, due_on
        )
    pathway.refresh_from_db()
    assert (pathway.status, pathway.next_step) == (Status.ACTIVE, "Ring om effekten")
    assert (pathway.next_step_by, pathway.due_on) == (nurse, due_on)
    assert "Næste skridt: Ring om effekten" in latest_step(pathway).why


def test_nobody_attends_without_a_next_step(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    with the_day_comes(at(11)), pytest.raises(Refused, match="altid have et næste skridt"):
        appointments.attend(nurse, appointment.pk, pathway.version, "", nurse, MONDAY)
    appointment.refresh_from_db()
    assert appointment.status == Appointment.Status.BOOKED


def test_who_stays_away_is_called(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    with the_day_comes(at(11)):
        appointments.stay_away(nurse, appointment.pk, pathway.version)
    pathway.refresh_from_db()
    assert pathway.status == Status.WAITING
    assert pathway.next_step == "Ring til patienten, som udeblev"
    assert (pathway.next_step_by, pathway.due_on) == (nurse, dt.date(2026, 6, 23))


def test_nobody_attends_or_stays_away_before_the_day(pathway: Pathway, nurse: User) -> None:
    appointment = booked(pathway, nurse)
    with pytest.raises(Refused, match="Dagen er ikke kommet"):
        appointments.attend(nurse, appointment.pk, pathway.version, "x", nurse, MONDAY)
    with pytest.raises(Refused, match="Dagen er ikke kommet"):
        appointments.stay_away(nurse, appointment.pk, pathway.version)


DOINGS = {
    "move": lambda user, pk, version: appointments.move(
        user, pk, version, Time(user, at(14, day=dt.date(2026, 6, 24)))
    ),
    "cancel": lambda user, pk, version: appointments.cancel(user, pk, version, "Sygdom"),
    "attend": lambda user, pk, version: appointments.attend(
        user, pk, version, "Ring", user, dt.date(2026, 6, 29)
    ),
    "stay_away": appointments.stay_away,
}


@pytest.mark.parametrize("second", DOINGS)
@pytest.mark.parametrize("first", ["cancel", "attend", "stay_away"])
def test_an_appointment_is_settled_once(
    pathway: Pathway, nurse: User, first: str, second: str
) -> None:
    appointment = booked(pathway, nurse)
    with the_day_comes(at(11)):
        DOINGS[first](nurse, appointment.pk, pathway.version)
        pathway.refresh_from_db()
        with pytest.raises(Refused, match="Tiden er allerede registreret som"):
            DOINGS[second](nurse, appointment.pk, pathway.version)


@pytest.mark.parametrize("doing", DOINGS)
def test_who_read_an_older_page_is_told_what_happened(
    pathway: Pathway, nurse: User, doing: str
) -> None:
    appointment = booked(pathway, nurse)
    with the_day_comes(at(11)), pytest.raises(Stale, match=f"{nurse.name}.* bookede en tid"):
        DOINGS[doing](nurse, appointment.pk, pathway.version - 1)


@pytest.mark.parametrize("doing", DOINGS)
def test_other_teams_appointments_do_not_exist_for_a_therapist(
    pathway: Pathway, nurse: User, doing: str
) -> None:
    appointment = booked(pathway, nurse)
    stranger = person(Role.PHYSIOTHERAPIST)
    with pytest.raises(Appointment.DoesNotExist):
        DOINGS[doing](stranger, appointment.pk, pathway.version)


def test_a_second_appointment_need_not_be_the_next_step(pathway: Pathway, nurse: User) -> None:
    first = booked(pathway, nurse)
    with the_day_comes(at(11)):
        appointments.attend(nurse, first.pk, pathway.version, "Ring", nurse, dt.date(2026, 6, 24))
        pathway.refresh_from_db()
        time = Time(nurse, at(9, day=dt.date(2026, 6, 30)))
        appointments.book(nurse, pathway.pk, pathway.version, time, is_next_step=False)
        pathway.refresh_from_db()
        assert pathway.next_step == "Ring"
        later = Time(nurse, at(9, day=dt.date(2026, 7, 1)))
        appointments.book(nurse, pathway.pk, pathway.version, later)
        pathway.refresh_from_db()
    assert (pathway.next_step, pathway.due_on) == (f"Samtale hos {nurse.name}", dt.date(2026, 7, 1))


def test_what_is_recorded_and_sent_is_danish_whatever_the_page_speaks(
    pathway: Pathway, nurse: User
) -> None:
    with override("en"):
        booked(pathway, nurse)
    assert pathway.next_step.startswith("Første samtale hos")
    assert "mandag den 22. juni" in messages()[0].body
