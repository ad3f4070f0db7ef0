"""Deadlines: the rule in force when the clock starts, and a file refused when it is wrong."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from staff.deadlines import (
    DEADLINES,
    MalformedDeadlines,
    Unit,
    due,
    in_force,
    latest_target,
    read,
    soon_limit,
)

DATA = Path(__file__).parent.parent / "data" / "statutory_deadlines.csv"
OFFICIAL = [
    {name: date.fromisoformat(value) for name, value in row.items()}
    for row in csv.DictReader(DATA.read_text(encoding="utf-8").splitlines())
]
MONDAY = date(2026, 3, 2)

ENTRY = """
[[deadline]]
code = "decide"
label = "Afgørelse"
valid_from = 2020-01-01
amount = 5
unit = "weekdays"
source = "Centrets mål"
"""
CHANGED = ENTRY + ENTRY.replace("2020-01-01", "2027-01-01").replace("5", "30").replace(
    "weekdays", "days"
)


FROM_A_MONDAY = {
    "decide": "2026-03-09",
    "notify_patient": "2026-03-12",
    "treatment_right": "2026-04-01",
    "investigation_right": "2026-04-01",
    "first_visit.fast": "2026-05-01",
    "first_visit.subacute": "2026-03-16",
    "first_visit.single": "2026-05-31",
    "first_visit.interdisciplinary": "2026-08-29",
    "answer_question": "2026-03-16",
    "sign": "2026-03-04",
    "give_advice": "2026-03-09",
    "remind_referrer": "2026-03-09",
    "escalate": "2026-03-04",
    "due_soon": "2026-02-26",
    "give_new_time": "2026-03-04",
    "call_absentee": "2026-03-03",
    "call_back": "2026-03-03",
    "change_appointment": "2026-02-25",
    "book_interpreter": "2026-02-16",
    "phone_unopened": "2026-03-05",
    "phone_again": "2026-03-03",
    "post_letters": "2026-03-03",
    "longest_pause": "2027-03-03",
    "waiting_time_told": "2026-06-02",
}


@pytest.mark.parametrize(("code", "day"), FROM_A_MONDAY.items())
def test_every_deadline_counts_from_a_monday(code: str, day: str) -> None:
    assert due(code, MONDAY) == date.fromisoformat(day)


def test_no_deadline_is_left_untested() -> None:
    assert {entry.code for entry in DEADLINES} == set(FROM_A_MONDAY)


@pytest.mark.parametrize("case", OFFICIAL, ids=lambda case: case["received"].isoformat())
def test_the_laws_clocks_and_the_fast_visit_fall_where_the_worked_cases_say(
    case: dict[str, date],
) -> None:
    received = case["received"]
    assert due("notify_patient", received) == case["weekdays_8_mon_fri"]
    assert due("treatment_right", received) == case["plus_30_days"]
    assert due("investigation_right", received) == case["plus_30_days"]
    assert due("first_visit.fast", received) == case["plus_60_days"]


def test_there_are_six_worked_cases() -> None:
    assert len(OFFICIAL) == 6


@pytest.mark.parametrize(
    ("received", "letter_by"),
    [
        ("2026-03-02", "2026-03-11"),
        ("2026-04-01", "2026-04-14"),
        ("2026-05-13", "2026-05-23"),
        ("2026-07-06", "2026-07-15"),
        ("2026-12-21", "2027-01-02"),
        ("2027-03-22", "2027-04-03"),
    ],
)
def test_with_saturdays_the_laws_weekdays_come_sooner_and_the_centres_as_before(
    received: str, letter_by: str, settings: Settings
) -> None:
    day = date.fromisoformat(received)
    decided_by = due("decide", day)
    settings.SATURDAY_IS_A_WEEKDAY = True
    assert due("notify_patient", day) == date.fromisoformat(letter_by)
    assert due("decide", day) == decided_by


def test_the_right_to_treatment_was_60_days_for_a_while() -> None:
    days = {day: (due("treatment_right", day) - day).days for day in TURNS}
    assert list(days.values()) == [30, 60, 60, 30]


TURNS = (date(2023, 5, 31), date(2023, 6, 1), date(2024, 12, 31), date(2025, 1, 1))


@given(
    start=st.dates(date(2024, 1, 1), date(2030, 12, 31)),
    stood_still=st.integers(0, 200),
    unit=st.sampled_from(Unit),
)
def test_a_clock_that_stood_still_is_due_that_much_later(
    start: date, stood_still: int, unit: Unit
) -> None:
    rule = replace(DEADLINES[0], unit=unit, amount=5)
    assert unit.between(rule.due(start), rule.due(start, stood_still)) == stood_still


def test_a_changed_rule_holds_for_clocks_started_from_its_first_day() -> None:
    entries = read(CHANGED)
    assert in_force(entries, "decide", date(2026, 12, 31)).due(date(2026, 12, 31)) == date(
        2027, 1, 8
    )
    assert in_force(entries, "decide", date(2027, 1, 1)).due(date(2027, 1, 1)) == date(2027, 1, 31)


def test_the_order_of_the_entries_does_not_matter() -> None:
    entries = read(CHANGED)
    assert in_force(entries[::-1], "decide", date(2027, 6, 1)) == entries[1]


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(KeyError, match=r"No deadline 'invented' is in force on 2026-03-02\."):
        due("invented", MONDAY)


def test_a_day_before_the_first_rule_is_named() -> None:
    with pytest.raises(KeyError, match=r"No deadline 'decide' is in force on 2019-12-31\."):
        in_force(read(ENTRY), "decide", date(2019, 12, 31))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("amount = 5", "amount =", "The file of deadlines is not valid TOML: "),
        ("[[deadline]]", "[[frist]]", r"The file of deadlines has no list of \[\[deadline\]\]"),
        ("[[deadline]]", "[deadline]", r"The file of deadlines has no list of \[\[deadline\]\]"),
        ('code = "decide"', "", "Deadline 'without a code' lacks or misspells: code."),
        ("amount = 5", "ammount = 5", "'decide' lacks or misspells: ammount, amount."),
        ('label = "Afgørelse"', 'label = " "', "'decide' needs words as its label."),
        ("amount = 5", "amount = 0", "'decide' needs a whole number other than 0 as its amount."),
        ("amount = 5", "amount = 5.5", "'decide' needs a whole number other than 0"),
        ("amount = 5", "amount = true", "'decide' needs a whole number other than 0"),
        ("2020-01-01", '"2020-01-01"', "'decide' needs a date like 2026-01-31"),
        ("2020-01-01", "2020-01-01T00:00:00Z", "'decide' needs a date like 2026-01-31"),
        ('"weekdays"', '"months"', "'decide' needs one of weekdays, hverdage, days as its unit."),
        ('"weekdays"', "[]", "'decide' needs one of weekdays, hverdage, days as its unit."),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(old: str, new: str, sentence: str) -> None:
    assert old in ENTRY
    with pytest.raises(MalformedDeadlines, match=sentence):
        read(ENTRY.replace(old, new))


def test_two_rules_from_the_same_day_are_refused() -> None:
    with pytest.raises(MalformedDeadlines, match=r"'decide' has two entries from 2020-01-01\."):
        read(ENTRY + ENTRY)


@given(today=st.dates(date(2024, 1, 1), date(2030, 12, 31)), ahead=st.integers(-10, 20))
def test_the_soon_limit_says_the_same_as_counting_back_from_the_due_date(
    today: date, ahead: int
) -> None:
    day = today + timedelta(days=ahead)
    assert (due("due_soon", day) <= today) == (day <= soon_limit(today))
    near = latest_target("book_interpreter", today)
    assert (due("book_interpreter", day) <= today) == (day <= near)
