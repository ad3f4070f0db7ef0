"""Interpreters for appointments: each is booked by a person, for one time and one language.

Source: sundhedsloven § 50: who needs an interpreter to be treated has one. An appointment that is
moved or cancelled has none any more.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.moves import take_step
from casework.refusals import Refused
from pathways.booked import lock_booked, summary
from pathways.lifecycle import Verb
from pathways.models import Appointment, Pathway
from staff import deadlines
from staff.models import User

BOOKED_FROM_LENGTH: Final = 100
NOBODY: Final = {
    "interpreter_language": "",
    "interpreter_from": "",
    "interpreter_by": None,
    "interpreter_at": None,
}


@dataclass(frozen=True, slots=True)
class Interpreter:
    """That one is booked: from which agency or under which number, where that is known."""

    booked_from: str = ""


def check_needs_interpreter(appointment: Appointment) -> None:
    """Raises Refused when there is nothing to interpret any more, or one is booked already."""
    if not appointment.pathway.patient.interpreter_language:
        raise Refused(
            _("Patienten skal ikke have tolk. Ret det ved »Kontakt og breve«, hvis det er nyt.")
        )
    if appointment.starts_at <= timezone.now():
        raise Refused(_("Tidspunktet er allerede gået."))
    if not appointment.lacks_interpreter:
        raise Refused(_("Der er allerede bestilt en tolk til tiden."))


@transaction.atomic
def book_interpreter(user: User, pk: int, version: int, booked_from: str = "") -> Appointment:
    """Record that an interpreter is booked for an appointment. Raises Refused and Stale."""
    appointment = lock_booked(user, pk, version)
    engage(appointment, user, Interpreter(booked_from))
    appointment.save()
    _step(appointment, Verb.GOT_INTERPRETER, user, with_interpreter(appointment))
    return appointment


@transaction.atomic
def lose_interpreter(user: User, pk: int, version: int) -> Appointment:
    """Record that the interpreter does not come, so that another is booked."""
    appointment = lock_booked(user, pk, version)
    if not appointment.interpreter_language:
        raise Refused(_("Der er ikke bestilt en tolk til tiden."))
    was = with_interpreter(appointment)
    release(appointment)
    appointment.save()
    _step(appointment, Verb.LOST_INTERPRETER, user, was)
    return appointment


def engage(appointment: Appointment, user: User, interpreter: Interpreter) -> None:
    """Set (not save) the interpreter of an appointment. Raises Refused when it needs none."""
    check_needs_interpreter(appointment)
    appointment.interpreter_language = appointment.pathway.patient.interpreter_language
    appointment.interpreter_from = " ".join(interpreter.booked_from.split())[:BOOKED_FROM_LENGTH]
    appointment.interpreter_by, appointment.interpreter_at = user, timezone.now()


def release(appointment: Appointment) -> None:
    """Leave (not save) an appointment without an interpreter."""
    for name, value in NOBODY.items():
        setattr(appointment, name, value)


@override("da")  # what is recorded is Danish, whoever records it
def with_interpreter(appointment: Appointment) -> str:
    """ "9.6.2026 kl. 10.00 hos … (video), tolk: arabisk (4711)", as the history has it."""
    if not appointment.interpreter_language:
        return summary(appointment)
    booked_from = f" ({appointment.interpreter_from})" if appointment.interpreter_from else ""
    spoken = f"{appointment.interpreter_language}{booked_from}"
    return _("%(when)s, tolk: %(spoken)s") % {"when": summary(appointment), "spoken": spoken}


def _step(appointment: Appointment, verb: Verb, user: User, why: str) -> None:
    pathway = appointment.pathway
    take_step(pathway, verb, pathway.status, by=user, due_on=pathway.due_on, why=why)


def to_call_off(pathway: Pathway) -> list[Appointment]:
    """Appointments whose interpreters must be told when the pathway ends."""
    booked = pathway.appointments.upcoming(timezone.now())
    return list(booked.exclude(interpreter_language=""))


def still_to_book(now: dt.datetime) -> "QuerySet[Appointment]":
    """Appointments so near that their interpreter should be booked, and is not.

    ``now`` is local.
    """
    last = deadlines.latest_target("book_interpreter", now.date())
    before = timezone.make_aware(dt.datetime.combine(last, dt.time.max))
    found: QuerySet[Appointment] = Appointment.objects.upcoming(now).without_interpreter()
    return found.filter(starts_at__lte=before)


def awaits_interpreter() -> Exists:
    """Whether a pathway has such an appointment, for queries."""
    return Exists(still_to_book(timezone.localtime()).filter(pathway=OuterRef("pk")))
