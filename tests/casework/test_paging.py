"""Pages by key: every row once, in order, in both directions, whatever the size."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from casework.paging import Page, keyset_page
from patients.models import Patient
from tests.patients.factories import a_patient

KEYS = ("birth_date", "pk")


def page(mark: str = "", size: int = 2) -> Page:
    return keyset_page(Patient.objects.all(), KEYS, mark, size)


def walk(size: int) -> list[Page]:
    pages = [page(size=size)]
    while pages[-1].later:
        pages.append(page(pages[-1].later, size))
    return pages


class WalkingThePages(TestCase):
    @given(days=st.lists(st.integers(0, 3), max_size=9), size=st.integers(1, 4))
    def test_forwards_and_backwards_meet_every_row_once(self, days: list[int], size: int) -> None:
        for day in days:
            a_patient(birth_date=dt.date(1980, 1, 1) + dt.timedelta(day))
        expected = list(Patient.objects.order_by(*KEYS))
        pages = walk(size)
        assert [row for one in pages for row in one] == expected
        assert all(len(one) <= size for one in pages)
        back = [pages[-1]]
        while back[-1].earlier:
            back.append(page(back[-1].earlier, size))
        assert [row for one in reversed(back) for row in one] == expected


@pytest.mark.django_db
def test_the_first_page_has_no_earlier_and_the_last_no_later() -> None:
    [a_patient() for _ in range(5)]
    pages = walk(2)
    assert [bool(one.earlier) for one in pages] == [False, True, True]
    assert [bool(one.later) for one in pages] == [True, True, False]


@pytest.mark.django_db
@pytest.mark.parametrize("mark", ["", "x", "eyJhIjoxfQ:1:abc", "f" * 400])
def test_a_mark_that_is_not_ours_opens_the_first_page(mark: str) -> None:
    [a_patient() for _ in range(3)]
    assert page(mark).rows == page().rows


@pytest.mark.django_db
def test_a_mark_of_another_list_opens_the_first_page() -> None:
    for _ in range(3):
        a_patient()
    others = keyset_page(Patient.objects.all(), ("sort_name", "pk"), size=2)
    assert page(others.later).rows == page().rows


@pytest.mark.django_db
def test_newest_first_meets_every_row_once_in_falling_order() -> None:
    expected = [a_patient() for _ in range(5)][::-1]
    met, mark = [], ""
    while True:
        one = keyset_page(Patient.objects.all(), ("pk",), mark, 2, newest_first=True)
        met += one.rows
        if not (mark := one.later):
            break
    assert met == expected


@pytest.mark.django_db
def test_a_row_taken_away_between_two_pages_loses_no_other() -> None:
    rows = [a_patient() for _ in range(5)]
    first = page()
    Patient.objects.filter(pk=first.rows[-1].pk).delete()
    assert page(first.later).rows == rows[2:4]
