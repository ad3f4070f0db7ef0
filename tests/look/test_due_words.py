"""Dates as people say them. Monday 23 November 2026 is today throughout."""

import datetime as dt

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from staff.templatetags.dates import due_tone, due_words

TODAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 11, 0, tzinfo=dt.UTC)  # 12 o'clock in Copenhagen


def shown(when: dt.date | None, **options: object) -> str:
    with time_machine.travel(NOON, tick=False):
        html = Template("{% load dates %}{% due when waiting=waiting met_on=met_on %}").render(
            Context({"when": when, "waiting": False, "met_on": None, **options})
        )
    return " ".join(html.split())


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 11, 23), "i dag"),
        (dt.date(2026, 11, 24), "i morgen"),
        (dt.date(2026, 11, 26), "om 3 hverdage"),
        (dt.date(2026, 11, 30), "om 5 hverdage"),
        (dt.date(2026, 12, 21), "om 20 hverdage"),
        (dt.date(2027, 1, 25), "om 9 uger"),
        (dt.date(2026, 11, 22), "1 dag over"),
        (dt.date(2026, 11, 21), "2 dage over"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: dt.date, words: str) -> None:
    assert due_words(day, TODAY) == words


def test_a_day_off_ahead_is_counted_in_days() -> None:
    friday = dt.date(2026, 11, 27)

    assert due_words(friday + dt.timedelta(days=2), friday) == "om 2 dage"


def test_public_holidays_are_not_weekdays() -> None:
    assert due_words(dt.date(2026, 12, 28), dt.date(2026, 12, 23)) == "om 2 hverdage"


@given(st.dates(dt.date(2020, 1, 1), dt.date(2035, 1, 1)), st.integers(-400, 400))
def test_over_is_said_of_past_days_only(today: dt.date, days: int) -> None:
    day = today + dt.timedelta(days=days)

    assert due_words(day, today).endswith("over") == (days < 0)
    assert (due_tone(day, today) == "overdue") == (days < 0)


def test_the_exact_day_stands_beside_the_words() -> None:
    assert "om 3 hverdage" in shown(dt.date(2026, 11, 26))
    assert "(26.11.)" in shown(dt.date(2026, 11, 26))


def test_another_year_is_named() -> None:
    assert "(25.1.2027)" in shown(dt.date(2027, 1, 25))


def test_today_needs_no_date() -> None:
    assert "(" not in shown(TODAY)


@pytest.mark.parametrize(
    ("day", "options", "tone"),
    [
        (TODAY - dt.timedelta(days=1), {}, "overdue"),
        (TODAY, {}, "soon"),
        (TODAY + dt.timedelta(days=2), {}, "soon"),
        (TODAY + dt.timedelta(days=3), {}, "later"),
        (TODAY + dt.timedelta(days=3), {"waiting": True}, "waiting"),
        (TODAY - dt.timedelta(days=3), {"waiting": True}, "overdue"),
        (TODAY, {"met_on": TODAY}, "met"),
    ],
)
def test_a_tone_says_one_thing(day: dt.date, options: dict[str, object], tone: str) -> None:
    assert f"due--{tone}" in shown(day, **options)


@pytest.mark.parametrize("day", [TODAY - dt.timedelta(days=1), TODAY])
def test_a_colour_never_stands_alone(day: dt.date) -> None:
    html = shown(day)

    assert "<svg" in html
    assert "sr-only" in html


def test_a_time_of_day_is_said_too() -> None:
    half_past_two = dt.datetime(2026, 11, 23, 14, 30, tzinfo=timezone.get_default_timezone())

    assert "i dag kl. 14.30" in shown(half_past_two)
    assert "due--soon" in shown(half_past_two)


def test_on_another_day_the_time_stands_with_the_date() -> None:
    six_days_ago = NOON - dt.timedelta(days=6)

    html = shown(six_days_ago)

    assert "6 dage over kl." not in html
    assert "(17.11. kl. 12.00)" in html


def test_a_time_that_has_passed_today_is_overdue() -> None:
    assert "due--overdue" in shown(NOON - dt.timedelta(minutes=1))


def test_no_deadline_is_a_dash() -> None:
    assert "–" in shown(None)


def test_dates_keep_the_danish_order_in_english() -> None:
    with translation.override("en"):
        assert "(26.11.)" in shown(dt.date(2026, 11, 26))
