"""A whole list of medicine, line by line, with what it comes to."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from medication.equivalents import Equivalents, equivalents
from medication.line import MedicineLine
from medication.reading import read_line
from medication.unread import Unread


@dataclass(frozen=True, slots=True)
class MedicationReading:
    """The lines in the order they were written, and the day's oral morphine equivalents."""

    lines: tuple[MedicineLine | Unread, ...]
    equivalents: Equivalents

    @property
    def unread(self) -> tuple[Unread, ...]:
        return tuple(line for line in self.lines if isinstance(line, Unread))

    @property
    def mark(self) -> str:
        """A short mark that no other reading has: what a person confirms when it is shown."""
        read = json.dumps([line.as_json() for line in self.lines], sort_keys=True)
        return hashlib.sha256(read.encode()).hexdigest()[:16]

    def as_json(self) -> dict[str, Any]:
        """For storing with a referral or a list; what was read is never read anew."""
        return {
            "lines": [line.as_json() for line in self.lines],
            "equivalents": self.equivalents.as_json(),
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            lines=tuple(
                Unread.from_json(line) if "unread" in line else MedicineLine.from_json(line)
                for line in stored["lines"]
            ),
            equivalents=Equivalents.from_json(stored["equivalents"]),
        )


def read_list(lines: Iterable[str]) -> MedicationReading:
    """Read every line that has something on it."""
    read = tuple(read_line(text.strip()) for text in lines if text.strip())
    return MedicationReading(read, equivalents(read))
