"""Weekdays as statutory deadlines count them, and the days the centre is open.

"Hverdag" is Monday to Friday without the public holidays, and where asked for Saturday, too. 1 May,
5 June, 24 and 31 December are no public holidays: they count towards a deadline although the centre
is closed on three of them.
"""

from bisect import bisect_right
from datetime import date, time, timedelta
from functools import cache
from typing import Final

from django.conf import settings
from holidays import country_holidays

SATURDAY: Final = 5
SUNDAY: Final = 6
ONE_DAY: Final = timedelta(days=1)
# The centre's own page "Velkommen til Tværfagligt Smertecenter" (Rigshospitalet), as (month, day);
# it is closed on the Friday after Ascension Day, too.
CLOSED_EVERY_YEAR: Final = frozenset({(5, 1), (12, 24), (12, 31)})
ASCENSION_DAY: Final = "Kristi himmelfartsdag"


def is_weekday(day: date, *, saturdays: bool = False) -> bool:
    """Whether the day counts towards a deadline in weekdays; Saturdays only when asked for."""
    weekend = SUNDAY if saturdays else SATURDAY
    return day.weekday() < weekend and day not in _public_holidays(day.year)


def is_open(day: date) -> bool:
    """Whether the centre receives patients and answers the phone on the day."""
    closed = (day.month, day.day) in CLOSED_EVERY_YEAR or day in _bridging_days(day.year)
    return is_weekday(day) and not closed


def first_open(day: date) -> date:
    """The first day from ``day`` on, which counts, on which the centre is open."""
    while not is_open(day):
        day += ONE_DAY
    return day


def hours_on(day: date) -> tuple[time, time]:
    """From when until when appointments may lie on the day: the newest hours in force then."""
    _valid_from, first, last = max(entry for entry in settings.APPOINTMENT_HOURS if entry[0] <= day)
    return first, last


def last_open(day: date) -> date:
    """The day itself when the centre is open on it, else the last open day before it."""
    while not is_open(day):
        day -= ONE_DAY
    return day


def add_weekdays(start: date, n: int, *, saturdays: bool = False) -> date:
    """The n-th weekday after `start`, which itself is not counted; before it when n is negative."""
    step = ONE_DAY if n > 0 else -ONE_DAY
    day = start
    for _ in range(abs(n)):
        day += step
        while not is_weekday(day, saturdays=saturdays):
            day += step
    return day


def weekdays_between(start: date, end: date, *, saturdays: bool = False) -> int:
    """Weekdays from `start` (not counted) to `end` (counted); negative when `end` comes first."""
    if end < start:
        return -weekdays_between(end, start, saturdays=saturdays)
    years = (_weekdays(year, saturdays) for year in range(start.year, end.year + 1))
    return sum(bisect_right(days, end) - bisect_right(days, start) for days in years)


@cache
def _weekdays(year: int, saturdays: bool) -> tuple[date, ...]:
    first, length = date(year, 1, 1), (date(year, 12, 31) - date(year, 1, 1)).days + 1
    days = (first + timedelta(days=n) for n in range(length))
    return tuple(day for day in days if is_weekday(day, saturdays=saturdays))


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("DK", years=year))


@cache
def _bridging_days(year: int) -> frozenset[date]:
    named = country_holidays("DK", years=year, language="da").get_named(ASCENSION_DAY)
    return frozenset(day + ONE_DAY for day in named)
