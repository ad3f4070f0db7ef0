"""Appointments: booked, moved, cancelled, attended or stayed away from.

Each takes a step of the pathway, so that the next step is never in doubt, and tells the patient.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from casework.moves import take_step
from casework.refusals import Refused
from pathways import notices
from pathways.booked import lock_booked, summary
from pathways.interpreters import Interpreter, engage, release, with_interpreter
from pathways.lifecycle import Status, Verb
from pathways.models import Appointment, Pathway
from pathways.pausing import end_pause, take_up
from pathways.phoning import phone_first, without_phoning
from pathways.planning import NEXT_STEP_LENGTH, coordinator, lock_to_plan, plan_next
from pathways.times import Time, check_time, time_of
from staff import deadlines
from staff.models import User

GIVE_NEW_TIME = gettext_lazy("Giv patienten en ny tid")
CALL_ABSENTEE = gettext_lazy("Ring til patienten, som udeblev")


@transaction.atomic
def book(
    user: User,
    pathway_pk: int,
    version: int,
    time: Time,
    *,
    is_next_step: bool = True,
    interpreter: Interpreter | None = None,
) -> Appointment:
    """Book an appointment, with the interpreter if one is booked already, and tell the patient.

    While a pathway waits for its first appointment, the earliest booked one is the next step;
    later on, when ``is_next_step`` says so. A paused pathway is taken up again. Raises Refused and
    Stale.
    """
    pathway = lock_to_plan(user, pathway_pk, version)
    check_time(pathway, time)
    appointment = Appointment(pathway=pathway, booked_by=user)
    _set_time(appointment, time, user, interpreter)
    appointment.save()
    if pathway.status == Status.PAUSED:
        _take_up(pathway, user)
    elif _comes_first(pathway, appointment) if pathway.status == Status.WAITING else is_next_step:
        _make_next(pathway, appointment)
    phone_first(pathway, appointment)
    _step(pathway, Verb.BOOKED, user, with_interpreter(appointment))
    notices.tell_booked(appointment)
    return appointment


@transaction.atomic
def move(
    user: User,
    pk: int,
    version: int,
    time: Time,
    why: str = "",
    interpreter: Interpreter | None = None,
) -> Appointment:
    """Move a booked appointment (also to another person or form) and tell the patient.

    Its interpreter was booked for the time it had: ``interpreter`` is the one for the new time. Of
    another length alone, which is the centre's own matter, the patient is not told.
    """
    appointment = lock_booked(user, pk, version)
    pathway, had = appointment.pathway, time_of(appointment)
    if time == had:
        raise Refused(_("Intet er ændret. Vælg en anden dag, tid, form eller person."))
    check_time(pathway, time, moving=appointment)
    was, is_next = with_interpreter(appointment), _is_next(pathway, appointment)
    pathway.next_step = without_phoning(pathway, appointment)
    _set_time(appointment, time, user, interpreter)
    appointment.save()
    if is_next:
        _make_next(pathway, appointment)
    phone_first(pathway, appointment)
    _step(pathway, Verb.MOVED, user, _moved(was, with_interpreter(appointment), why))
    if replace(time, minutes=had.minutes) != had:
        notices.tell_moved(appointment, pathway.version, had.starts_at)
    return appointment


@transaction.atomic
def cancel(user: User, pk: int, version: int, why: str) -> Appointment:
    """Call an appointment off, with a reason; the next step becomes to give a new one.

    A paused pathway stays so: the day to look again is its next step.
    """
    if not why.strip():
        raise Refused(_("Skriv, hvorfor tiden aflyses."), "why")
    appointment = lock_booked(user, pk, version)
    pathway, was = appointment.pathway, with_interpreter(appointment)
    new_time_follows = pathway.status != Status.PAUSED
    if new_time_follows:
        _follow_up(pathway, GIVE_NEW_TIME, "give_new_time", appointment)
    call_off([appointment], user, why)
    if appointment.starts_at > timezone.now():
        notices.tell_cancelled(appointment, new_time_follows=new_time_follows)
    phone_first(pathway, appointment)
    _step(pathway, Verb.CANCELLED, user, f"{was}. {why}")
    return appointment


@transaction.atomic
def attend(
    user: User, pk: int, version: int, next_step: str, by: User, due_on: dt.date
) -> Appointment:
    """The patient came: a waiting pathway becomes active, and what happens next is decided."""
    appointment = lock_booked(user, pk, version)
    _check_day_has_come(appointment)
    pathway = appointment.pathway
    _settle(appointment, Appointment.Status.ATTENDED, user)
    plan_next(pathway, next_step, by, due_on)
    pathway.paused_because = ""
    words = _attended(summary(appointment), pathway.next_step)
    _step(pathway, Verb.ATTENDED, user, words, to=Status.ACTIVE)
    return appointment


@transaction.atomic
def stay_away(user: User, pk: int, version: int) -> Appointment:
    """The patient did not come: somebody calls, also when the pathway was paused until then."""
    appointment = lock_booked(user, pk, version)
    _check_day_has_come(appointment)
    pathway = appointment.pathway
    _settle(appointment, Appointment.Status.STAYED_AWAY, user)
    _follow_up(pathway, CALL_ABSENTEE, "call_absentee", appointment)
    to = end_pause(pathway) if pathway.status == Status.PAUSED else ""
    _step(pathway, Verb.STAYED_AWAY, user, summary(appointment), to=to)
    return appointment


def call_off(appointments: Iterable[Appointment], user: User, why: str) -> None:
    """Cancel booked appointments of a locked pathway; the patient is not told yet."""
    for appointment in appointments:
        release(appointment)
        _settle(appointment, Appointment.Status.CANCELLED, user, why)


# What is recorded is Danish, whoever records it.
@override("da")
def _moved(was: str, now: str, why: str) -> str:
    return f"{_('Fra %(was)s til %(now)s.') % {'was': was, 'now': now}} {why}".strip()


@override("da")
def _attended(when: str, next_step: str) -> str:
    words = {"when": when, "next_step": next_step}
    return _("%(when)s. Næste skridt: %(next_step)s") % words


def _set_time(
    appointment: Appointment, time: Time, user: User, interpreter: Interpreter | None
) -> None:
    """The time and, for it alone, the interpreter."""
    appointment.clinician, appointment.starts_at = time.clinician, time.starts_at
    appointment.minutes, appointment.form = time.minutes, time.form
    appointment.booked_at = timezone.now()  # reminders count from when the time was agreed
    release(appointment)
    if interpreter is not None:
        engage(appointment, user, interpreter)


def _check_day_has_come(appointment: Appointment) -> None:
    if timezone.localdate(appointment.starts_at) > timezone.localdate():
        raise Refused(_("Dagen er ikke kommet endnu."))


def _settle(appointment: Appointment, status: str, user: User, why: str = "") -> None:
    appointment.status, appointment.why = status, why[:300]
    appointment.settled_by, appointment.settled_at = user, timezone.now()
    appointment.save()
    notices.withdraw_reminders(appointment)


def _step(pathway: Pathway, verb: str, user: User, why: str, to: str = "") -> None:
    take_step(pathway, verb, to or pathway.status, by=user, due_on=pathway.due_on, why=why)


@override("da")
def _take_up(pathway: Pathway, user: User) -> None:
    """A paused pathway goes on with the earliest of its appointments."""
    take_up(pathway, user, _("En tid er booket."))
    upcoming = pathway.appointments.upcoming(timezone.now())
    _make_next(pathway, upcoming.select_related("clinician")[0])


def _comes_first(pathway: Pathway, appointment: Appointment) -> bool:
    first = pathway.appointments.booked().order_by("starts_at").first()
    return bool(first == appointment)


def _is_next(pathway: Pathway, appointment: Appointment) -> bool:
    """Whether the pathway's next step is this appointment: its day, at the same person.

    A paused pathway's is to look again. Where somebody is to phone first, what comes after tells.
    """
    if pathway.status == Status.PAUSED:
        return False
    then = without_phoning(pathway, appointment)
    if then != pathway.next_step:
        return then == _meeting(pathway, appointment)
    day = timezone.localdate(appointment.starts_at)
    return pathway.due_on == day and pathway.next_step_by_id == appointment.clinician_id


def _make_next(pathway: Pathway, appointment: Appointment) -> None:
    pathway.next_step = _meeting(pathway, appointment)
    pathway.next_step_by = appointment.clinician
    pathway.due_on = timezone.localdate(appointment.starts_at)


@override("da")
def _meeting(pathway: Pathway, appointment: Appointment) -> str:
    first = pathway.status == Status.WAITING
    words = _("Første samtale hos %(name)s") if first else _("Samtale hos %(name)s")
    return words % {"name": appointment.clinician.name}


@override("da")
def _follow_up(
    pathway: Pathway, next_step: Promise, deadline: str, appointment: Appointment
) -> None:
    """A new next step for the coordinator; one that was about something else is kept beside it."""
    words, then = str(next_step), without_phoning(pathway, appointment)
    if not _is_next(pathway, appointment) and then != words:
        words = f"{words}. {then}"[:NEXT_STEP_LENGTH]
    pathway.next_step, pathway.next_step_by = words, coordinator(pathway)
    pathway.due_on = deadlines.due(deadline, timezone.localdate())
