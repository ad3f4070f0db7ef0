"""The manager's page: numbers first by what is overdue, each leading to its list."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from referrals.overview import (
    Line,
    pathways_by_status,
    pathways_by_track,
    pathways_time,
    referrals_by_status,
    referrals_by_track,
    referrals_time,
    total,
)
from referrals.queue import NO_TRACK
from staff.permissions import Permission

QUEUE, WORKLIST = "referrals:queue", "pathways:worklist"


@permission_required(Permission.VIEW_OVERVIEW, raise_exception=True)
def overview(request: HttpRequest) -> HttpResponse:
    """Referrals and pathways, by status and by track."""
    today = timezone.localdate()
    referrals, pathways = referrals_by_status(today), pathways_by_status(today)
    by_track, pathways_track = referrals_by_track(today), pathways_by_track(today)
    context = {
        "by_status": _linked(referrals, QUEUE, "status"),
        "by_track": _linked(by_track, QUEUE, "track", NO_TRACK),
        "pathways_by_status": _linked(pathways, WORKLIST, "status"),
        "pathways_by_track": _linked(pathways_track, WORKLIST, "track"),
        "referrals_time": referrals_time(by_track),
        "pathways_time": pathways_time(pathways_track),
        "referrals_total": total(referrals),
        "pathways_total": total(pathways),
        "overdue_url": _rows(QUEUE, overdue="1"),
        "queue_url": _rows(QUEUE),
        "overdue_pathways_url": _rows(WORKLIST, overdue="1"),
        "pathways_url": _rows(WORKLIST),
    }
    return render(request, "referrals/triage/overview.html", context)


def _linked(
    lines: Iterable[Line], where: str, name: str, without: str = ""
) -> list[dict[str, Any]]:
    """Each line with the addresses of its rows and of its overdue rows; none for no rows.

    ``without`` is what the list calls the line that has no code.
    """
    return [_with_rows(line, where, {name: line.code or without}) for line in lines]


def _with_rows(line: Line, where: str, asked: dict[str, str]) -> dict[str, Any]:
    return {
        "line": line,
        "url": _rows(where, **asked) if line.open else "",
        "overdue_url": _rows(where, **asked, overdue="1") if line.overdue else "",
    }


def _rows(where: str, **filters: str) -> str:
    base = reverse(where)
    return f"{base}?{urlencode(filters)}" if filters else base
