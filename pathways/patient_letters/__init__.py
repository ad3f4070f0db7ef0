"""What a patient in a pathway is told by letter, in their language where there is a text."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils import timezone

from letters.content import Content
from letters.models import Letter
from letters.writing import to_patient
from pathways.models import Appointment, Pathway
from pathways.patient_letters import danish, english
from pathways.patient_letters.facts import Ended, Meeting, Stopped
from staff import deadlines

Kind = Letter.Kind
DA, EN = Letter.Language.DANISH, Letter.Language.ENGLISH
APPOINTMENTS: Final[Mapping[str, Mapping[str, Callable[[Meeting], Content]]]] = {
    Kind.APPOINTMENT: {DA: danish.booked, EN: english.booked},
    Kind.APPOINTMENT_MOVED: {DA: danish.moved, EN: english.moved},
    Kind.APPOINTMENT_CANCELLED: {DA: danish.cancelled, EN: english.cancelled},
    Kind.REMINDER: {DA: danish.reminded, EN: english.reminded},
}
DISCHARGES: Final[Mapping[str, Callable[[Ended], Content]]] = {
    DA: danish.discharged,
    EN: english.discharged,
}
DISCONTINUATIONS: Final[Mapping[str, Callable[[Stopped], Content]]] = {
    DA: danish.discontinued,
    EN: english.discontinued,
}


def of_appointment(kind: str, appointment: Appointment, **more: Any) -> Letter:
    """A letter of one of the kinds that tell of an appointment; ``more`` as ``meeting`` has it."""
    patient, about = appointment.pathway.patient, f"pathway:{appointment.pathway_id}"
    return to_patient(kind, patient, APPOINTMENTS[kind], meeting(appointment, **more), about)


def meeting(appointment: Appointment, **more: Any) -> Meeting:
    """What letters and notices say of an appointment; ``more`` is what became of it."""
    return Meeting(
        patient=appointment.pathway.patient,
        starts_at=appointment.starts_at,
        form=appointment.form,
        clinician=appointment.clinician.name,
        change_by=change_by(appointment),
        interpreter="" if appointment.lacks_interpreter else appointment.interpreter_language,
        **more,
    )


def change_by(appointment: Appointment) -> dt.date | None:
    """The last day on which the patient may change the appointment; None when it has come."""
    last = deadlines.due("change_appointment", timezone.localdate(appointment.starts_at))
    return last if last > timezone.localdate() else None


def discharged(pathway: Pathway, added: str = "") -> Letter:
    """That the pathway has ended, and who follows up."""
    facts = Ended(
        patient=pathway.patient,
        referrer=pathway.unit.name,
        follow_up_by_gp=bool(pathway.follow_up_by_gp),
        added=added,
        cancelled=to_come(pathway),
    )
    about = f"pathway:{pathway.pk}"
    return to_patient(Kind.PATIENT_DISCHARGED, pathway.patient, DISCHARGES, facts, about)


def to_come(pathway: Pathway) -> tuple[dt.datetime, ...]:
    """The booked times to come, which end with the pathway."""
    upcoming = pathway.appointments.upcoming(timezone.now())
    return tuple(upcoming.values_list("starts_at", flat=True))


def discontinued(pathway: Pathway) -> Letter:
    """That the pathway has ended before it was completed, and how to get help again."""
    patient = pathway.patient
    facts = Stopped(
        patient=patient,
        referrer=pathway.unit.name,
        ending=pathway.ended_because,
        cancelled=to_come(pathway),
    )
    about = f"pathway:{pathway.pk}"
    return to_patient(Kind.PATIENT_DISCHARGED, patient, DISCONTINUATIONS, facts, about)
