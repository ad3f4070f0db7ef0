"""What the statuses of a case mean: one table that code, database guards and pages read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.guards import (
    NEVER_DELETED,
    NEVER_EMPTIED,
    goes_on_from_the_last,
    stands_as_its_history_tells,
)


class Holder(models.TextChoices):
    """In whose hands a case is: the one whose time passes."""

    CENTRE = "centre", _("centret")
    REFERRER = "referrer", _("henviser")
    PATIENT = "patient", _("patienten")
    PAUSED = "paused", _("på pause")


@dataclass(frozen=True, slots=True)
class Standing:
    """What it means for a case to stand at a status.

    ``turn`` is the party whose turn it is and ``next_action`` what they are to do; a closed status
    has neither. ``deadline`` is the code in ``staff.deadlines`` that the due date is counted by,
    empty where a person sets the date; ``due`` says in words from when, or who sets it.
    ``holder`` is in whose hands the time passes.
    """

    moves: frozenset[str]
    turn: str = ""
    next_action: str | Promise = ""
    deadline: str = ""
    due: str = ""
    holder: Holder = Holder.CENTRE

    @property
    def is_open(self) -> bool:
        return bool(self.turn)


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """The status table of one kind of case, which begins at ``begins_at``.

    ``holders`` names the verbs that put the time in other hands than their status does.
    """

    standings: Mapping[str, Standing]
    begins_at: str
    holders: Mapping[str, Holder] = field(default_factory=dict)

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

    def holder_after(self, verb: str, to: str) -> Holder:
        """In whose hands an open case is after a step that changes its status or its holder."""
        return self.holders.get(verb) or self[to].holder

    def moves(self) -> Iterator[tuple[str, str]]:
        """Every allowed change of status, for the database's guard and the diagram."""
        for source, standing in self.standings.items():
            for target in sorted(standing.moves):
                yield source, target

    def steps(self) -> Iterator[tuple[str, str]]:
        """Every step a history may tell: the first, the moves, and those that keep an open status.

        The first comes from nowhere.
        """
        yield "", self.begins_at
        yield from self.moves()
        for status in self.open_statuses:
            yield status, status

    def case_guards(self, history: str) -> list[pgtrigger.Trigger]:
        """The cases' triggers; ``history`` is the table of their transitions."""
        moves = list(self.moves())
        return [
            pgtrigger.FSM(name="allowed_moves", field="status", transitions=moves),
            stands_as_its_history_tells(history),
            NEVER_DELETED,
            NEVER_EMPTIED,
        ]

    def history_guard(self, case: str) -> pgtrigger.Trigger:
        """The transitions' trigger; ``case`` is the table of the cases."""
        return goes_on_from_the_last(case, self.steps(), self.closed_statuses)

    def constraints(self, name: str) -> list[models.BaseConstraint]:
        """An open case has a due date; a closed one has none, and has a time of closing."""
        is_open = Q(status__in=self.open_statuses, due_on__isnull=False, closed_at__isnull=True)
        is_closed = Q(status__in=self.closed_statuses, due_on__isnull=True, closed_at__isnull=False)
        return [
            models.CheckConstraint(name=f"{name}_open_has_due_date", condition=is_open | is_closed)
        ]
