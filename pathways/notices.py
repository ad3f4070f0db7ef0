"""What a patient is told about appointments: a letter, and a short notice beside it.

A notice has time, place and how to change it, nothing clinical. It is in the language of the
patient's letters, whatever language the person at the desk has chosen.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from correspondence import mailing, outbox
from correspondence.models import Message
from correspondence.reach import beside
from letters.letterhead import letterhead
from letters.models import Letter
from letters.writing import keep
from pathways import patient_letters
from pathways.models import Appointment
from pathways.notice_words import notice

Kind = Letter.Kind


def stamp(appointment: Appointment) -> str:
    """The appointment at its present time, as the keys of its messages begin."""
    return f"appointment:{appointment.pk}:{_utc(appointment)}"


def tell_booked(appointment: Appointment) -> None:
    """Tell the patient about a new appointment."""
    _tell(appointment, f"booked:{_utc(appointment)}", Kind.APPOINTMENT)


def tell_moved(appointment: Appointment, version: int, began: dt.datetime) -> None:
    """Tell the patient the new time; withdraws what still waits to be sent about the old one.

    ``version`` is the pathway's, so that moving back to an earlier time is told, too. ``began`` is
    when it was to begin before: the time that no longer applies, unless it still does.
    """
    _withdraw(appointment)
    was = began if began != appointment.starts_at else None
    what = f"moved:{_utc(appointment)}:{version}"
    _tell(appointment, what, Kind.APPOINTMENT_MOVED, was=was)


def tell_cancelled(appointment: Appointment, *, new_time_follows: bool) -> None:
    """Tell the patient that the appointment is off; withdraws what still waits to be sent."""
    _withdraw(appointment)
    more = {"new_time_follows": new_time_follows}
    _tell(appointment, "cancelled", Kind.APPOINTMENT_CANCELLED, **more)


def tell_ended(appointments: Iterable[Appointment]) -> None:
    """Tell the patient at once that these are off, without a letter: that of the end says so."""
    for appointment in appointments:
        _withdraw(appointment)
        _tell_beside(appointment, "cancelled", Kind.APPOINTMENT_CANCELLED)


def withdraw_reminders(appointment: Appointment) -> None:
    """Take back the reminders that have not left yet: the appointment is over, or off."""
    outbox.withdraw(f"{stamp(appointment)}:reminder:")


def _withdraw(appointment: Appointment) -> None:
    outbox.withdraw(f"appointment:{appointment.pk}:")


def _tell(appointment: Appointment, what: str, kind: str, **more: Any) -> None:
    """A letter and, to those who have a telephone or an e-mail address, a short notice beside."""
    letter = patient_letters.of_appointment(kind, appointment, **more)
    mailing.to_patient(keep(letter, f"appointment:{appointment.pk}:{what}:letter"))
    _tell_beside(appointment, what, kind, **more)


def _tell_beside(appointment: Appointment, what: str, kind: str, **more: Any) -> None:
    patient = appointment.pathway.patient
    if way := beside(patient):
        outbox.post(
            key=f"appointment:{appointment.pk}:{what}",
            kind=Message.Kind.APPOINTMENT,
            about=f"pathway:{appointment.pathway_id}",
            patient=patient,
            **by_notice(kind, appointment, *way, **more),
        )


def by_notice(
    kind: str, appointment: Appointment, channel: Message.Channel, address: str, **more: Any
) -> dict[str, Any]:
    """The fields of a message that is a notice, by ``correspondence.reach.beside``."""
    told = notice(kind, patient_letters.meeting(appointment, **more))
    return {
        "channel": channel,
        "recipient": appointment.pathway.patient.name,
        "address": address,
        "subject": told.subject,
        "body": told.body,
    }


def centre() -> str:
    """The centre's name as a notice to a referrer has it."""
    return letterhead(Letter.Language.DANISH).name


def _utc(appointment: Appointment) -> str:
    return f"{appointment.starts_at.astimezone(dt.UTC):%Y%m%dT%H%M}"
