"""The form, one step at a time: shown, saved while typing, saved and gone on from."""

import re
from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from admission import diagnoses
from casework.refusals import Refused, Stale
from medication.drugs import known
from patients.identity import Sex, age_on
from referrals import intake
from referrals.answers.reading import typed
from referrals.attachments import ACCEPTED, attach, sent_with
from referrals.drafts import setting_for
from referrals.forms import (
    ATTACHMENTS,
    BY_NAME,
    FORMS,
    PATIENT,
    REVIEW,
    TYPED,
    Setting,
    StepForm,
    after,
    before,
)
from referrals.forms.medicine import MedicineForm, blank_row, rows_sent
from referrals.forms.patient import PatientForm
from referrals.models import Draft
from referrals.pages import drawn
from referrals.views.common import (
    already,
    own_draft,
    panel_of,
    referrers_only,
    step_url,
    steps_of,
    who,
)
from referrals.views.review import review_page

GOTO: Final = re.compile(r"([a-z]+)(#\w+)?")
ENOUGH_TO_SAY_SO: Final = 10


@require_http_methods(["GET", "HEAD", "POST"])
@referrers_only
def step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """One step of a draft. A sent draft leads to the referral it became."""
    if step not in BY_NAME:
        raise Http404
    draft = own_draft(request, pk)
    if draft.sent_at:
        return redirect("referrals:sent", draft.submission.referral_id)
    if request.method == "POST":
        return _saved(request, draft, step)
    if step == REVIEW:
        return review_page(request, draft, steps_of(draft, step))
    return _page(request, draft, step, check="check" in request.GET)


def _saved(request: HttpRequest, draft: Draft, step: str) -> HttpResponse:
    """Keep what was typed and go on; only what cannot be read keeps the person here, once."""
    try:
        if step == ATTACHMENTS and (chosen := request.FILES.getlist("file")):
            attach(who(request), draft.pk, chosen[0])
        draft = intake.save_step(who(request), draft.pk, step, request.POST)
    except Stale as stale:
        return _with_both(request, draft, step, str(stale))
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("referrals:step", draft.pk, step)
    goto = request.POST.get("goto", "")
    if goto == "drafts":
        messages.success(request, _("Kladden er gemt."))
        return redirect("referrals:drafts")
    if (asked := GOTO.fullmatch(goto)) and asked[1] in BY_NAME:
        return redirect(step_url(draft, asked[1]) + (asked[2] or ""))
    if step == PATIENT and _was_filled_in(draft, request.POST):
        messages.info(request, _("Navn og kontakt er udfyldt fra jeres seneste henvisning."))
        return redirect("referrals:step", draft.pk, PATIENT)
    if step in FORMS and _form(draft, step, setting_for(draft)).has_mistakes():
        return _page(request, draft, step, status=422)
    return redirect("referrals:step", draft.pk, after(step))


def _with_both(request: HttpRequest, draft: Draft, step: str, sentence: str) -> HttpResponse:
    """What was typed here, on a page that has seen what was written elsewhere and may be sent."""
    fresh = own_draft(request, draft.pk)
    fresh.answers = {**fresh.answers, step: TYPED[step].pick(request.POST)}
    if step == REVIEW:
        return review_page(request, fresh, steps_of(fresh, step), refusal=sentence)
    messages.error(request, sentence)
    return _page(request, fresh, step, status=409)


def _form(draft: Draft, step: str, setting: Setting) -> StepForm:
    form = TYPED[step](typed(draft.answers, step), setting)
    form.full_clean()
    return form


