"""Drafts: the list, a new one, and throwing one away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.paging import keyset_page
from casework.refusals import Refused
from referrals import intake
from referrals.answers import written_name
from referrals.forms import PATIENT, WRITTEN
from referrals.models import Draft
from referrals.views.common import own_draft, referrers_only, who
from staff.models import User

PAGE = 50


@require_safe
@referrers_only
def drafts(request: HttpRequest) -> HttpResponse:
    """The unit's drafts, the one written last first."""
    page = keyset_page(
        unsent(who(request)), ("saved_at", "pk"), request.GET.get("p", ""), PAGE, newest_first=True
    )
    page.rows[:] = map(_row, page.rows)
    return render(request, "referrals/referrer/drafts.html", {"page": page})


def unsent(user: User) -> Any:
    """Drafts with something in them, apart from answers that the centre no longer waits for."""
    mine = Draft.objects.visible_to(user).unsent().exclude(answers={}, attachments=None)
    return mine.still_wanted().select_related("author", "completes__patient")


def _row(draft: Draft) -> dict[str, Any]:
    return {
        "draft": draft,
        "name": written_name(draft.answers),
        "written": sum(step.name in draft.answers for step in WRITTEN),
        "steps": len(WRITTEN),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@referrers_only
def new(request: HttpRequest) -> HttpResponse:
    """What the centre needs to know, and the button that begins a referral."""
    if request.method == "POST":
        return redirect("referrals:step", intake.start(who(request)).pk, PATIENT)
    return render(request, "referrals/referrer/new.html")


@require_http_methods(["GET", "HEAD", "POST"])
@referrers_only
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether the draft is to be thrown away, and do it."""
    draft = own_draft(request, pk)
    if request.method != "POST":
        context = {"draft": draft, "name": written_name(draft.answers)}
        return render(request, "referrals/referrer/discard.html", context)
    try:
        intake.discard(who(request), pk)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Kladden er slettet."))
    return redirect("referrals:drafts")
