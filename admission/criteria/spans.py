"""Birthdays and durations, counted as people count them: in years and calendar months."""

from calendar import monthrange
from datetime import date


def birthday(birth_date: date, years: int) -> date:
    """The day the person turns `years`; born on 29 February, 1 March in a year without that day.

    The first day on which `patients.identity.age_on` gives that age.
    """
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day: 31 August + 6 months is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def whole_months(since: date, day: date) -> int:
    """The most months that have passed: the largest n with `months_after(since, n) <= day`."""
    months = (day.year - since.year) * 12 + day.month - since.month
    return months if months_after(since, months) <= day else months - 1


def latest_birth(day: date, years: int) -> date:
    """The latest birth date of somebody who has turned `years` on the day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def latest_start(day: date, months: int) -> date:
    """The latest day from which `months` calendar months have passed on the day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    ends_a_month = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, last if ends_a_month else min(day.day, last))
