"""The visitation's queue: open referrals, the nearest due date first; found, filtered, counted."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.paging import Page, keyset_page
from pathways.tracks import Track
from patients.models import Patient
from referrals.lifecycle import REFERRAL, Status, Turn
from referrals.models import Referral
from staff.models import ReferringUnit, User
from staff.permissions import Permission

PAGE_SIZE = 50
KEYS = ("due_on", "pk")
AT_PHYSICIAN = [status for status in Status if REFERRAL[status].turn == Turn.PHYSICIAN]
PHYSICIAN = Turn.PHYSICIAN.value
NO_TRACK = "none"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is narrowed to; an empty value narrows nothing.

    ``status`` is a status, or PHYSICIAN for all that waits for one; ``track`` a track, or NO_TRACK
    for those without a proposal.
    ``case`` is the only one looked for. ``text`` is a search for a patient. It may be a CPR number
    and is never part of an address.
    """

    status: str = ""
    track: str = ""
    unit: int | None = None
    overdue: bool = False
    mine: bool = False
    case: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """The queue in numbers."""

    open: int
    overdue: int
    awaiting_referrer: int
    awaiting_physician: int


def open_referrals(user: User) -> "QuerySet[Referral]":
    """The open referrals for those who may see the queue; whom to open is another question."""
    if not user.has_perm(Permission.VIEW_QUEUE):
        return Referral.objects.none()
    return Referral.objects.still_open()


def page(user: User, filters: Filters, mark: str = "", size: int = PAGE_SIZE) -> Page:
    """One page of the queue, with what a row shows."""
    shown = ("patient", "unit", "owner", "judgement")
    rows = filtered(user, filters).select_related(*shown)
    return keyset_page(rows, KEYS, mark, size)


def filtered(user: User, filters: Filters) -> "QuerySet[Referral]":
    """The open referrals that fit all filters."""
    rows = open_referrals(user)
    if filters.status == PHYSICIAN:
        rows = rows.filter(status__in=AT_PHYSICIAN)
    elif filters.status:
        rows = rows.filter(status=filters.status)
    if filters.track:
        proposed = "" if filters.track == NO_TRACK else filters.track
        rows = rows.filter(judgement__proposed_track=proposed)
    if filters.unit:
        rows = rows.filter(unit=filters.unit)
    if filters.mine:
        rows = rows.filter(owner=user)
    if filters.overdue:
        rows = rows.filter(due_on__lt=timezone.localdate())
    if filters.case:
        rows = rows.filter(pk=filters.case)
    if filters.text:
        rows = rows.filter(patient__in=Patient.objects.search(filters.text))
    return rows


def counts(user: User, today: dt.date) -> Counts:
    """How many are open, overdue, and with whom, in one query."""
    found = open_referrals(user).aggregate(
        open=Count("pk"),
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        awaiting_referrer=Count("pk", filter=Q(status=Status.AWAITING_REFERRER)),
        awaiting_physician=Count("pk", filter=Q(status__in=AT_PHYSICIAN)),
    )
    return Counts(**found)


def units(user: User) -> "QuerySet[ReferringUnit]":
    """The units that have referrals in the queue, by name."""
    theirs = open_referrals(user).filter(unit=OuterRef("pk"))
    return ReferringUnit.objects.filter(Exists(theirs)).order_by("name", "pk")


def next_after(user: User, due_on: dt.date, pk: int) -> Referral | None:
    """The referral to open next for one who decides: the one after this place, else the first.

    Only what the visitation can decide now, and nothing that a colleague has taken.
    """
    free = open_referrals(user).filter(Q(owner=None) | Q(owner=user), status=Status.RECEIVED)
    free = free.exclude(pk=pk).order_by(*KEYS)
    beyond = Q(due_on__gt=due_on) | Q(due_on=due_on, pk__gt=pk)
    return free.filter(due_on__gte=due_on).filter(beyond).first() or free.first()


def status_choices() -> dict[str, str]:
    """What to filter by as status, with its name, in the order of the lifecycle."""
    named = {status: str(Status(status).label) for status in REFERRAL.open_statuses}
    return named | {PHYSICIAN: _("Venter på læge")}


def tracks() -> dict[str, str]:
    """The tracks to filter by, with their names, and what has none."""
    return {track: str(track.label) for track in Track} | {NO_TRACK: _("Uden foreslået spor")}
