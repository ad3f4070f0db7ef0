"""Judging a submission: criteria and routing, frozen with it as they were found."""

from decimal import Decimal

from django.conf import settings
from django.utils.translation import override

from admission.criteria import Facts, Finding, Verdict
from admission.judging import counts, judge
from admission.kept import finding_as_json, finding_from_json
from admission.routing import Routing, propose
from admission.rules import Rules
from admission.subacute import limit_in_question
from admission.versions import in_force, numbered
from referrals.answers import facts_of, sources_of
from referrals.models import Judgement, Submission


def judge_submission(submission: Submission) -> Judgement:
    """Judge what was sent by the rules in force on the day the referral was received, and keep it.

    The words are frozen in the centre's own language, whoever sent it.
    """
    referral = submission.referral
    rules = in_force(referral.received_on)
    facts = facts_of(submission.answers, referral.unit, referral.received_on)
    findings, routing = judge(facts, rules), propose(facts, rules)
    numbers = counts(findings)
    with override(settings.LANGUAGE_CODE):
        sources = sources_of(submission.answers)
        judgement: Judgement = Judgement.objects.create(
            submission=submission,
            rules_number=rules.number,
            facts=facts.as_json(),
            findings=[finding_as_json(each, facts, sources) for each in findings],
            routing=routing.as_json(),
            met=numbers[Verdict.MET],
            unknown=numbers[Verdict.UNKNOWN],
            not_met=numbers[Verdict.NOT_MET],
            proposed_track=routing.proposal or "",
        )
    return judgement


def facts_judged(judgement: Judgement) -> Facts:
    """The facts that were judged.

    A judgement from before facts were kept with it is read from what was sent.
    """
    if judgement.facts:
        return Facts.from_json(judgement.facts)
    referral = judgement.submission.referral
    return facts_of(judgement.submission.answers, referral.unit, referral.received_on)


def findings_of(judgement: Judgement) -> tuple[Finding, ...]:
    """The findings as they were frozen."""
    return tuple(finding_from_json(kept) for kept in judgement.findings)


def routing_of(judgement: Judgement) -> Routing:
    """The proposed track as it was frozen."""
    return Routing.from_json(judgement.routing)


def discharge_limit(judgement: Judgement) -> Decimal | None:
    """The dose in mg that decided at a discharge, by the rules that judged; else None."""
    return limit_in_question(facts_judged(judgement), rules_of(judgement))


def rules_of(judgement: Judgement) -> Rules:
    """The version of the rules that judged."""
    version = numbered(judgement.rules_number)
    assert version is not None  # versions are never deleted
    return version.rules
