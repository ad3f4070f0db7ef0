"""Judging a referral: which criteria are asked of it, and what each of them finds.

The sentences of a finding are put together only when read, so that judging stays fast enough to
judge a hundred thousand past referrals anew.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from admission.criteria import CRITERIA, Destination, Facts, Finding, Verdict
from admission.pleas import plead, possible
from admission.rules import CriterionRule, Rules


def asked(facts: Facts, rules: Rules) -> tuple[CriterionRule, ...]:
    """The criteria this referral is judged by, in the version's order.

    Those that its track spares are not asked; while the track is open, those are that any track
    still possible asks.
    """
    tracks = possible(plead(facts, rules))
    spared = frozenset.intersection(*(rules.tracks[track].spares for track in tracks))
    return tuple(rule for code, rule in rules.criteria.items() if code not in spared)


def judge(facts: Facts, rules: Rules) -> tuple[Finding, ...]:
    """One finding per criterion asked, in the version's order."""
    return tuple(CRITERIA[rule.code].find(facts, rule) for rule in asked(facts, rules))


def counts(findings: Iterable[Finding]) -> dict[Verdict, int]:
    """How many findings have each verdict; every verdict is there."""
    counted = Counter(finding.verdict for finding in findings)
    return {verdict: counted[verdict] for verdict in Verdict}


def not_met(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that speak against receiving the patient."""
    return tuple(finding for finding in findings if finding.verdict is Verdict.NOT_MET)


def in_question(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that wait for an answer."""
    return tuple(finding for finding in findings if finding.verdict is Verdict.UNKNOWN)


def destinations(findings: Iterable[Finding]) -> tuple[Destination, ...]:
    """Where the patient is proposed to go instead, each once; back to the referrer as the last."""
    proposed = {finding.destination for finding in findings if finding.destination}
    last = Destination.REFERRER
    elsewhere = tuple(place for place in Destination if place in proposed - {last})
    return elsewhere + ((last,) if last in proposed else ())


def from_when(findings: Iterable[Finding]) -> date | None:
    """The day from which everything is met, when time alone stands in the way; else None.

    What would change an answer is only told as words once a finding is kept: then None as well.
    """
    changes = [finding.change.facts for finding in findings if finding.change]
    days = [facts["received_on"] for facts in changes if set(facts) == {"received_on"}]
    return max(days) if days and len(days) == len(changes) else None