def _page(
    request: HttpRequest, draft: Draft, step: str, *, check: bool = False, status: int = 200
) -> HttpResponse:
    """A step with its panel; ``check`` also says what is missing."""
    context = {
        "draft": draft,
        "step": BY_NAME[step],
        "steps": steps_of(draft, step),
        "drawn": drawn(draft, step),
        "back": before(step) if step != PATIENT else "",
        "saved_at": draft.saved_at if draft.answers else None,
        **panel_of(draft, step),
    }
    if step == ATTACHMENTS:
        return attachments_page(request, draft, context)
    form = _form(draft, step, setting_for(draft))
    lists = {"diagnoses": diagnoses.DIAGNOSES.values(), "drugs": known()}
    context |= {"form": form, **_told(draft, form), **lists}
    if not check:
        form.hide_missing()
    return render(request, "referrals/referrer/step.html", context, status=status)


def attachments_page(
    request: HttpRequest, draft: Draft, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """The files of a draft, and for an answer those that were sent before."""
    sent = sent_with(draft.completes) if draft.completes else []
    files = {"attachments": draft.attachments.all(), "sent_before": sent, "accepted": ACCEPTED}
    page = "referrals/referrer/attachments.html"
    return render(request, page, {**context, **files}, status=status)


def _told(draft: Draft, form: StepForm) -> dict[str, Any]:
    """What the number tells, for the line under it; nothing on other steps."""
    if not isinstance(form, PatientForm):
        return {}
    kind = "" if form.identity is None else "cpr" if form.identity.sex else "replacement"
    told = {"number_kind": kind, "derived": _derived(form), "number_fault": _number_fault(form)}
    return {**told, "already": already(draft)}


def _derived(form: PatientForm) -> str:
    born, sex = form.cleaned_data.get("birth_date"), form.cleaned_data.get("sex")
    if form.identity is None or not born or not sex:
        return ""
    age = age_on(born, timezone.localdate())
    years = ngettext("%(n)d år", "%(n)d år", age) % {"n": age}
    day = _("født %(day)s") % {"day": date_format(born)}
    return f"{Sex(sex).label}, {years}, {day}"


def _number_fault(form: PatientForm) -> str:
    """What is wrong with a number that is typed to the end; nobody is corrected on the way."""
    whole = len(str(form["number"].data or "").replace("-", "").replace(" ", ""))
    if form.identity or whole < ENOUGH_TO_SAY_SO:
        return ""
    return " ".join(map(str, form.errors.get("number", [])))


@require_POST
@referrers_only
def autosave(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Keep what is being typed, valid or not; answers with the panel and when it was saved."""
    answers_a_question = own_draft(request, pk).completes_id is not None
    if step not in (TYPED if answers_a_question else FORMS):
        raise Http404
    try:
        draft = intake.save_step(who(request), pk, step, request.POST)
    except Stale as stale:
        return render(request, "components/draft_status.html", {"overtaken": str(stale)})
    except Refused:
        return HttpResponseClientRedirect(
            request.build_absolute_uri(step_url(own_draft(request, pk), step))
        )
    form = _form(draft, step, setting_for(draft))
    context = {
        "draft": draft,
        "form": form,
        "saved_at": draft.saved_at,
        "oob": True,
        **panel_of(draft, step),
        **_told(draft, form),
        "filled_in": step == PATIENT and _was_filled_in(draft, request.POST),
        "known": PatientForm.known_helper(),
    }
    if isinstance(form, MedicineForm):
        context["medicine_rows"] = rows_sent(request.POST)
    form.hide_missing()
    return HttpResponse(render_to_string("referrals/referrer/autosaved.html", context, request))


def _was_filled_in(draft: Draft, sent: Mapping[str, Any]) -> bool:
    """Whether the names came from the unit's earlier referral and not from the keyboard."""
    kept = typed(draft.answers, PATIENT)
    return bool(kept.get("family_name")) and not sent.get("family_name", "").strip()


@require_safe
@referrers_only
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The panel alone, as the draft stands."""
    draft = own_draft(request, pk)
    return render(request, "components/criteria_panel.html", panel_of(draft))


@require_safe
@referrers_only
def medicine_row(request: HttpRequest) -> HttpResponse:
    """One more empty row for the medicine table."""
    context = {"row": blank_row()}
    return render(request, "referrals/referrer/medicine_row.html", context)
