"""Judging a submission: criteria and routing, frozen with it as they were found."""

from django.conf import settings
from django.utils.translation import override

from admission.criteria import Finding, Verdict, counts, judge
from admission.routing import Routing, propose
from referrals.answers import facts_of
from referrals.models import Judgement, Submission


def judge_submission(submission: Submission) -> Judgement:
    """Judge what was sent, as of the day the referral was received, and keep it.

    The words are frozen in the centre's own language, whoever sent it.
    """
    referral = submission.referral
    with override(settings.LANGUAGE_CODE):
        facts = facts_of(submission.answers, referral.unit, referral.received_on)
        findings, routing = judge(facts), propose(facts)
        found = {"findings": [each.as_json() for each in findings], "routing": routing.as_json()}
    numbers = counts(findings)
    judgement: Judgement = Judgement.objects.create(
        submission=submission,
        met=numbers[Verdict.MET],
        unknown=numbers[Verdict.UNKNOWN],
        not_met=numbers[Verdict.NOT_MET],
        proposed_track=routing.proposal or "",
        **found,
    )
    return judgement


def findings_of(judgement: Judgement) -> tuple[Finding, ...]:
    """The findings as they were frozen."""
    return tuple(Finding.from_json(frozen) for frozen in judgement.findings)


def routing_of(judgement: Judgement) -> Routing:
    """The proposed track as it was frozen."""
    return Routing.from_json(judgement.routing)
