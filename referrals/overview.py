"""The centre in numbers, for the manager: referrals and pathways by status and track."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from casework.clock import Shares, sums
from pathways.lifecycle import PATHWAY
from pathways.lifecycle import Status as PathwayStatus
from pathways.models import Pathway
from pathways.tracks import Track
from referrals.lifecycle import REFERRAL, Status
from referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Line:
    """How many are open and how many of them overdue, under one name."""

    code: str
    label: str | Promise
    open: int
    overdue: int


def referrals_by_status(today: dt.date) -> list[Line]:
    """Open referrals by where they stand, the most overdue first."""
    statuses = [(status, Status(status).label) for status in REFERRAL.open_statuses]
    return _lines(_counted(Referral.objects.still_open(), "status", today), statuses)


def referrals_by_track(today: dt.date) -> list[Line]:
    """Open referrals by the track proposed; the empty code is for those without one."""
    found = _counted(Referral.objects.still_open(), "judgement__proposed_track", today)
    return _lines(found, Track.choices, without=True)


def pathways_by_status(today: dt.date) -> list[Line]:
    """Open pathways by where they stand; overdue is a next step whose day has passed."""
    statuses = [(status, PathwayStatus(status).label) for status in PATHWAY.open_statuses]
    return _lines(_counted(Pathway.objects.still_open(), "status", today), statuses)


def pathways_by_track(today: dt.date) -> list[Line]:
    """Open pathways by track; overdue is a next step whose day has passed."""
    return _lines(_counted(Pathway.objects.still_open(), "track", today), Track.choices)


@dataclass(frozen=True, slots=True)
class Time:
    """How the time of open cases was split, all of one kind and track together."""

    label: str | Promise
    open: int
    shares: Shares


def time_by_track(lines: Iterable[Line], cases: "QuerySet[Any]", field: str) -> list[Time]:
    """In whose hands cases have been, by track; one query whatever their number."""
    found = sums(cases, field, timezone.now())
    return [Time(line.label, line.open, found[line.code]) for line in lines if line.code in found]


def referrals_time(lines: Iterable[Line]) -> list[Time]:
    """The open referrals' time by proposed track; ``lines`` are those of `referrals_by_track`."""
    return time_by_track(lines, Referral.objects.still_open(), "judgement__proposed_track")


def pathways_time(lines: Iterable[Line]) -> list[Time]:
    """The open pathways' time by track; ``lines`` are those of `pathways_by_track`."""
    return time_by_track(lines, Pathway.objects.still_open(), "track")


def total(lines: Iterable[Line]) -> Line:
    """All lines together."""
    listed = list(lines)
    return Line("", "", sum(line.open for line in listed), sum(line.overdue for line in listed))


Numbers = dict[str, tuple[int, int]]


def _counted(cases: "QuerySet[Any]", field: str, today: dt.date) -> Numbers:
    overdue = Count("pk", filter=Q(due_on__lt=today))
    rows = cases.order_by().values_list(field).annotate(open=Count("pk"), overdue=overdue)
    return {code or "": (is_open, late) for code, is_open, late in rows}


def _lines(
    numbers: Numbers, choices: Iterable[tuple[str, Any]], without: bool = False
) -> list[Line]:
    named = [*choices, ("", "")] if without else list(choices)
    lines = [Line(str(code), label, *numbers.get(str(code), (0, 0))) for code, label in named]
    return sorted(lines, key=attrgetter("overdue"), reverse=True)
