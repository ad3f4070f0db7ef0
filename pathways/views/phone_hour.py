"""The phone hour: find the patient, log the call, keep what was promised."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casework.moments import with_time
from casework.refusals import Refused
from pathways import contacts
from pathways.forms.contacts import AnswerForm, CallForm
from pathways.models import Contact, Pathway
from pathways.reading import open_patient, visible_patients
from pathways.safety import safety_flags
from pathways.views.acting import Action, act, show_refusal, signed_in
from patients.models import Access, Patient
from staff.permissions import Permission
from staff.templatetags.dates import due_words

may_log = permission_required(Permission.LOG_CONTACT, raise_exception=True)
may_see = permission_required(Permission.VIEW_PATIENTS, raise_exception=True)
get_or_post = require_http_methods(["GET", "HEAD", "POST"])

ANSWER = Action(
    gettext_lazy("Følg op på opkaldet"), gettext_lazy("Gem"), gettext_lazy("Opfølgningen er gemt.")
)


@require_safe
@may_log
def phone_hour(request: HttpRequest) -> HttpResponse:
    """Search at once, the promises that are open, and today's calls."""
    user = signed_in(request)
    promises = list(contacts.promises(user))
    today = list(contacts.calls_on(user, timezone.localdate()))
    context = {"promises": promises, "today": today, "counts": _counts(promises, today)}
    return render(request, "pathways/phone_hour.html", context)


@get_or_post
@may_log
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Log one call about a patient."""
    user = signed_in(request)
    patient = get_object_or_404(visible_patients(user), pk=pk)
    pathway = _open_pathway(patient)
    form = CallForm(request.POST or None, pathway=pathway)
    if not form.is_valid():
        return _show_call(request, patient, pathway, form, 422 if form.is_bound else 200)
    try:
        contacts.log(user, pk, form.cleaned_data["key"], form.call)
    except Refused as refusal:
        show_refusal(form, refusal, None)
        return _show_call(request, patient, pathway, form, 409)
    messages.success(request, _("Opkaldet om %(name)s er gemt.") % {"name": patient.name})
    return redirect("pathways:phone_hour")


@get_or_post
@may_see
def followed_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Close what a call left open, with the outcome."""
    user = signed_in(request)
    visible = Contact.objects.visible_to(user).select_related("patient", "taken_by")
    contact = get_object_or_404(visible, pk=pk)
    form = AnswerForm(request.POST or None, contact=contact)
    return act(
        request,
        ANSWER,
        form,
        lambda: contacts.follow_up(user, pk, **form.cleaned_data),
        case=None,
        back=_back(request),
        context={"contact": contact},
    )


def _show_call(
    request: HttpRequest, patient: Patient, pathway: Pathway | None, form: CallForm, status: int
) -> HttpResponse:
    open_patient(signed_in(request), patient.pk, "telefontid", Access.Purpose.PHONE_HOUR)
    upcoming = pathway.appointments.upcoming(timezone.now()) if pathway else []
    context: dict[str, Any] = {
        "patient": patient,
        "flags": safety_flags(patient),
        "crumbs": [{"label": _("Telefontid"), "url": reverse("pathways:phone_hour")}],
        "pathway": pathway,
        "form": form,
        "upcoming": upcoming,
        "calls": contacts.calls_of(patient),
    }
    return render(request, "pathways/call.html", context, status=status)


def _open_pathway(patient: Patient) -> Pathway | None:
    found = Pathway.objects.still_open().filter(patient=patient)
    pathway: Pathway | None = found.select_related("responsible", "next_step_by").first()
    return pathway


def _next_due(due_at: dt.datetime) -> str:
    due, today = timezone.localtime(due_at), timezone.localdate()
    day = due_words(due.date(), today)
    if due.date() < today:
        return _("den ældste er %(day)s") % {"day": day}
    return _("næste %(when)s") % {"when": with_time(day, due)}


def _back(request: HttpRequest) -> str:
    """The desk on which a person finds what calls left open."""
    user = signed_in(request)
    desk = "phone_hour" if user.has_perm(Permission.LOG_CONTACT) else "caseload"
    return reverse(f"pathways:{desk}")


def _counts(promises: list[Contact], today: list[Contact]) -> list[dict[str, str]]:
    """The day's calls, what is owed by its kind, and when the nearest of it is due."""
    calls, owed = len(today), [one for one in promises if not one.is_question]
    counts = [
        {"label": ngettext("%(n)d opkald i dag", "%(n)d opkald i dag", calls) % {"n": calls}},
        *({"label": words} for words in _owed(Counter(one.follow_up for one in promises))),
    ]
    if owed and owed[0].follow_up_due_at:
        counts.append({"label": _next_due(owed[0].follow_up_due_at)})
    return counts


def _owed(by_kind: Counter[str]) -> Iterator[str]:
    """ "4 tilbagekald", "1 tid at booke", "2 spørgsmål til lægen": what the table below has."""
    n = by_kind[Contact.FollowUp.CALL_BACK]
    yield ngettext("%(n)d tilbagekald", "%(n)d tilbagekald", n) % {"n": n}
    if n := by_kind[Contact.FollowUp.BOOK]:
        yield ngettext("%(n)d tid at booke", "%(n)d tider at booke", n) % {"n": n}
    if n := by_kind[Contact.FollowUp.ASK_PHYSICIAN]:
        words = ngettext("%(n)d spørgsmål til lægen", "%(n)d spørgsmål til lægen", n)
        yield words % {"n": n}
