"""Messages, and beside them how it went: attempts, verdicts, openings and the day's print."""

from correspondence.models.attempts import Attempt, Verdict
from correspondence.models.message import (
    ANSWERS,
    IS_AN_ANSWER,
    ON_PAPER,
    Message,
    MessageQuerySet,
)
from correspondence.models.opening import Opening
from correspondence.models.print_run import PrintRun

__all__ = [
    "ANSWERS",
    "IS_AN_ANSWER",
    "ON_PAPER",
    "Attempt",
    "Message",
    "MessageQuerySet",
    "Opening",
    "PrintRun",
    "Verdict",
]
