"""What the database refuses about people and units."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError

from staff.models import Absence, ReferringUnit, User
from staff.permissions import Permission, Role
from tests.staff.factories import a_department, a_practice, person

pytestmark = pytest.mark.django_db


def test_a_referrer_without_a_unit_is_refused() -> None:
    with pytest.raises(IntegrityError, match="only_a_referrer_has_a_unit"):
        person(Role.REFERRER, unit=None)


def test_a_secretary_with_a_unit_is_refused() -> None:
    with pytest.raises(IntegrityError, match="only_a_referrer_has_a_unit"):
        person(Role.SECRETARY, unit=a_practice())


def test_a_practice_without_ydernummer_is_refused() -> None:
    with pytest.raises(IntegrityError, match="referring_unit_has_its_number"):
        a_practice(ydernummer="")


def test_two_practices_with_one_ydernummer_are_refused() -> None:
    a_practice(ydernummer="079741")
    with pytest.raises(IntegrityError, match="one_unit_per_ydernummer"):
        a_practice(ydernummer="079741")


def test_departments_have_no_ydernummer_and_are_many() -> None:
    a_department()
    a_department()
    assert ReferringUnit.objects.filter(ydernummer="").count() == 2


def test_who_is_away_is_not_present_on_the_first_and_last_day_and_between() -> None:
    nurse = person(Role.NURSE)
    Absence.objects.create(user=nurse, first_day=dt.date(2026, 7, 6), last_day=dt.date(2026, 7, 24))
    away = [dt.date(2026, 7, 6), dt.date(2026, 7, 15), dt.date(2026, 7, 24)]
    there = [dt.date(2026, 7, 5), dt.date(2026, 7, 25)]
    assert not any(User.objects.present(day).filter(pk=nurse.pk).exists() for day in away)
    assert all(User.objects.present(day).filter(pk=nurse.pk).exists() for day in there)


def test_an_absence_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(IntegrityError, match="absence_ends_after_it_begins"):
        Absence.objects.create(
            user=person(Role.NURSE), first_day=dt.date(2026, 7, 6), last_day=dt.date(2026, 7, 5)
        )


def test_half_time_is_half_a_full_time_equivalent() -> None:
    assert User(weekly_hours=Decimal("18.5")).full_time_equivalent == Decimal("0.5")


def test_who_may_finds_active_people_by_what_their_role_carries() -> None:
    physician = person(Role.PHYSICIAN)
    person(Role.PHYSICIAN, is_active=False)
    person(Role.NURSE)
    assert list(User.objects.who_may(Permission.SIGN)) == [physician]


def test_initials_are_those_of_every_name() -> None:
    assert User(name="Anne Marie Holm").initials == "AMH"
