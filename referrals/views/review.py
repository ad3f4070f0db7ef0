"""The last step: everything that was written, what is missing, and the button that sends it."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.refusals import Refused
from referrals import intake
from referrals.answers import Problem, Section, open_questions, sections, setting_of
from referrals.drafts import answer_form, day_of, open_question, problems_in, unmet_in
from referrals.forms import ATTACHMENTS, BY_NAME, REVIEW, TYPED, before
from referrals.models import Draft, Referral
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


def review_page(
    request: HttpRequest,
    draft: Draft,
    steps: list[dict[str, Any]],
    *,
    refusal: str = "",
    despite: str = "",
) -> HttpResponse:
    """Everything on one page; after a refusal with its sentence and the words as typed."""
    problems = problems_in(draft)
    question = open_question(draft.completes) if draft.completes else None
    context = {
        "draft": draft,
        "step": BY_NAME[REVIEW],
        "steps": steps,
        "refusal": refusal,
        "despite": despite,
        "question": question,
        "already": already(draft),
        "drawn": drawn(draft, REVIEW),
        "answer_form": answer_form(draft) if question else None,
        "sections": [_linked(draft, each) for each in _written(draft, question)],
        "attachments": draft.attachments.all(),
        "attachments_url": step_url(draft, ATTACHMENTS),
        "problems": [_to(draft, problem) for problem in problems],
        "unmet": unmet_in(draft),
        "open_questions": []
        if problems
        else open_questions(draft.answers, draft.unit, day_of(draft)),
        "back": before(REVIEW),
        "saved_at": draft.saved_at,
        **panel_of(draft),
    }
    status = 409 if refusal else 200
    return render(request, "referrals/referrer/review.html", context, status=status)


def _written(draft: Draft, question: Any) -> list[Section]:
    asked = question.fields if question else ()
    day = day_of(draft)
    limit = setting_of(draft.answers, draft.unit, day).discharge_limit
    return sections(draft.answers, asked, day, discharge_limit=limit)


def _linked(draft: Draft, section: Section) -> dict[str, Any]:
    written = {"step": section.step, "title": section.title, "rows": section.rows}
    return {**written, "url": step_url(draft, section.step)}


def _to(draft: Draft, problem: Problem) -> Mapping[str, str]:
    """The problem as a link; ``check`` makes the step say what is missing."""
    url = f"{step_url(draft, problem.step)}?check=1#{problem.anchor}"
    return {"label": problem.label, "sentence": problem.sentence, "url": url}


@require_http_methods(["GET", "HEAD", "POST"])
@referrers_only
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the draft; a second time leads to the same referral."""
    draft = own_draft(request, pk)
    if request.method != "POST":
        return redirect("referrals:step", pk, REVIEW)
    despite = request.POST.get("despite", "")
    try:
        referral = intake.submit(who(request), pk, despite, request.POST)
    except Refused as refused:
        draft = _as_typed(request, pk)
        steps = steps_of(draft, REVIEW)
        return review_page(request, draft, steps, refusal=str(refused), despite=despite)
    if not draft.sent_at:
        messages.success(request, _told(draft, referral))
    return redirect("referrals:sent", referral.pk)


def _as_typed(request: HttpRequest, pk: int) -> Draft:
    """The draft with what stood on the page that was refused."""
    draft = own_draft(request, pk)
    draft.answers = {**draft.answers, REVIEW: TYPED[REVIEW].pick(request.POST)}
    return draft


def _told(draft: Draft, referral: Referral) -> str:
    if draft.completes_id:
        return _("Svaret på centrets spørgsmål er sendt.")
    sent = _("Henvisning %(reference)s er sendt. Kvitteringen står nedenfor.")
    return sent % {"reference": referral.reference}
