"""The numbers in the criteria, dated: a referral is judged by those in force when received."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """One set of limits: age and months inclusive (deck: "≥", "mindst"), the dose not (">")."""

    valid_from: date
    adult_years: int
    pain_months: int
    discharge_morphine_mg: Decimal


# Oldest first. The first set is the deck's and also holds for every day before anyone wrote a date.
HISTORY = (
    Limits(
        valid_from=date.min,
        adult_years=18,
        pain_months=6,
        discharge_morphine_mg=Decimal(60),
    ),
)


def in_force(on: date, history: Sequence[Limits] = HISTORY) -> Limits:
    """The limits that judge a referral received on this day."""
    return next(limits for limits in reversed(history) if limits.valid_from <= on)
