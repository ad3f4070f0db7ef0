"""Judging a referral: which criteria are asked of it, and what each of them finds.

The sentences of a finding are put together only when read, so that judging stays fast enough to
judge a hundred thousand past referrals anew.
"""

from collections import Counter
from collections.abc import Iterable

from admission.criteria import CRITERIA, Destination, Facts, Finding, Verdict
from admission.pleas import first_fitting, plead
from admission.rules import CriterionRule, Rules
from pathways.tracks import Track


def asked(facts: Facts, rules: Rules) -> tuple[CriterionRule, ...]:
    """The criteria this referral is judged by, in the version's order.

    Those that its track spares are not asked; while the track is open, those are that any track
    still possible asks.
    """
    spared = frozenset.intersection(
        *(rules.tracks[track].spares for track in _possible(facts, rules))
    )
    return tuple(rule for code, rule in rules.criteria.items() if code not in spared)


def _possible(facts: Facts, rules: Rules) -> Iterable[Track]:
    """The track proposed; while none is, those that may still be; all of them when none fits."""
    pleas = plead(facts, rules)
    if track := first_fitting(pleas):
        return (track,)
    return [track for track, plea in pleas.items() if plea.fits is not False] or rules.tracks


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
