"""What waits for a physician: decisions to sign, and advice to give."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from referrals.lifecycle import Status
from referrals.models import Decision, Referral
from referrals.proposals import latest
from referrals.signing import why_sent_for_advice
from staff.models import User
from staff.permissions import Permission


@permission_required(Permission.SIGN, raise_exception=True)
def to_sign(request: HttpRequest) -> HttpResponse:
    """Decisions that wait for the physician's signature, and those of colleagues below."""
    waiting = Decision.objects.filter(signed_at=None, returned_at=None)
    proposed = Prefetch("decisions", waiting.select_related("proposed_by"), to_attr="proposed")
    rows = list(_waiting(request.user, Status.AWAITING_SIGNATURE).prefetch_related(proposed))
    context = {
        "mine": [row for row in rows if row.owner == request.user],
        "others": [row for row in rows if row.owner != request.user],
    }
    return render(request, "referrals/triage/to_sign.html", context)


@permission_required(Permission.SIGN, raise_exception=True)
def to_advise(request: HttpRequest) -> HttpResponse:
    """Questions that wait for the physician's advice, and those of colleagues below."""
    rows = [_asked(found) for found in _waiting(request.user, Status.AWAITING_ADVICE)]
    context = {
        "mine": [row for row in rows if row["referral"].owner == request.user],
        "others": [row for row in rows if row["referral"].owner != request.user],
    }
    return render(request, "referrals/triage/to_advise.html", context)


def _asked(found: Referral) -> dict[str, Any]:
    """The referrer's own question, and what the visitation wants looked at."""
    question = latest(found).submission.answers.get("question", {})
    asked, why = question.get("help_wanted", ""), why_sent_for_advice(found)
    return {"referral": found, "asked": asked, "why": why}


def _waiting(user: object, status: Status) -> "QuerySet[Referral]":
    assert isinstance(user, User)
    found: QuerySet[Referral] = Referral.objects.visible_to(user).filter(status=status)
    joined = ("patient", "unit", "owner", "judgement__submission")
    return found.select_related(*joined).prefetch_related("transitions").order_by("due_on", "pk")
