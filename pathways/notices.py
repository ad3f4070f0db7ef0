"""What a patient is told about appointments: a letter, and a short notice beside it.

A notice has time, place and how to change it, nothing clinical. Its words are Danish whatever
language the person at the desk has chosen.
"""

import datetime as dt

from django.utils import timezone

from correspondence import mailing, outbox
from correspondence.models import Message
from correspondence.reach import beside
from letters.letterhead import letterhead
from letters.models import Letter
from letters.wording import day
from letters.writing import keep
from pathways import patient_letters
from pathways.models import Appointment

Kind, DA = Letter.Kind, Letter.Language.DANISH

PLACES = {
    Appointment.Form.VISIT: "i {centre}",
    Appointment.Form.VIDEO: "på video med {centre}",
    Appointment.Form.PHONE: "i telefonen med {centre}. Vi ringer til dig",
}


def stamp(appointment: Appointment) -> str:
    """The appointment at its present time, as the keys of its messages begin."""
    return f"appointment:{appointment.pk}:{_utc(appointment)}"


def tell_booked(appointment: Appointment) -> None:
    """Tell the patient about a new appointment."""
    words = f"Du har fået en tid {when_and_where(appointment)}. {how_to_change(appointment)}"
    _write(appointment, f"booked:{_utc(appointment)}", Kind.APPOINTMENT)
    _notify(appointment, f"booked:{_utc(appointment)}", "Din tid", words)


def tell_moved(appointment: Appointment, version: int) -> None:
    """Tell the patient the new time; withdraws what still waits to be sent about the old one.

    ``version`` is the pathway's, so that moving back to an earlier time is told, too.
    """
    _withdraw(appointment)
    words = f"Din tid er flyttet til {when_and_where(appointment)}. {how_to_change(appointment)}"
    _write(appointment, f"moved:{_utc(appointment)}:{version}", Kind.APPOINTMENT_MOVED)
    _notify(appointment, f"moved:{_utc(appointment)}:{version}", "Din tid er flyttet", words)


def tell_cancelled(appointment: Appointment) -> None:
    """Tell the patient that the appointment is off; withdraws what still waits to be sent."""
    _withdraw(appointment)
    words = f"Din tid {_day_and_time(appointment)} i {centre()} er aflyst."
    _write(appointment, "cancelled", Kind.APPOINTMENT_CANCELLED)
    _notify(appointment, "cancelled", "Din tid er aflyst", words)


def withdraw_reminders(appointment: Appointment) -> None:
    """Take back the reminders that have not left yet: the appointment is over, or off."""
    outbox.withdraw(f"{stamp(appointment)}:reminder:")


def _withdraw(appointment: Appointment) -> None:
    outbox.withdraw(f"appointment:{appointment.pk}:")


def _write(appointment: Appointment, what: str, kind: str) -> None:
    letter = patient_letters.of_appointment(kind, appointment)
    mailing.to_patient(keep(letter, f"appointment:{appointment.pk}:{what}:letter"))


def _notify(appointment: Appointment, what: str, subject: str, words: str) -> None:
    """Beside the letter a short notice, to those who have a telephone or an e-mail address."""
    patient = appointment.pathway.patient
    if not (way := beside(patient)):
        return
    channel, address = way
    outbox.post(
        key=f"appointment:{appointment.pk}:{what}",
        kind=Message.Kind.APPOINTMENT,
        channel=channel,
        recipient=patient.name,
        address=address,
        subject=subject,
        body=f"{words}\n{signed()}",
        about=f"pathway:{appointment.pathway_id}",
        patient=patient,
    )


def when_and_where(appointment: Appointment) -> str:
    """Day, time and place as one says them: "torsdag den 3. december 2026 kl. 10.30 i …"."""
    place = PLACES[Appointment.Form(appointment.form)].format(centre=centre())
    return f"{_day_and_time(appointment)} {place}"


def _day_and_time(appointment: Appointment) -> str:
    starts_at = timezone.localtime(appointment.starts_at)
    return f"{day(starts_at.date(), DA)} kl. {starts_at:%H.%M}"


def how_to_change(appointment: Appointment) -> str:
    """Until when the patient may call to change the appointment."""
    last_day = patient_letters.change_by(appointment)
    if last_day is None:
        return "Passer tiden ikke, så ring til os hurtigst muligt."
    return f"Passer tiden ikke, så ring til os senest {day(last_day, DA)}."


def centre() -> str:
    """The centre's name as a notice has it."""
    return letterhead(DA).name


def signed() -> str:
    """What stands under a notice."""
    return f"Venlig hilsen {centre()}"


def _utc(appointment: Appointment) -> str:
    return f"{appointment.starts_at.astimezone(dt.UTC):%Y%m%dT%H%M}"
