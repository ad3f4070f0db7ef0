"""What is watched for due dates, and what has been told of: the words of those who tell."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from casework.models import DeadlineNotice

Stage = DeadlineNotice.Stage


@dataclass(frozen=True, slots=True)
class Watch:
    """One due date of one kind of case: who has the case in hand, and what is said of it.

    ``of`` and ``clock`` are what the notices call them, ``due`` the column. The clock runs at the
    statuses of ``runs_at``; the owner is told at those of them in ``owner_at``. ``owners`` are the
    columns of people, the first who can be written to is told; without one it is the visitation.
    ``title`` and ``details`` are Danish sentences without personal data, ``ending`` where to look.
    """

    cases: "QuerySet[Any]"
    of: str
    clock: str
    due: str
    runs_at: Sequence[str]
    owner_at: Sequence[str]
    owners: tuple[str, ...]
    title: Callable[[Any], str]
    details: Callable[[Any], str]
    ending: str


class Told(NamedTuple):
    """One notice that has just been written, about a case of a watch."""

    watch: Watch
    case_id: int
    due_on: dt.date
    stage: Stage
    user_id: int | None
