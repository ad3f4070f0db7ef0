"""Birthdays and months, counted against plain date arithmetic."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admission.criteria.spans import (
    birthday,
    latest_birth,
    latest_start,
    months_after,
    whole_months,
)
from patients.identity import age_on
from tests.admission.criteria.cases import days

A_DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("born", "years", "day"),
    [
        (date(2008, 11, 14), 18, date(2026, 11, 14)),
        (date(2008, 2, 29), 18, date(2026, 3, 1)),
        (date(2008, 2, 29), 20, date(2028, 2, 29)),
        (date(2008, 2, 28), 18, date(2026, 2, 28)),
    ],
)
def test_a_birthday_is_the_same_date_or_the_first_of_march(
    born: date, years: int, day: date
) -> None:
    assert birthday(born, years) == day


@given(days, st.integers(0, 120))
def test_an_age_is_reached_on_the_birthday_and_not_the_day_before(born: date, years: int) -> None:
    day = birthday(born, years)
    assert age_on(born, day) == years
    assert age_on(born, day - A_DAY) == years - 1


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 8, 29), 6, date(2027, 2, 28)),
        (date(2026, 5, 14), 6, date(2026, 11, 14)),
        (date(2026, 5, 31), 6, date(2026, 11, 30)),
        (date(2026, 7, 1), 6, date(2027, 1, 1)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 3, 15), 0, date(2026, 3, 15)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, later: date) -> None:
    assert months_after(day, months) == later


@given(days, days)
def test_whole_months_are_those_that_have_passed(since: date, day: date) -> None:
    passed = whole_months(since, day)
    assert months_after(since, passed) <= day < months_after(since, passed + 1)


@given(days, st.integers(0, 600))
def test_months_later_is_never_the_wrong_month(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + A_DAY).day == 1


@given(days, st.integers(0, 120))
def test_the_latest_birth_is_of_age_and_the_day_after_is_not(day: date, years: int) -> None:
    born = latest_birth(day, years)
    assert birthday(born, years) <= day < birthday(born + A_DAY, years)


@given(days, st.integers(0, 600))
def test_the_latest_start_is_long_enough_and_the_day_after_is_not(day: date, months: int) -> None:
    since = latest_start(day, months)
    assert months_after(since, months) <= day < months_after(since + A_DAY, months)


@pytest.mark.parametrize(
    ("day", "months", "latest"),
    [
        (date(2026, 11, 14), 6, date(2026, 5, 14)),
        (date(2027, 2, 28), 6, date(2026, 8, 31)),
        (date(2028, 2, 28), 6, date(2027, 8, 28)),
        (date(2026, 8, 31), 6, date(2026, 2, 28)),
        (date(2027, 3, 1), 6, date(2026, 9, 1)),
        (date(2026, 4, 30), 3, date(2026, 1, 31)),
    ],
)
def test_the_latest_start_is_counted_in_calendar_months(
    day: date, months: int, latest: date
) -> None:
    assert latest_start(day, months) == latest
