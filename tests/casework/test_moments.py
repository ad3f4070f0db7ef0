"""A day and a time of day are said in one way, in the language of the page."""

import datetime as dt

import pytest
from django.utils.translation import override

from casework.moments import day_and_time, time_of_day, with_time

HALF_PAST_NINE = dt.datetime(2026, 12, 3, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("language", "said"), [("da", "3.12.2026 kl. 10.30"), ("en", "3.12.2026 at 10.30")]
)
def test_a_moment_is_said_in_the_language_of_the_page(language: str, said: str) -> None:
    with override(language):
        assert day_and_time(HALF_PAST_NINE) == said


@pytest.mark.parametrize(
    ("language", "said"), [("da", "torsdag 3. december kl. 10.30"), ("en", "Thursday 3. December")]
)
def test_the_day_may_be_written_otherwise(language: str, said: str) -> None:
    with override(language):
        assert day_and_time(HALF_PAST_NINE, "l j. F").startswith(said)


def test_a_day_in_words_gets_its_time() -> None:
    assert with_time("i morgen", HALF_PAST_NINE) == "i morgen kl. 10.30"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (dt.datetime(2026, 3, 29, 0, 59, tzinfo=dt.UTC), "01.59"),
        (dt.datetime(2026, 3, 29, 1, 0, tzinfo=dt.UTC), "03.00"),
        (dt.datetime(2026, 10, 25, 0, 30, tzinfo=dt.UTC), "02.30"),
        (dt.datetime(2026, 10, 25, 1, 30, tzinfo=dt.UTC), "02.30"),
    ],
)
def test_the_time_is_the_clock_on_the_wall(at: dt.datetime, said: str) -> None:
    assert time_of_day(at) == said
