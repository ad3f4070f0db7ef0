"""A patient's morphine equivalents over time as a step curve: geometry only, drawn by a template.

A list counts from its day until the next one. Coordinates are texts, so that no language's
decimal comma can reach the drawing.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Final, NamedTuple, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from medication.equivalents import CEILING
from medication.showing import number

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 44, 16, 30, 30
STEP: Final = Decimal(50)
MOST_GRID_LINES: Final = 6
LABEL_ROOM: Final = 120  # a label in the middle beside one that ends at the edge


class Kept(Protocol):
    """What the curve needs of a kept list; a `MedicationList` has it."""

    as_of: dt.date
    regular_mg: Decimal
    as_needed_mg: Decimal
    lowest_mg: Decimal
    highest_mg: Decimal
    at_least: bool


class Mark(NamedTuple):
    """Something at a place, with its words; a total that is "at least" is drawn open."""

    x: str
    y: str
    words: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """The drawing: paths, marks and what they say in words, and the lists as a table."""

    description: str
    line: str
    span: str
    points: Sequence[Mark]
    grid: Sequence[Mark]
    days: Sequence[Mark]
    ceiling: Mark
    lists: Sequence[Kept]
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True)
class _Scale:
    first: dt.date
    last: dt.date
    top: Decimal

    def x(self, day: dt.date) -> Decimal:
        days = max((self.last - self.first).days, 1)
        return LEFT + Decimal((day - self.first).days) / days * (WIDTH - LEFT - RIGHT)

    def y(self, mg: Decimal) -> Decimal:
        return HEIGHT - BOTTOM - mg / self.top * (HEIGHT - BOTTOM - TOP)


def curve(lists: Iterable[Kept], today: dt.date) -> Curve | None:
    """The curve of a patient's lists, in any order; None without lists.

    Of several lists of one day the first given counts: give the newest first.
    """
    of_day: dict[dt.date, Kept] = {}
    for kept in lists:
        of_day.setdefault(kept.as_of, kept)
    if not of_day:
        return None
    steps = [of_day[day] for day in sorted(of_day)]
    last = max(today, steps[-1].as_of)
    scale = _Scale(steps[0].as_of, last, _top(steps))
    return Curve(
        description=_description(steps),
        line=_line(steps, scale),
        span=_span(steps, scale),
        points=[
            Mark(
                _at(scale.x(kept.as_of)), _at(scale.y(kept.regular_mg)), _said(kept), kept.at_least
            )
            for kept in steps
        ],
        grid=_grid(scale),
        days=_days(steps, scale),
        ceiling=Mark(_at(Decimal(WIDTH - RIGHT)), _at(scale.y(CEILING)), number(CEILING)),
        lists=list(reversed(steps)),
    )


def _top(steps: Sequence[Kept]) -> Decimal:
    """The top of the scale: a round number with room above the highest and the ceiling."""
    highest = max(CEILING, *(kept.highest_mg for kept in steps))
    return (highest * Decimal("1.1") / STEP).to_integral_value(ROUND_CEILING) * STEP


def _grid(scale: _Scale) -> list[Mark]:
    lines = int(scale.top / STEP)
    every = STEP * -(-lines // MOST_GRID_LINES)
    count = int(scale.top / every) + 1
    return [
        Mark(_at(Decimal(LEFT)), _at(scale.y(every * place)), number(every * place))
        for place in range(count)
    ]


def _days(steps: Sequence[Kept], scale: _Scale) -> list[Mark]:
    """The days of the lists and the last day, as many as there is room for."""
    shown: list[tuple[Decimal, dt.date]] = []
    for day in (scale.last, *(kept.as_of for kept in reversed(steps))):
        place = scale.x(day)
        if not shown or shown[-1][0] - place >= LABEL_ROOM:
            shown.append((place, day))
    bottom = _at(Decimal(HEIGHT - BOTTOM))
    return [Mark(_at(place), bottom, date_format(day, "j.n.Y")) for place, day in reversed(shown)]


def _ends(steps: Sequence[Kept], scale: _Scale) -> list[tuple[Kept, str, str]]:
    """Each list with the places where it begins and ends to count."""
    ends = [*(kept.as_of for kept in steps[1:]), scale.last]
    return [
        (kept, _at(scale.x(kept.as_of)), _at(scale.x(end)))
        for kept, end in zip(steps, ends, strict=True)
    ]


def _line(steps: Sequence[Kept], scale: _Scale) -> str:
    parts = [
        f"{begin},{_at(scale.y(kept.regular_mg))} {end},{_at(scale.y(kept.regular_mg))}"
        for kept, begin, end in _ends(steps, scale)
    ]
    return " ".join(parts)


def _span(steps: Sequence[Kept], scale: _Scale) -> str:
    """The band between the lowest and the highest: there along the top, back along the bottom."""
    ends = _ends(steps, scale)
    there = [
        f"{begin},{_at(scale.y(kept.highest_mg))} {end},{_at(scale.y(kept.highest_mg))}"
        for kept, begin, end in ends
    ]
    back = [
        f"{end},{_at(scale.y(kept.lowest_mg))} {begin},{_at(scale.y(kept.lowest_mg))}"
        for kept, begin, end in reversed(ends)
    ]
    return " ".join([*there, *back])


def _said(kept: Kept) -> str:
    words = _("%(day)s: mindst %(mg)s mg") if kept.at_least else _("%(day)s: %(mg)s mg")
    return words % {"day": date_format(kept.as_of, "j.n.Y"), "mg": number(kept.regular_mg)}


def _description(steps: Sequence[Kept]) -> str:
    if len(steps) == 1:
        return _said(steps[0])
    return _("Fra %(first)s til %(last)s.") % {"first": _said(steps[0]), "last": _said(steps[-1])}


def _at(place: Decimal) -> str:
    return f"{place:.1f}"
