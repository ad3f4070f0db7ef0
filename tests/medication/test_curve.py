"""The curve: one step per list, a band for the span, and the same numbers as a table."""

import datetime as dt
import itertools
from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from medication.curve import HEIGHT, WIDTH, Curve, curve

DAY = dt.date(2026, 3, 2)
TODAY = dt.date(2026, 11, 23)


@dataclass
class AList:
    as_of: dt.date
    regular_mg: Decimal
    lowest_mg: Decimal
    highest_mg: Decimal
    as_needed_mg: Decimal = Decimal(0)
    at_least: bool = False


def taken(days: int, mg: str, low: str = "", high: str = "", at_least: bool = False) -> AList:
    return AList(
        as_of=DAY + dt.timedelta(days=days),
        regular_mg=Decimal(mg),
        lowest_mg=Decimal(low or mg),
        highest_mg=Decimal(high or mg),
        at_least=at_least,
    )


def drawn(*lists: AList) -> Curve:
    found = curve(lists, TODAY)
    assert found
    return found


def test_no_lists_is_no_curve() -> None:
    assert curve([], TODAY) is None


def test_each_list_counts_until_the_next_and_the_last_until_today() -> None:
    line = drawn(taken(0, "120"), taken(90, "60")).line.split(" ")

    assert len(line) == 4
    assert line[1].split(",")[0] == line[2].split(",")[0]
    assert line[-1].split(",")[0] == f"{WIDTH - 16}.0"


def test_the_order_that_lists_are_given_in_changes_nothing() -> None:
    first, second = taken(0, "120"), taken(90, "60")

    assert drawn(first, second) == drawn(second, first)


def test_of_several_lists_of_a_day_the_first_given_counts() -> None:
    assert [kept.regular_mg for kept in drawn(taken(0, "60"), taken(0, "90")).lists] == [60]


def test_the_scale_has_room_for_the_ceiling_and_the_highest() -> None:
    low, high = drawn(taken(0, "10")), drawn(taken(0, "900", "700", "1200"))

    assert [mark.words for mark in low.grid] == ["0", "50", "100", "150"]
    assert 3 <= len(high.grid) <= 8
    for found in (low, high):
        assert all(0 <= Decimal(mark.y) <= HEIGHT for mark in found.points)


def test_dates_never_overlap() -> None:
    found = drawn(*(taken(day, "60") for day in range(0, 200, 3)))
    places = [Decimal(mark.x) for mark in found.days]

    assert all(after - before >= 114 for before, after in itertools.pairwise(places))


def test_one_list_of_today_is_drawn() -> None:
    found = curve([taken(0, "60")], DAY)

    assert found
    assert len(found.points) == 1


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_drawn_with_points_in_both_languages_and_without_styles(language: str) -> None:
    with translation.override(language):
        lists = drawn(taken(0, "67.5", "45", "90"), taken(30, "30", at_least=True))
        page = render_to_string("medication/over_time.html", {"curve": lists})

    assert 'role="img"' in page
    assert "style=" not in page
    for path in page.split('points="')[1:]:
        pairs = path.split('"')[0].split(" ")
        assert all(len(pair.split(",")) == 2 for pair in pairs)


def test_the_table_has_the_same_numbers() -> None:
    page = render_to_string(
        "medication/over_time.html",
        {"curve": drawn(taken(0, "67.5", "45", "90"), taken(30, "30", at_least=True))},
    )

    assert "67,5 mg" in page
    assert "45–90 mg" in page
    assert "mindst 30 mg" in page


def test_nothing_is_shown_without_lists() -> None:
    assert render_to_string("medication/over_time.html", {"curve": None}).strip() == ""
