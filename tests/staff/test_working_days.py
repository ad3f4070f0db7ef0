"""Weekdays: what the law counts, and when the centre is open."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staff.working_days import (
    add_weekdays,
    is_open,
    is_weekday,
    last_open,
    weekdays_between,
)

DATA = Path(__file__).parent.parent / "data" / "statutory_deadlines.csv"
OFFICIAL = [
    {name: date.fromisoformat(value) for name, value in row.items()}
    for row in csv.DictReader(DATA.read_text(encoding="utf-8").splitlines())
]
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
weekdays = days.filter(is_weekday)
amounts = st.integers(0, 60)


@pytest.mark.parametrize("case", OFFICIAL, ids=lambda case: case["received"].isoformat())
def test_eight_weekdays_fall_where_the_official_cases_say(case: dict[str, date]) -> None:
    assert add_weekdays(case["received"], 8) == case["weekdays_8_mon_fri"]
    assert weekdays_between(case["received"], case["weekdays_8_mon_fri"]) == 8


@pytest.mark.parametrize(
    "day",
    ["2026-01-01", "2026-04-02", "2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25",
     "2026-12-25", "2026-03-07", "2026-03-08", "2023-05-05"],
)  # fmt: skip
def test_weekends_and_public_holidays_are_no_weekdays(day: str) -> None:
    assert not is_weekday(date.fromisoformat(day))
    assert not is_open(date.fromisoformat(day))


def test_store_bededag_is_a_weekday_from_2024() -> None:
    assert is_weekday(date(2024, 4, 26))
    assert is_open(date(2024, 4, 26))


@pytest.mark.parametrize(
    "day",
    ["2026-05-01", "2026-05-15", "2027-05-07", "2026-12-24", "2026-12-31"],
)
def test_the_centre_is_closed_on_days_that_count_towards_a_deadline(day: str) -> None:
    assert is_weekday(date.fromisoformat(day))
    assert not is_open(date.fromisoformat(day))


def test_constitution_day_is_an_ordinary_day_at_the_centre() -> None:
    assert is_weekday(date(2026, 6, 5))
    assert is_open(date(2026, 6, 5))


def test_an_ordinary_monday_is_open() -> None:
    assert is_open(date(2026, 3, 2))


@pytest.mark.parametrize(
    ("start", "n", "day"),
    [
        ("2026-03-02", 0, "2026-03-02"),
        ("2026-03-07", 0, "2026-03-07"),
        ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 1, "2026-03-09"),
        ("2026-03-09", -1, "2026-03-06"),
        ("2026-04-07", -2, "2026-03-31"),
    ],
)
def test_the_day_of_receipt_is_not_counted(start: str, n: int, day: str) -> None:
    assert add_weekdays(date.fromisoformat(start), n) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        ("2026-03-02", "2026-03-02", 0),
        ("2026-03-02", "2026-03-03", 1),
        ("2026-03-03", "2026-03-02", -1),
        ("2026-03-06", "2026-03-08", 0),
        ("2026-03-09", "2026-03-06", -1),
        ("2026-12-23", "2027-01-04", 6),
        ("2027-01-04", "2026-12-23", -6),
    ],
)
def test_weekdays_between_are_signed(start: str, end: str, count: int) -> None:
    assert weekdays_between(date.fromisoformat(start), date.fromisoformat(end)) == count


@given(start=days, n=amounts)
def test_counting_back_what_was_added_gives_the_same(start: date, n: int) -> None:
    end = add_weekdays(start, n)
    assert weekdays_between(start, end) == n
    assert weekdays_between(end, start) == -n
    assert n == 0 or is_weekday(end)


@given(start=weekdays, n=st.integers(-60, 60))
def test_going_there_and_back_ends_where_it_began(start: date, n: int) -> None:
    assert add_weekdays(add_weekdays(start, n), -n) == start


@given(start=days, end=days)
def test_weekdays_between_agrees_with_counting_one_by_one(start: date, end: date) -> None:
    first, last = min(start, end), max(start, end)
    last = min(last, first + timedelta(days=500))
    one_by_one = sum(is_weekday(first + timedelta(days=n + 1)) for n in range((last - first).days))
    assert weekdays_between(first, last) == one_by_one


@given(day=days)
def test_the_centre_opens_on_weekdays_only(day: date) -> None:
    assert is_weekday(day) or not is_open(day)


@given(day=days)
def test_the_last_open_day_is_the_day_itself_or_the_nearest_before(day: date) -> None:
    last = last_open(day)
    assert last <= day
    assert is_open(last)
    assert not any(is_open(last + timedelta(days=n)) for n in range(1, (day - last).days + 1))
