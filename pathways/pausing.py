"""A pathway on pause: why, until a day to look again; and taken up where it stood.

Appointments stand through a pause, since people agree on a time for when it is over. A new one
takes the pathway up again: then it has a next step, and its time is the centre's.
"""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.moves import take_step
from casework.refusals import Refused
from pathways.clocks import first_visit_by
from pathways.lifecycle import PATHWAY, PauseReason, Status, Verb
from pathways.models import Appointment, Pathway
from pathways.planning import check_can_plan, check_end_of_pause, lock_to_plan, plan_next
from pathways.times import check_open
from staff.models import User


def check_can_pause(user: User, pathway: Pathway) -> None:
    """Raises Refused when the person may not plan, or the pathway is closed or paused already."""
    check_can_plan(user, pathway)
    if pathway.status == Status.PAUSED:
        raise Refused(_("Forløbet er allerede på pause. Ret næste skridt for at ændre dagen."))


def check_can_resume(user: User, pathway: Pathway) -> None:
    """Raises Refused when the person may not plan, or the pathway is not paused."""
    check_can_plan(user, pathway)
    if pathway.status != Status.PAUSED:
        raise Refused(_("Forløbet er ikke på pause."))


@transaction.atomic
def pause(
    user: User,
    pk: int,
    version: int,
    reason: str,
    look_again_on: dt.date,
    why: str = "",
    look_again_by: User | None = None,
) -> Pathway:
    """Let a pathway wait, for a reason, until a day on which somebody looks again.

    Who has the next step looks again, unless somebody else is named. Raises Refused and Stale.
    """
    pathway = lock_to_plan(user, pk, version)
    check_can_pause(user, pathway)
    check_pause(reason, look_again_on, why)
    plan_next(pathway, _look_again(), look_again_by or pathway.next_step_by, look_again_on)
    pathway.paused_because = reason
    verb = Verb.PUT_OFF if reason == PauseReason.WISH else Verb.PAUSED
    words = _pause_words(pathway, look_again_on, why)
    take_step(pathway, verb, Status.PAUSED, by=user, due_on=look_again_on, why=words)
    return pathway


def check_pause(reason: str, look_again_on: dt.date, why: str) -> None:
    """Raises Refused for a pause without a reason, or without a day before the longest one ends."""
    if reason not in PauseReason.values:
        raise Refused(_("Vælg, hvorfor forløbet sættes på pause."), "reason")
    if reason == PauseReason.OTHER and not why.strip():
        raise Refused(_("Skriv, hvorfor forløbet sættes på pause."), "why")
    if look_again_on <= timezone.localdate():
        raise Refused(_("Vælg en dag efter i dag til at se på forløbet igen."), "look_again_on")
    check_end_of_pause(look_again_on, timezone.localdate(), "look_again_on")
    check_open(look_again_on, "look_again_on")


@transaction.atomic
def resume(user: User, pk: int, version: int, next_step: str, by: User, due_on: dt.date) -> Pathway:
    """Take a paused pathway up again, with what is to be done next. Raises Refused and Stale."""
    pathway = lock_to_plan(user, pk, version)
    check_can_resume(user, pathway)
    plan_next(pathway, next_step, by, due_on)
    take_up(pathway, user, pathway.next_step)
    return pathway


def take_up(pathway: Pathway, user: User, why: str) -> None:
    """End the pause of a locked pathway, whose next step is kept or has been set."""
    to, due_on = end_pause(pathway), pathway.due_on
    take_step(pathway, Verb.RESUMED, to, by=user, due_on=due_on, why=why)


def end_pause(pathway: Pathway) -> Status:
    """Let (not save) a paused pathway stand where it stood; gives the status.

    The day of the first visit is moved by as long as the pause was: the centre's clock stood still.
    """
    pathway.paused_because = ""
    to = where_it_stood(pathway)
    if to == Status.WAITING:
        pathway.first_visit_by = first_visit_by(pathway)
    return to


def where_it_stood(pathway: Pathway) -> Status:
    """Waiting for a first visit until one has been; then under way."""
    attended = pathway.appointments.filter(status=Appointment.Status.ATTENDED)
    return Status.ACTIVE if attended.exists() else Status.WAITING


# What is recorded is Danish, whoever records it.
@override("da")
def _look_again() -> str:
    return str(PATHWAY[Status.PAUSED].next_action)


@override("da")
def _pause_words(pathway: Pathway, look_again_on: dt.date, why: str) -> str:
    words = {
        "reason": pathway.get_paused_because_display(),
        "day": date_format(look_again_on, "j.n.Y", use_l10n=False),
    }
    until = _("%(reason)s. Til %(day)s.") % words
    return f"{until} {why.strip()}".strip()
