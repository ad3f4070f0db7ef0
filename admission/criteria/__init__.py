"""The centre's admission criteria: pure functions over frozen facts, without a database.

Read `judging` first: which criteria are asked, and in what order. Each criterion then stands whole
in `pain`, `patient`, `treatment` or `misuse`: its rule, the deck's sentence and what follows
without it. The numbers stand in `limits`.
"""

from admission.criteria.answers import Verdict
from admission.criteria.criterion import Criterion, Destination, Finding
from admission.criteria.facts import (
    Alcohol,
    Cancer,
    Facts,
    Headache,
    OpioidContext,
    Question,
    Situation,
)
from admission.criteria.judging import (
    CRITERIA,
    asked,
    counts,
    destinations,
    in_question,
    judge,
    not_met,
)
from admission.criteria.subacute import is_subacute, situations_holding

__all__ = [
    "CRITERIA",
    "Alcohol",
    "Cancer",
    "Criterion",
    "Destination",
    "Facts",
    "Finding",
    "Headache",
    "OpioidContext",
    "Question",
    "Situation",
    "Verdict",
    "asked",
    "counts",
    "destinations",
    "in_question",
    "is_subacute",
    "judge",
    "not_met",
    "situations_holding",
]
