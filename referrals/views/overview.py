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
    pathways_by_track,
    referrals_by_status,
    referrals_by_track,
    total,
)
from staff.permissions import Permission


@permission_required(Permission.VIEW_OVERVIEW, raise_exception=True)
def overview(request: HttpRequest) -> HttpResponse:
    """Referrals by status and track, pathways by track."""
    today = timezone.localdate()
    by_status, by_track = referrals_by_status(today), referrals_by_track(today)
    pathways = pathways_by_track(today)
    context = {
        "by_status": _linked(by_status, "status"),
        "by_track": _linked(by_track, "track"),
        "pathways": [{"line": line, "url": "", "overdue_url": ""} for line in pathways],
        "referrals_total": total(by_status),
        "pathways_total": total(pathways),
        "overdue_url": _queue(overdue="1"),
        "queue_url": _queue(),
    }
    return render(request, "referrals/triage/overview.html", context)


def _linked(lines: Iterable[Line], name: str) -> list[dict[str, Any]]:
    """Each line with the addresses of its rows and of its overdue rows; none for no rows."""
    return [
        {
            "line": line,
            "url": _queue(**{name: line.code}) if line.code and line.open else "",
            "overdue_url": _queue(**{name: line.code}, overdue="1")
            if line.code and line.overdue
            else "",
        }
        for line in lines
    ]


def _queue(**filters: str) -> str:
    base = reverse("referrals:queue")
    return f"{base}?{urlencode(filters)}" if filters else base
