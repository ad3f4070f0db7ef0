"""The practices to phone because they have not opened an answer, and noting that it was done."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.paging import keyset_page
from casework.refusals import Refused
from correspondence import openings
from correspondence.models import Message
from patients import access
from patients.contact import display_phone
from patients.models import Access
from referrals import phoning
from referrals.forms.phoning import CallForm
from referrals.models import Referral
from referrals.views.common import who
from staff.models import User
from staff.permissions import Permission

may_phone = permission_required(Permission.PHONE_PRACTICES, raise_exception=True)


@require_safe
@may_phone
def to_phone(request: HttpRequest) -> HttpResponse:
    """The answers that practices have not opened in time, the oldest first."""
    waiting = phoning.to_phone(who(request), timezone.localdate())
    page = keyset_page(waiting, ("created_at", "pk"), request.GET.get("p", ""))
    referrals = phoning.told_of(page)
    context = {
        "rows": [_row(message, referrals) for message in page],
        "previous_url": _address(page.earlier),
        "next_url": _address(page.later),
    }
    return render(request, "referrals/triage/to_phone.html", context)


def _row(message: Message, referrals: Mapping[int, Referral]) -> dict[str, Any]:
    return {
        "message": message,
        "referral": referrals.get(message.pk),
        "phone": _phone(message),
        "phone_by": openings.phone_by(message),
    }


def _phone(message: Message) -> str:
    """The practice's number as people write it; it may have been typed in any form."""
    number = message.unit.phone if message.unit else ""
    return display_phone(number) if number.startswith("+") else number


def _address(mark: str) -> str:
    return reverse("referrals:to_phone", query={"p": mark}) if mark else ""


@require_http_methods(["GET", "POST"])
@may_phone
def phoned(request: HttpRequest, pk: int) -> HttpResponse:
    """What to tell the practice, and a form for who was spoken to; seeing it is recorded."""
    user = who(request)
    message = get_object_or_404(phoning.answers_for(user), pk=pk)
    form = CallForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _show(request, message, form, status=422 if form.is_bound else 200)
    try:
        told = _note(user, message, form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _show(request, message, form, status=409)
    messages.success(request, told % {"unit": message.recipient})
    return redirect("referrals:to_phone")


def _note(user: User, message: Message, form: CallForm) -> str:
    words = form.cleaned_data["spoken_to"]
    if form.reached_nobody:
        openings.note_nobody_reached(user, message, words)
        return _("Noteret: ingen tog telefonen hos %(unit)s. Ring igen næste hverdag.")
    openings.note_call(user, message, words)
    return _("Noteret: %(unit)s ved det nu.")


def _show(request: HttpRequest, message: Message, form: CallForm, status: int) -> HttpResponse:
    if message.patient:
        access.record(request.user, message.patient, Access.Purpose.SECRETARIAL, "svar til praksis")
    context = {
        "message": message,
        "referral": phoning.told_of([message]).get(message.pk),
        "phone": _phone(message),
        "form": form,
        "seen": "" if openings.is_unseen(message) else openings.seen_words(message),
        "back": reverse("referrals:to_phone"),
    }
    return render(request, "referrals/triage/phoned.html", context, status=status)
