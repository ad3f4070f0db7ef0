"""Whom only paper reaches is phoned about a time that the post would tell of too late.

To phone becomes the next step, before the one there was; the letter goes all the same.
"""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.moments import day_and_time
from correspondence.reach import beside, gets_digital_post
from pathways.models import Appointment, Pathway
from pathways.planning import NEXT_STEP_LENGTH, coordinator
from patients.models import Patient
from staff import deadlines

# A letter is under way for up to five weekdays (Ældre Sagen, "Post - levering", 15 January 2024):
# one that is printed with fewer days left than that can come after the visit.
DAYS_FOR_THE_POST: Final = 5


def gets_only_paper(patient: Patient) -> bool:
    """Whether neither Digital Post nor a short notice reaches the patient."""
    return beside(patient) is None and not gets_digital_post(patient)


def days_for_the_post(patient: Patient) -> int:
    """How many days a letter may be under way to a patient whom only paper reaches; else 0."""
    return DAYS_FOR_THE_POST if gets_only_paper(patient) else 0


def post_comes_too_late(patient: Patient, starts_at: dt.datetime) -> bool:
    """Whether a letter of today may come after a time that is still to come."""
    is_soon = timezone.now() < starts_at <= timezone.now() + dt.timedelta(days=DAYS_FOR_THE_POST)
    return is_soon and gets_only_paper(patient)


def to_be_phoned_about(pathway: Pathway) -> list[Appointment]:
    """The booked times of a pathway that a letter of today may come after."""
    upcoming = pathway.appointments.upcoming(timezone.now()).select_related("clinician")
    return [one for one in upcoming if post_comes_too_late(pathway.patient, one.starts_at)]


def phone_first(pathway: Pathway, appointment: Appointment) -> None:
    """Let (not save) somebody phone before all else, where the post comes too late."""
    if not post_comes_too_late(pathway.patient, appointment.starts_at):
        return
    words = f"{_words(appointment)}. {pathway.next_step}"
    day = timezone.localdate(appointment.starts_at)
    pathway.next_step, pathway.next_step_by = words[:NEXT_STEP_LENGTH], coordinator(pathway)
    pathway.due_on = min(deadlines.due("call_back", timezone.localdate()), day)


def is_to_phone(pathway: Pathway) -> bool:
    """Whether the next step begins with phoning about an appointment."""
    appointments = pathway.appointments.all()
    return any(without_phoning(pathway, each) != pathway.next_step for each in appointments)


def without_phoning(pathway: Pathway, appointment: Appointment) -> str:
    """The next step apart from phoning about the appointment at the time it has now."""
    return pathway.next_step.removeprefix(f"{_words(appointment)}. ")


@override("da")  # what is recorded is Danish, whoever records it
def _words(appointment: Appointment) -> str:
    when = {"when": day_and_time(appointment.starts_at)}
    if appointment.status == Appointment.Status.CANCELLED:
        return _("Ring til patienten: tiden %(when)s er aflyst, og et brev når ikke frem") % when
    return _("Ring til patienten om tiden %(when)s: et brev når ikke frem") % when
