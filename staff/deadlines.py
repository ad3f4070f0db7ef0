"""When a thing is due: the dated rules of deadlines.toml, counted in weekdays or calendar days."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from staff.working_days import add_weekdays, weekdays_between

SOURCE: Final = Path(__file__).with_name("deadlines.toml")


class MalformedDeadlines(ValueError):
    """Raised when the file of deadlines cannot be used; says which entry and why."""


class Unit(StrEnum):
    """What an amount counts: a weekday is Monday to Friday without public holidays.

    A "hverdag" of the law is a weekday; whether Saturday is one, too, no source says: a setting.
    """

    WEEKDAYS = "weekdays"
    HVERDAGE = "hverdage"
    DAYS = "days"

    def after(self, start: date, n: int) -> date:
        """The n-th such day after `start`, which itself is not counted."""
        if self is Unit.DAYS:
            return start + timedelta(days=n)
        return add_weekdays(start, n, saturdays=self._has_saturdays)

    def between(self, start: date, end: date) -> int:
        """How many such days lie after `start`, up to and with `end`."""
        if self is Unit.DAYS:
            return (end - start).days
        return weekdays_between(start, end, saturdays=self._has_saturdays)

    @property
    def _has_saturdays(self) -> bool:
        return self is Unit.HVERDAGE and bool(settings.SATURDAY_IS_A_WEEKDAY)


@dataclass(frozen=True, slots=True)
class Deadline:
    """One rule and the first day on which a clock may start under it."""

    code: str
    label: str
    valid_from: date
    amount: int
    unit: Unit
    source: str

    def due(self, start: date, stood_still: int = 0) -> date:
        """The day due when the clock starts on `start`; the starting day is not counted.

        ``stood_still`` is how many days of the rule's unit the clock was stopped on the way.
        """
        return self.unit.after(start, self.amount + stood_still)


def read(text: str) -> tuple[Deadline, ...]:
    """Read a file of deadlines; raises MalformedDeadlines with a sentence."""
    try:
        tables = tomllib.loads(text).get("deadline")
    except tomllib.TOMLDecodeError as error:
        raise MalformedDeadlines(f"The file of deadlines is not valid TOML: {error}.") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise MalformedDeadlines("The file of deadlines has no list of [[deadline]] entries.")
    entries = tuple(_read_entry(table) for table in tables)
    _check_unique(entries)
    return entries


def _read_entry(table: Mapping[str, Any]) -> Deadline:
    name = f"Deadline {table.get('code', 'without a code')!r}"
    expected = {field.name for field in fields(Deadline)}
    if odd := expected ^ table.keys():
        raise MalformedDeadlines(f"{name} lacks or misspells: {', '.join(sorted(odd))}.")
    for key in ("code", "label", "source"):
        if not isinstance(table[key], str) or not table[key].strip():
            raise MalformedDeadlines(f"{name} needs words as its {key}.")
    if type(table["amount"]) is not int or table["amount"] == 0:
        raise MalformedDeadlines(f"{name} needs a whole number other than 0 as its amount.")
    if not isinstance(table["valid_from"], date) or isinstance(table["valid_from"], datetime):
        raise MalformedDeadlines(f"{name} needs a date like 2026-01-31 as its valid_from.")
    if table["unit"] not in list(Unit):
        raise MalformedDeadlines(f"{name} needs one of {', '.join(Unit)} as its unit.")
    return Deadline(**{**table, "unit": Unit(table["unit"])})


def _check_unique(entries: Iterable[Deadline]) -> None:
    seen = set()
    for entry in entries:
        if (entry.code, entry.valid_from) in seen:
            raise MalformedDeadlines(
                f"Deadline {entry.code!r} has two entries from {entry.valid_from.isoformat()}."
            )
        seen.add((entry.code, entry.valid_from))


DEADLINES: Final = read(SOURCE.read_text(encoding="utf-8"))


def in_force(entries: Iterable[Deadline], code: str, on: date) -> Deadline:
    """The newest entry of `code` valid on the day; raises KeyError naming a code without any."""
    valid = [entry for entry in entries if entry.code == code and entry.valid_from <= on]
    if not valid:
        raise KeyError(f"No deadline {code!r} is in force on {on.isoformat()}.")
    return max(valid, key=lambda entry: entry.valid_from)


def due(code: str, start: date) -> date:
    """The day due under the rule in force on `start` (a local date); KeyError for unknown codes."""
    return in_force(DEADLINES, code, start).due(start)


def soon_limit(today: date) -> date:
    """The last due date that is near today."""
    return latest_target("due_soon", today)


def latest_target(code: str, today: date) -> date:
    """The latest day to count back from that has come near: `due(code, day) <= today`.

    For queries, with a rule that counts backwards.
    """
    rule = in_force(DEADLINES, code, today)
    return rule.unit.after(today, -rule.amount)


def latest_start(code: str, today: date) -> date:
    """The latest day whose clock has run out by `today`: `due(code, day) <= today`, for queries."""
    day = today
    while due(code, day) > today:
        day -= timedelta(days=1)
    return day
