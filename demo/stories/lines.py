"""What a story told by hand is written down as."""

from typing import Any, Final

from demo.case import Act
from demo.complaints import Complaint

OPTIMAL: Final = {"question.question": "optimal"}
ADVICE: Final = {"question.question": "advice"}
A_CHILDS: Final = "Barnet har haft smerter i over et år, og vi har brug for jeres vurdering."

# Number, referrer, complaint, weekdays before today, and what more a Story takes.
Line = tuple[str, str, Complaint, int, dict[str, Any]]


def acts(*done: Act) -> dict[str, Any]:
    """The acts of a line, beside what else it says."""
    return {"acts": done}
