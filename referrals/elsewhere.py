"""Which waiting times in other places patients are told of (sundhedsloven § 90, stk. 1, no. 4)."""

import datetime as dt

from django.db.models import QuerySet

from referrals.models import WaitingTime
from staff import deadlines

ONE_DAY = dt.timedelta(days=1)


def told_on(day: dt.date) -> "QuerySet[WaitingTime]":
    """Those that are new enough to be told on a day, the shortest wait first."""
    return WaitingTime.objects.filter(known_on__gt=too_old_on(day))


def too_old_on(day: dt.date) -> dt.date:
    """What was known that day or before is told no more."""
    return deadlines.latest_start("waiting_time_told", day - ONE_DAY)
