"""A matrix of who may do what where, written as a table that one reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from casework.refusals import Refused
from tests.lifecycles.promises import broken, everything

ALLOWED, REFUSED, NOT_FOUND = "allowed", "refused", "not found"


@dataclass(frozen=True)
class Matrix:
    """For each action and column, the letters of those who may."""

    may: Mapping[str, Mapping[str, str]]

    def cell(self, action: str, column: str) -> str:
        return self.may[action][column]

    def at(self, column: str) -> list[tuple[str, str]]:
        """What can be done there, each action with the letter of each who may."""
        cells = {action: row[column].strip(".") for action, row in self.may.items()}
        return [(action, letter) for action, letters in cells.items() for letter in letters]


def read(table: str) -> Matrix:
    """The first line names the columns; a dot is nobody."""
    head, *lines = [line.split() for line in table.strip().splitlines()]
    return Matrix({name: dict(zip(head, cells, strict=True)) for name, *cells in lines})


def outcome(act: Callable[[], object]) -> str:
    """Do it and see; whatever it did is still there, so that it can be looked at."""
    try:
        with transaction.atomic():
            act()
    except Refused as refused:
        return REFUSED if refused.sentence.endswith(".") else "refused without a sentence"
    except ObjectDoesNotExist:
        return NOT_FOUND
    return ALLOWED


def tried(act: Callable[[], object], expected: str) -> None:
    """The action ends as expected; what was refused changed nothing, else the promises hold."""
    before = everything()
    assert outcome(act) == expected
    assert (everything() == before) == (expected != ALLOWED)
    if expected == ALLOWED:
        assert broken() == []
