"""Drafts and submissions, referrals and what is decided about them."""

from referrals.models.decision import Decision, Question
from referrals.models.draft import Attachment, Draft
from referrals.models.elsewhere import WaitingTime
from referrals.models.referral import Judgement, Referral, ReferralTransition, Submission

__all__ = [
    "Attachment",
    "Decision",
    "Draft",
    "Judgement",
    "Question",
    "Referral",
    "ReferralTransition",
    "Submission",
    "WaitingTime",
]
