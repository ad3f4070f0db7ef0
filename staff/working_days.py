"""Weekdays as statutory deadlines count them, and the days the centre is open.

"Hverdag" is Monday to Friday without the public holidays. 1 May, 5 June, 24 and 31 December are no
public holidays: they count towards a deadline although the centre is closed on three of them.
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import cache
from typing import Final

from holidays import country_holidays

SATURDAY: Final = 5
ONE_DAY: Final = timedelta(days=1)
# The centre's own page "Velkommen til Tværfagligt Smertecenter" (Rigshospitalet), as (month, day);
# it is closed on the Friday after Ascension Day, too.
CLOSED_EVERY_YEAR: Final = frozenset({(5, 1), (12, 24), (12, 31)})
ASCENSION_DAY: Final = "Kristi himmelfartsdag"


def is_weekday(day: date) -> bool:
    """Whether the day counts towards a deadline in weekdays."""
    return day.weekday() < SATURDAY and day not in _public_holidays(day.year)


def is_open(day: date) -> bool:
    """Whether the centre receives patients and answers the phone on the day."""
    closed = (day.month, day.day) in CLOSED_EVERY_YEAR or day in _bridging_days(day.year)
    return is_weekday(day) and not closed


def add_weekdays(start: date, n: int) -> date:
    """The n-th weekday after `start`, which itself is not counted; before it when n is negative."""
    step = ONE_DAY if n > 0 else -ONE_DAY
    day = start
    for _ in range(abs(n)):
        day += step
        while not is_weekday(day):
            day += step
    return day


def weekdays_between(start: date, end: date) -> int:
    """Weekdays from `start` (not counted) to `end` (counted); negative when `end` comes first."""
    if end < start:
        return -weekdays_between(end, start)
    years = map(_weekdays, range(start.year, end.year + 1))
    return sum(bisect_right(days, end) - bisect_right(days, start) for days in years)


@cache
def _weekdays(year: int) -> tuple[date, ...]:
    first, length = date(year, 1, 1), (date(year, 12, 31) - date(year, 1, 1)).days + 1
    return tuple(filter(is_weekday, (first + timedelta(days=n) for n in range(length))))


@cache
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("DK", years=year))


@cache
def _bridging_days(year: int) -> frozenset[date]:
    named = country_holidays("DK", years=year, language="da").get_named(ASCENSION_DAY)
    return frozenset(day + ONE_DAY for day in named)
