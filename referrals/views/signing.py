"""What waits for a physician: decisions to sign, and advice to give."""

from django.contrib.auth.decorators import permission_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from referrals.lifecycle import Status
from referrals.models import Decision, Referral
from staff.models import User
from staff.permissions import Permission


@permission_required(Permission.SIGN, raise_exception=True)
def to_sign(request: HttpRequest) -> HttpResponse:
    """Decisions that wait for the physician's signature, and those of colleagues below."""
    waiting = Decision.objects.filter(signed_at=None, returned_at=None)
    proposed = Prefetch("decisions", waiting.select_related("proposed_by"), to_attr="proposed")
    return _list(request, Status.AWAITING_SIGNATURE, "referrals/triage/to_sign.html", proposed)


@permission_required(Permission.SIGN, raise_exception=True)
def to_advise(request: HttpRequest) -> HttpResponse:
    """Questions that wait for the physician's advice, and those of colleagues below."""
    return _list(request, Status.AWAITING_ADVICE, "referrals/triage/to_advise.html")


def _list(
    request: HttpRequest, status: Status, template: str, *more: "Prefetch[str]"
) -> HttpResponse:
    rows = list(_waiting(request.user, status).prefetch_related("transitions", *more))
    mine = [row for row in rows if row.owner == request.user]
    others = [row for row in rows if row.owner != request.user]
    return render(request, template, {"mine": mine, "others": others})


def _waiting(user: object, status: Status) -> "QuerySet[Referral]":
    assert isinstance(user, User)
    found: QuerySet[Referral] = Referral.objects.visible_to(user).filter(status=status)
    joined = ("patient", "unit", "owner", "judgement__submission")
    return found.select_related(*joined).order_by("due_on", "pk")
