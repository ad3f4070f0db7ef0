"""What the statuses of a case mean: one table that code, database guards and pages read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Standing:
    """What it means for a case to stand at a status.

    ``turn`` is the party whose turn it is and ``next_action`` what they are to do; a closed status
    has neither. ``deadline`` is the code in ``staff.deadlines`` that the due date is counted by,
    empty where a person sets the date.
    """

    moves: frozenset[str]
    turn: str = ""
    next_action: str | Promise = ""
    deadline: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.turn)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The status table of one kind of case."""

    standings: Mapping[str, Standing]

    def __getitem__(self, status: str) -> Standing:
        return self.standings[status]

    @property
    def open_statuses(self) -> list[str]:
        return [status for status, standing in self.standings.items() if standing.is_open]

    @property
    def closed_statuses(self) -> list[str]:
        return [status for status, standing in self.standings.items() if not standing.is_open]

    def allows(self, source: str, target: str) -> bool:
        """Whether the move is in the table; a step that keeps an open status is always allowed."""
        if source == target:
            return self[source].is_open
        return target in self[source].moves

    def moves(self) -> Iterator[tuple[str, str]]:
        """Every allowed change of status, for the database's guard and the diagram."""
        for source, standing in self.standings.items():
            for target in sorted(standing.moves):
                yield source, target

    def guard(self) -> pgtrigger.Trigger:
        """The trigger that refuses a move which the table does not have, also from raw SQL."""
        return pgtrigger.FSM(name="allowed_moves", field="status", transitions=list(self.moves()))

    def constraints(self, name: str) -> list[models.BaseConstraint]:
        """An open case has a due date; a closed one has none, and has a time of closing."""
        is_open = Q(status__in=self.open_statuses, due_on__isnull=False, closed_at__isnull=True)
        is_closed = Q(status__in=self.closed_statuses, due_on__isnull=True, closed_at__isnull=False)
        return [
            models.CheckConstraint(name=f"{name}_open_has_due_date", condition=is_open | is_closed)
        ]
