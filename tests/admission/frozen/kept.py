"""Frozen verdicts: one file for each approved version, never written twice."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from admission.criteria import Facts
from admission.judging import judge
from admission.routing import propose
from admission.rules import DECK, Rules
from tests.admission.frozen.cases import CASES

FOLDER: Final = Path(__file__).parent

# The versions that are shipped; what a centre approves for itself stands in its own database.
SHIPPED: Final[Mapping[int, Rules]] = {DECK.number: DECK}


def file_of(number: int) -> Path:
    return FOLDER / f"version_{number}.json"


def judged_by(rules: Rules, facts: Facts) -> dict[str, Any]:
    """The verdict of each criterion asked, and the track proposed."""
    routing = propose(facts, rules)
    return {
        "verdicts": {each.code: each.verdict.value for each in judge(facts, rules)},
        "track": routing.proposal.value if routing.proposal else None,
    }


def write(number: int) -> Path:
    """Freeze the verdicts of a shipped version; raises FileExistsError if they already are."""
    rules = SHIPPED[number]
    frozen = [
        {"case": case, "facts": facts.as_json(), **judged_by(rules, facts)}
        for case, facts in CASES.items()
    ]
    with file_of(number).open("x", encoding="utf-8") as file:
        json.dump(frozen, file, ensure_ascii=False, indent=1)
        file.write("\n")
    return file_of(number)
