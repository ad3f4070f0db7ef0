"""Messages, and beside them how it went: attempts, verdicts, openings and the day's print."""

from correspondence.models.attempts import Attempt, Verdict
from correspondence.models.message import (
    ANSWERS,
    BESIDE,
    IS_AN_ANSWER,
    ON_PAPER,
    Message,
    MessageQuerySet,
)
from correspondence.models.opening import CallInVain, Opening
from correspondence.models.print_run import Dispatch, PrintRun

__all__ = [
    "ANSWERS",
    "BESIDE",
    "IS_AN_ANSWER",
    "ON_PAPER",
    "Attempt",
    "CallInVain",
    "Dispatch",
    "Message",
    "MessageQuerySet",
    "Opening",
    "PrintRun",
    "Verdict",
]
