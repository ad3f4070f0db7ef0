"""My practice's referrals: where each stands, what the centre answered, and what can be done."""

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casework.forms import number_sent
from casework.paging import keyset_page
from casework.refusals import Refused
from correspondence.models import Message
from pathways.lifecycle import Status as PathwayStatus
from referrals import intake
from referrals.answers import (
    Section,
    interpreter_not_told,
    sections,
    written_interpreter,
    written_name,
)
from referrals.attachments import sent_with
from referrals.drafts import open_question
from referrals.judging import discharge_limit
from referrals.lifecycle import REFERRAL, Status
from referrals.medicine import as_sent
from referrals.models import Referral
from referrals.views.common import referrers_only, step_url, who
from referrals.views.drafts import unsent
from referrals.views.judged import judged
from referrals.views.letters import Unread, shown_letters, unread
from referrals.views.standing import TURNS, history, standing

PAGE = 50


@require_safe
@referrers_only
def mine(request: HttpRequest) -> HttpResponse:
    """The unit's referrals, newest first, with those that wait for the unit on top."""
    user = who(request)
    joined = ("referrer", "pathway", "judgement__submission")
    ours = Referral.objects.visible_to(user).select_related(*joined)
    page = keyset_page(
        ours, ("received_at", "pk"), request.GET.get("p", ""), PAGE, newest_first=True
    )
    to_read = unread(user)
    page.rows[:] = _rows(page.rows, to_read)
    asked = ours.filter(status=Status.AWAITING_REFERRER).order_by("due_on", "pk")
    context = {
        "page": page,
        "asked": _rows(asked[:PAGE], to_read),
        "unread": [one for one in to_read if one.message.kind != Message.Kind.QUESTION],
        "counts": _counts(user, ours),
    }
    return render(request, "referrals/referrer/mine.html", context)


def _rows(referrals: Iterable[Referral], to_read: Iterable[Unread]) -> list[dict[str, Any]]:
    """What the list shows of each, marked where a letter about it waits to be opened."""
    marked = {one.referral.pk for one in to_read}
    return [{**_row(referral), "unread": referral.pk in marked} for referral in referrals]


def _row(referral: Referral) -> dict[str, Any]:
    answers = referral.judgement.submission.answers if referral.judgement else {}
    return {
        "referral": referral,
        "name": written_name(answers),
        "interpreter": written_interpreter(answers),
        "interpreter_not_told": interpreter_not_told(answers),
        "standing": standing(referral),
        "turn": TURNS.get(REFERRAL[referral.status].turn, ""),
        "waits": referral.status != Status.AWAITING_REFERRER,
        "first_visit_by": _first_visit_by(referral),
    }


def _first_visit_by(referral: Referral) -> dt.date | None:
    """Told until the first visit has been."""
    pathway = referral.pathway
    waiting = pathway and pathway.status == PathwayStatus.WAITING
    return pathway.first_visit_by if pathway and waiting else None


def _counts(user: Any, ours: Any) -> list[dict[str, str]]:
    still_open, drafts = ours.still_open().count(), unsent(user).count()
    return [
        {"label": ngettext("%(n)d åben", "%(n)d åbne", still_open) % {"n": still_open}},
        {
            "label": ngettext("%(n)d kladde", "%(n)d kladder", drafts) % {"n": drafts},
            "url": reverse("referrals:drafts"),
        },
    ]


@require_safe
@referrers_only
def sent(request: HttpRequest, pk: int) -> HttpResponse:
    """One referral as its referrer sees it."""
    return sent_page(request, own_referral(request, pk))


def own_referral(request: HttpRequest, pk: int) -> Referral:
    """A referral of the person's unit, else 404."""
    ours = Referral.objects.visible_to(who(request))
    joined = ("patient", "unit", "pathway", "judgement__submission")
    referral: Referral = get_object_or_404(ours.select_related(*joined), pk=pk)
    return referral


def sent_page(request: HttpRequest, referral: Referral, refusal: str = "") -> HttpResponse:
    """The page, also as the answer to what was refused."""
    submission = referral.judgement.submission if referral.judgement else None
    question = open_question(referral)
    context = {
        **_row(referral),
        "refusal": refusal,
        "question": question,
        "entries": list(history(referral)),
        "letters": shown_letters(who(request), referral, asks=question is not None),
        "judged": judged(referral, None) if referral.judgement else None,
        "sections": _written(referral, question.fields if question else ()),
        "despite": submission.despite if submission else "",
        "attachments": sent_with(referral),
        "can_withdraw": referral.is_open,
        "crumbs": [{"label": _("Min praksis' henvisninger"), "url": reverse("referrals:mine")}],
    }
    return render(request, "referrals/referrer/sent.html", context, status=409 if refusal else 200)


def _written(referral: Referral, asked: Collection[str]) -> list[Section]:
    if referral.judgement is None:
        return []
    sent, limit = referral.judgement.submission, discharge_limit(referral.judgement)
    return sections(sent.answers, asked, referral.received_on, as_sent(sent), limit)


@require_POST
@referrers_only
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin, or go on with, the answer to the centre's question: at the first field asked about."""
    referral = own_referral(request, pk)
    try:
        draft = intake.begin_answer(who(request), pk)
    except Refused as refused:
        return sent_page(request, referral, refusal=str(refused))
    question = open_question(referral)
    asked = (
        question.fields[0].partition(".") if question and question.fields else ("review", "", "")
    )
    return redirect(step_url(draft, asked[0]))


@require_http_methods(["GET", "HEAD", "POST"])
@referrers_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """A small form that says what will happen, and what follows from it."""
    referral = own_referral(request, pk)
    context: dict[str, Any] = {"referral": referral, "version": referral.version}
    if request.method != "POST":
        return render(request, "referrals/referrer/withdraw.html", context)
    why = request.POST.get("why", "")
    try:
        intake.withdraw(who(request), pk, number_sent(request, "version"), why)
    except Refused as refused:
        context |= {"refusal": str(refused), "why": why}
        return render(request, "referrals/referrer/withdraw.html", context, status=409)
    messages.success(request, _("Henvisningen er trukket tilbage."))
    return redirect("referrals:sent", pk)
