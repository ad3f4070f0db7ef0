"""Backtests checked by judging each referral anew, and rows changed by hand."""

from typing import Any

import pgtrigger
from django.utils import timezone

from admission.judging import destinations, judge
from admission.models import RuleSet
from admission.routing import propose
from admission.rules import DECK, Rules
from oversight.models import Backtest
from referrals.answers import facts_of
from referrals.models import Referral


def by_hand(referral: Referral, rules: Rules) -> tuple[dict[str, str], str, list[str]]:
    """Verdicts, track and places of one referral, read from what was sent."""
    answers = referral.judgement.submission.answers
    facts = facts_of(answers, referral.unit, referral.received_on)
    findings = judge(facts, rules)
    verdicts = {finding.code: finding.verdict.value for finding in findings}
    return verdicts, propose(facts, rules).proposal or "", [*destinations(findings)]


def told_by_hand(after: Rules) -> dict[int, Any]:
    """Every referral that the rules judge otherwise than the deck, and how, one by one."""
    told = {}
    for referral in Referral.objects.all():
        old, track, here = by_hand(referral, DECK)
        new, other, there = by_hand(referral, after)
        codes = {code for code in {*old, *new} if old.get(code) != new.get(code)}
        if codes or track != other or here != there:
            differing = {code: [old.get(code), new.get(code)] for code in codes}
            all_met = {*old.values()} == {"met"}, {*new.values()} == {"met"}
            told[referral.pk] = (differing, track, other, here, there, *all_met)
    return told


def told(backtest: Backtest) -> dict[int, Any]:
    """The same from the rows that the backtest has left."""
    return {
        flip.referral_id: (
            flip.verdicts,
            flip.track_before,
            flip.track_after,
            flip.destinations_before,
            flip.destinations_after,
            flip.all_met_before,
            flip.all_met_after,
        )
        for flip in backtest.flips.all()
    }


def keep(judgements: Any, facts: dict[str, Any]) -> None:
    """Let the facts have been kept otherwise, as by an older edition of the program."""
    with pgtrigger.ignore("referrals.Judgement:append_only"):
        judgements.update(facts=facts)


def discard(draft: RuleSet) -> None:
    draft.status = RuleSet.Status.DISCARDED
    draft.discarded_by, draft.discarded_at = draft.drafted_by, timezone.now()
    draft.save()
