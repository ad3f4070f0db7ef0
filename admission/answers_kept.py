"""The answers of a version over a table of referrals, kept at its approval.

The database keeps an approved version from being edited; these keep the code from answering
otherwise by it. Each answer is kept with the facts it is about, so that the table may grow.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from admission.criteria import Facts
from admission.judging import judge
from admission.routing import propose
from admission.rules import Rules

CASES: Final[Sequence[Mapping[str, Any]]] = json.loads(
    Path(__file__).with_name("cases.json").read_text(encoding="utf-8")
)


def judged_by(rules: Rules, facts: Facts) -> dict[str, Any]:
    """The verdict of each criterion asked, and the track proposed."""
    routing = propose(facts, rules)
    return {
        "verdicts": {each.code: each.verdict.value for each in judge(facts, rules)},
        "track": routing.proposal.value if routing.proposal else None,
    }


def answers(rules: Rules) -> list[dict[str, Any]]:
    """What the rules say of every case, with the case's facts."""
    return [{**case, **judged_by(rules, Facts.from_json(case["facts"]))} for case in CASES]


def changed(kept: Sequence[Mapping[str, Any]], rules: Rules) -> list[str]:
    """The names of the cases that the rules answer otherwise today."""
    return [
        each["case"]
        for each in kept
        if judged_by(rules, Facts.from_json(each["facts"]))
        != {"verdicts": each["verdicts"], "track": each["track"]}
    ]
