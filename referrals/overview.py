"""The centre in numbers, for the manager: referrals and pathways by status and track."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise

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
