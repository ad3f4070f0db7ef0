"""What a patient is told about appointments: time, place and how to change it, nothing clinical.

The words are Danish whatever language the person at the desk has chosen.
"""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from correspondence import outbox
from correspondence.models import Message
from pathways.models import Appointment
from patients.models import Patient
from staff import deadlines

SIGNED = "Venlig hilsen Tværfagligt Smertecenter"
PLACES = {
    Appointment.Form.VISIT: "i Tværfagligt Smertecenter",
    Appointment.Form.VIDEO: "på video med Tværfagligt Smertecenter",
    Appointment.Form.PHONE: "i telefonen med Tværfagligt Smertecenter. Vi ringer til dig",
}


def stamp(appointment: Appointment) -> str:
    """The appointment at its present time, as the keys of its messages begin."""
    return f"appointment:{appointment.pk}:{_utc(appointment)}"


def tell_booked(appointment: Appointment) -> None:
    """Tell the patient about a new appointment."""
    words = f"Du har fået en tid {when_and_where(appointment)}. {how_to_change(appointment)}"
    _post(appointment, f"booked:{_utc(appointment)}", "Din tid", words)


def tell_moved(appointment: Appointment, version: int) -> None:
    """Tell the patient the new time; withdraws what still waits to be sent about the old one.

    ``version`` is the pathway's, so that moving back to an earlier time is told, too.
    """
    _withdraw(appointment)
    words = f"Din tid er flyttet til {when_and_where(appointment)}. {how_to_change(appointment)}"
    _post(appointment, f"moved:{_utc(appointment)}:{version}", "Din tid er flyttet", words)


def tell_cancelled(appointment: Appointment) -> None:
    """Tell the patient that the appointment is off; withdraws what still waits to be sent."""
    _withdraw(appointment)
    words = f"Din tid {_day_and_time(appointment)} i Tværfagligt Smertecenter er aflyst."
    _post(appointment, "cancelled", "Din tid er aflyst", words)


def _withdraw(appointment: Appointment) -> None:
    outbox.withdraw(f"appointment:{appointment.pk}:")


def _post(appointment: Appointment, what: str, subject: str, words: str) -> None:
    patient = appointment.pathway.patient
    channel, address = reach(patient)
    outbox.post(
        key=f"appointment:{appointment.pk}:{what}",
        kind=Message.Kind.APPOINTMENT,
        channel=channel,
        recipient=patient.name,
        address=address,
        subject=subject,
        body=f"{words}\n{SIGNED}",
        about=f"pathway:{appointment.pathway_id}",
        patient=patient,
    )


def reach(patient: Patient) -> tuple[Message.Channel, str]:
    """How a patient is reached: by SMS, else by e-mail, else by letter; with the address."""
    if patient.phone:
        return Message.Channel.SMS, patient.phone
    if patient.email:
        return Message.Channel.EMAIL, patient.email
    return Message.Channel.LETTER, f"{patient.street}, {patient.postal_code} {patient.city}"


def when_and_where(appointment: Appointment) -> str:
    """Day, time and place as one says them: "torsdag den 3. december 2026 kl. 10.30 i …"."""
    place = PLACES[Appointment.Form(appointment.form)]
    return f"{_day_and_time(appointment)} {place}"


def _day_and_time(appointment: Appointment) -> str:
    starts_at = timezone.localtime(appointment.starts_at)
    return f"{_day(starts_at.date())} kl. {starts_at:%H.%M}"


def how_to_change(appointment: Appointment) -> str:
    """Until when the patient may call to change the appointment."""
    last_day = deadlines.due("change_appointment", timezone.localdate(appointment.starts_at))
    if last_day <= timezone.localdate():
        return "Passer tiden ikke, så ring til os hurtigst muligt."
    return f"Passer tiden ikke, så ring til os senest {_day(last_day)}."


def _day(day: dt.date) -> str:
    with override("da"):
        return date_format(day, r"l \d\e\n j. F Y", use_l10n=False)


def _utc(appointment: Appointment) -> str:
    return f"{appointment.starts_at.astimezone(dt.UTC):%Y%m%dT%H%M}"
