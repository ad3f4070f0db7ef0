"""The most that is taken of a medicine as needed: "højst 4 dgl.", "max 40 mg i døgnet"."""

from decimal import Decimal
from typing import Final

from medication.how_often import Said
from medication.strength import IN_MILLIGRAMS, Strength
from medication.unread import NotRead, Why
from medication.writing import exactly

ONE: Final = Decimal(1)


def at_most(
    said: Said, most: Said, amounts: list[Strength], strength: Strength, units: Decimal
) -> tuple[Decimal, Decimal]:
    """Units at a time and times a day that together make the most that may be taken in a day.

    ``said`` stands before the word for the most, ``most`` and ``amounts`` after it. Raises
    NotRead where the most can be understood in two ways, or is more than is said to be taken.
    """
    if most.is_range:
        raise NotRead(Why.RANGE)
    total = _by_weight(amounts, most, strength) if amounts else _by_count(said, most, units)
    if said.doses is not None and total > units * said.doses:
        raise NotRead(Why.TWO_WAYS)
    at_a_time = most.amount if _says_both(most) and said.amount is None else units
    if at_a_time is None or total < at_a_time:
        raise NotRead(Why.MAXIMUM_UNCLEAR)
    times = exactly(total, at_a_time)
    return (total, ONE) if times is None else (at_a_time, times)


def _says_both(most: Said) -> bool:
    return most.amount is not None and not most.only_daily


def _by_weight(amounts: list[Strength], most: Said, strength: Strength) -> Decimal:
    """Units in so many mg a day; raises NotRead unless it comes out exactly."""
    first = amounts[0]
    both = {first.unit, strength.unit}
    if len(amounts) > 1 or not most.only_daily or most.amount or not both <= set(IN_MILLIGRAMS):
        raise NotRead(Why.MAXIMUM_UNCLEAR)
    one = strength.number * IN_MILLIGRAMS[strength.unit]
    total = first.number * IN_MILLIGRAMS[first.unit]
    units = exactly(total, one)
    if units is None:
        raise NotRead(Why.MAXIMUM_UNCLEAR)
    return units


def _by_count(said: Said, most: Said, units: Decimal) -> Decimal:
    if most.doses is None or most.schedule:
        raise NotRead(Why.MAXIMUM_UNCLEAR)
    if most.amount is not None:
        return most.amount * most.doses
    if most.only_daily or (most.is_bare and (units != ONE or said.is_range)):
        raise NotRead(Why.MAXIMUM_UNCLEAR)
    return units * most.doses
