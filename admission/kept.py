"""Findings as they are kept with a referral: plain words, exactly as they were found."""

from collections.abc import Mapping
from typing import Any

from admission.criteria import CRITERIA, Change, Destination, Facts, Finding, Verdict
from admission.criteria.answers import UNANSWERED
from admission.criteria.criterion import LookedAt
from admission.looked_at import Sources, looked_at


def finding_as_json(finding: Finding, facts: Facts, sources: Sources) -> dict[str, Any]:
    """The finding in the active language, with each fact it looked at and where that came from."""
    names = CRITERIA[finding.code].facts
    return {
        "code": finding.code,
        "name": str(finding.name),
        "verdict": finding.verdict.value,
        "fact": str(finding.fact) if finding.is_answered else "",
        "sentence": str(finding.sentence),
        "consequence": str(finding.consequence),
        "destination": finding.destination.value if finding.destination else None,
        "question": str(finding.question),
        "asks": list(finding.asks),
        "change": str(finding.change.sentence) if finding.change else "",
        "looked_at": [list(each) for each in looked_at(facts, names, sources)],
    }


def finding_from_json(kept: Mapping[str, Any]) -> Finding:
    """The finding as it was kept; raises ValueError for a verdict or destination unknown today.

    What was kept before findings told facts and changes apart has a `remedy`: the question of an
    open finding, the change of another.
    """
    verdict, destination = Verdict(kept["verdict"]), kept["destination"]
    remedy = kept.get("remedy", "")
    is_open = verdict is Verdict.UNKNOWN
    change = kept.get("change", "" if is_open else remedy)
    return Finding(
        code=kept["code"],
        name=kept["name"],
        verdict=verdict,
        fact=kept["fact"] or UNANSWERED,
        sentence=kept["sentence"],
        consequence=kept["consequence"],
        destination=None if destination is None else Destination(destination),
        question=kept.get("question", remedy if is_open else ""),
        asks=tuple(kept["asks"]),
        change=Change({}, change) if change else None,
        looked_at=tuple(LookedAt(*each) for each in kept.get("looked_at", ())),
    )
