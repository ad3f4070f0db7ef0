"""The numbers in the criteria are dated: yesterday's referral is judged by yesterday's."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from admission.criteria.limits import HISTORY, in_force


def test_the_deck_sets_eighteen_years_six_months_and_sixty_milligrams() -> None:
    limits = in_force(date(2026, 11, 14))
    assert limits.adult_years == 18
    assert limits.pain_months == 6
    assert limits.discharge_morphine_mg == Decimal(60)


def test_new_limits_hold_from_their_day_and_not_before() -> None:
    shorter = replace(HISTORY[-1], valid_from=date(2027, 1, 1), pain_months=3)
    history = (*HISTORY, shorter)
    assert in_force(date(2026, 12, 31), history).pain_months == 6
    assert in_force(date(2027, 1, 1), history).pain_months == 3


def test_limits_stand_oldest_first_and_there_is_one_for_every_day() -> None:
    days = [limits.valid_from for limits in HISTORY]
    assert days == sorted(set(days))
    assert days[0] == date.min
