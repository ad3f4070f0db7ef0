"""Versions in their order, and which one judges on which day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from admission.models import RuleSet
from admission.rules import DECK
from admission.versions import applying, coming, every, in_force, newest, numbered
from tests.admission.versions import MONTHS, YEARS, a_draft, an_approved

pytestmark = pytest.mark.django_db


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def three_versions() -> list[RuleSet]:
    """The second begins in ten days; the third and the fourth in twenty, the fourth holds."""
    return [
        an_approved({MONTHS: 3}, valid_from=in_days(10)),
        an_approved({MONTHS: 4}, valid_from=in_days(20)),
        an_approved({MONTHS: 5}, valid_from=in_days(20)),
    ]


def test_before_any_version_and_without_any_the_deck_judges() -> None:
    assert newest().rules is in_force(in_days(0)) is DECK
    three_versions()
    assert in_force(in_days(9)) is in_force(date(1990, 1, 1)) is DECK


@pytest.mark.parametrize(("days", "number"), [(10, 2), (19, 2), (20, 4), (366, 4)])
def test_the_latest_begun_version_judges(days: int, number: int) -> None:
    three_versions()
    assert in_force(in_days(days)).number == number


@pytest.mark.parametrize("days", [0, 9, 10, 11, 19, 20, 21])
def test_the_page_and_the_judging_agree_on_every_day(days: int) -> None:
    three_versions()
    assert applying(every(), in_days(days)).number == in_force(in_days(days)).number


def test_what_comes_leaves_out_what_never_holds() -> None:
    three_versions()
    assert [each.number for each in coming(every(), in_days(0))] == [2, 4]
    assert [each.number for each in coming(every(), in_days(10))] == [4]
    assert coming(every(), in_days(20)) == []


def test_drafts_are_no_versions() -> None:
    a_draft({YEARS: 16})
    assert [each.number for each in every()] == [1]
    assert newest().number == 1
    assert numbered(2) is None


def test_versions_are_found_by_number() -> None:
    second, *_ = three_versions()
    assert [each.number for each in every()] == [1, 2, 3, 4]
    found = numbered(2)
    assert found is not None
    assert found.row == second
    assert numbered(1) is not None
    assert numbered(5) is None


def test_a_version_is_read_as_it_was_approved() -> None:
    approved = an_approved({MONTHS: 1}, valid_from=in_days(1))
    rules = in_force(in_days(1))
    assert rules == approved.rules
    assert str(rules.criteria["duration"].name) == "Smerter i mindst 1 måned"
