"""How much is taken how often: "1 x 2", "1+1+2", "2 tabl. 4 gange dgl.", "hver 72. time"."""

from dataclasses import dataclass
from decimal import Decimal

from medication.patterns import (
    A_DAYS_DOSE,
    AFTER_A_DASH,
    BEFORE_AS_NEEDED,
    COUNTED,
    ONLY_DAILY,
    PATTERNS,
    RANGE,
    Statement,
    TwoWays,
    unit_of,
)
from medication.writing import AS_NEEDED, READ, number, take


@dataclass(frozen=True, slots=True)
class Said:
    """What a text says about how much is taken how often; None where it says nothing.

    ``amount`` is units at a time (of a range its upper end, and ``is_range``), ``unit`` the unit
    named, ``doses`` times a day, ``schedule`` units at each time of the day when they differ,
    ``interval`` hours from one dose, or one change of patch, to the next. ``is_bare`` is a number
    a day that names neither times nor units ("højst 4 dgl."), ``only_daily`` that the word for
    a day stands alone. ``rest`` is what was not read.
    """

    amount: Decimal | None
    unit: str
    doses: Decimal | None
    schedule: tuple[Decimal, ...]
    interval: Decimal | None
    is_range: bool
    is_bare: bool
    only_daily: bool
    rest: str


def read(text: str) -> Said:
    """Read a folded text; raises TwoWays where it contradicts itself.

    A word for a day that no statement holds tells what a day comes to ("6 tabl. pr. døgn"), which
    is not to be multiplied by how often that is taken.
    """
    ranges = take(RANGE, AFTER_A_DASH.sub(READ, text))
    statements, rest = _statements(ranges.rest)
    counted = take(COUNTED, rest)
    bare = take(BEFORE_AS_NEEDED, counted.rest, AS_NEEDED)
    daily = take(ONLY_DAILY, bare.rest)
    amounts = [
        Statement(amount=number(found["amount"]), unit=unit_of(found))
        for found in (*ranges.found, *counted.found, *bare.found)
    ]
    said = _agreed(statements)
    amount, unit = _amount([*amounts, said])
    if (daily.found and statements) or (A_DAYS_DOSE.search(text) and amounts):
        raise TwoWays
    is_daily = bool(daily.found)
    return Said(
        amount=amount,
        unit=unit,
        doses=Decimal(1) if is_daily else said.doses,
        schedule=said.schedule,
        interval=said.interval,
        is_range=bool(ranges.found),
        is_bare=said.is_bare,
        only_daily=is_daily,
        rest=daily.rest,
    )


def _statements(text: str) -> tuple[list[Statement], str]:
    made: list[Statement] = []
    for pattern, meaning in PATTERNS:
        taken = take(pattern, text)
        if len(taken.found) > 1:
            raise TwoWays
        made.extend(meaning(found) for found in taken.found)
        text = taken.rest
    return made, text


def _agreed(statements: list[Statement]) -> Statement:
    """The one thing that all say about how often, or raises TwoWays."""
    if not statements:
        return Statement()
    first = statements[0]
    if any(_times(statement) != _times(first) for statement in statements):
        raise TwoWays
    amount, unit = _amount(statements)
    return Statement(first.doses, amount, unit, first.schedule, first.interval, first.is_bare)


def _times(said: Statement) -> tuple[object, ...]:
    return said.doses, said.schedule, said.is_bare


def _amount(statements: list[Statement]) -> tuple[Decimal | None, str]:
    """The one amount and unit that are named, or raises TwoWays.

    The same amount twice may be two doses ("1 x 1, 1 til natten").
    """
    named = [said for said in statements if said.amount is not None]
    if len(named) > 1:
        raise TwoWays
    return (named[0].amount, named[0].unit) if named else (None, "")
