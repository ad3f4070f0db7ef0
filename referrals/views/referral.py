"""One referral on one page: what the referrer wrote, what the criteria found, what happened."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.moments import day_and_time
from casework.refusals import Refused
from correspondence.models import Message
from correspondence.openings import seen_words
from correspondence.replacing import may_replace
from pathways.models import Pathway
from pathways.opening import check_can_open
from pathways.safety import safety_flags
from pathways.team import Plan
from patients import access
from patients.models import Wish
from referrals.answers import Section, interpreter_not_told, sections, written_name
from referrals.clocks import clocks_of
from referrals.enrolment import is_named_otherwise
from referrals.history import entries_of
from referrals.judging import discharge_limit
from referrals.lifecycle import Status
from referrals.medicine import as_sent
from referrals.models import Attachment, Decision, Question, Referral
from referrals.posting import about
from referrals.previews import previews, words_to_unit
from referrals.proposals import decided_plan, latest, proposed_plan
from referrals.signing import proposed_decision
from referrals.views.answered import answered
from referrals.views.judged import judged
from referrals.views.presenting import (
    buttons,
    one_click,
    people,
    proposal_line,
    taking,
    whose_turn,
)
from staff.models import User
from staff.permissions import Permission

# The question first, who the patient is last: that stands at the top of the page already.
ORDER = ("question", "pain", "workup", "medicine", "complicating", "patient")


@permission_required(Permission.VIEW_REFERRALS, raise_exception=True)
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of one referral; opening it is recorded."""
    return referral_page(request, visible_referral(request, pk))


def visible_referral(request: HttpRequest, pk: int) -> Referral:
    """The referral with what its page needs; 404 for those who may not see it."""
    assert isinstance(request.user, User)
    joined = ("patient", "unit", "referrer", "owner", "judgement__submission", "pathway")
    found: Referral = get_object_or_404(
        Referral.objects.visible_to(request.user).select_related(*joined), pk=pk
    )
    return found


def referral_page(
    request: HttpRequest, found: Referral, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page, also as the answer to an action that was refused."""
    user = request.user
    assert isinstance(user, User)
    access.record(user, found.patient, access.purpose_at_referral(user), "henvisning")
    context = {"referral": found, "refusal": refusal, "crumbs": _crumbs()}
    parts = (_written(found), _judged(found, user), _happened(found, user))
    for part in parts:
        context |= part
    return render(request, "referrals/triage/referral.html", context, status=status)


def _crumbs() -> list[dict[str, str]]:
    return [{"label": _("Visitation"), "url": reverse("referrals:queue")}]


def _written(found: Referral) -> dict[str, Any]:
    """What the referrer wrote, with the fields marked that the centre has asked about."""
    asking = Question.objects.select_related("referral", "answer__draft", "asked_by")
    question = asking.filter(referral=found, recalled_at=None).last()
    asked = question.fields if question and not question.answered_at else []
    submission, limit = latest(found).submission, discharge_limit(latest(found))
    return {
        "sections": in_order(
            sections(submission.answers, asked, found.received_on, as_sent(submission), limit)
        ),
        "despite": submission.despite,
        "question": question,
        "answered": answered(question),
        "interpreter_not_told": interpreter_not_told(submission.answers),
        "attachments": Attachment.objects.filter(draft__submission__referral=found),
    }


def in_order(written: list[Section]) -> list[Section]:
    """The sections that say something, in the order in which one decides."""
    by_step = {section.step: section for section in written}
    return [by_step[step] for step in ORDER if step in by_step and by_step[step].rows]


def _judged(found: Referral, user: User) -> dict[str, Any]:
    waiting = proposed_decision(found)
    signer = user if user.has_perm(Permission.SIGN) else None
    plan = _plan(found, waiting)
    actions = buttons(user, found, plan)
    signed = found.decisions.exclude(signed_at=None).select_related("signed_by", "proposed_by")
    decision = signed.first()
    return {
        **judged(found, decision or waiting),
        "people": list(people(plan)) if plan else [],
        "proposal_line": proposal_line(found, plan) if found.status == Status.RECEIVED else "",
        "actions": actions,
        "one_click": one_click(actions),
        "taking": taking(user, found),
        "whose_turn": whose_turn(found),
        "proposed": waiting,
        "proposed_letter": words_to_unit(waiting, signer) if waiting else "",
        "previews": list(previews(waiting, signer)) if waiting and signer else [],
        "decision": decision,
        "wanted_elsewhere": _wanted_elsewhere(found) if found.is_open else "",
        "in_pathway": _in_pathway(found) if found.is_open else "",
        "returned": found.decisions.exclude(returned_at=None).last() if found.is_open else None,
    }


def _in_pathway(found: Referral) -> str:
    """That the patient is in a pathway already, as a sentence; empty when not."""
    try:
        check_can_open(found.patient)
    except Refused as refused:
        return refused.sentence
    return ""


def _wanted_elsewhere(found: Referral) -> str:
    """That the patient has asked for another hospital since the referral came; empty when not."""
    wishes = Wish.objects.filter(patient=found.patient_id, at__gte=found.received_at)
    wish = wishes.filter(kind=Wish.Kind.FREE_CHOICE).first()
    if wish is None:
        return ""
    said = f"{wish.sentence}: »{wish.words}«" if wish.words else wish.sentence
    return f"{said} ({day_and_time(wish.at)}, {wish.by_name})"


def _plan(found: Referral, waiting: Decision | None) -> Plan | None:
    """The plan that waits for a signature, else today's proposal."""
    if waiting and waiting.kind == Decision.Kind.ACCEPT:
        return decided_plan(waiting)
    return proposed_plan(found) if found.status == Status.RECEIVED else None


def _happened(found: Referral, user: User) -> dict[str, Any]:
    patient = found.patient
    others = Referral.objects.visible_to(user).filter(patient=patient).exclude(pk=found.pk)
    pathways = Pathway.objects.visible_to(user).filter(patient=patient)
    sent = Message.objects.about(about(found)).exclude(kind=Message.Kind.NOTICE).with_letters()
    may_triage = user.has_perm(Permission.TRIAGE)
    return {
        "clocks": clocks_of(found),
        "wish_url": reverse("referrals:patients_wish", args=[found.pk]) if may_triage else "",
        "history": entries_of(found),
        "earlier": list(others.order_by("-received_at")),
        "pathways": list(pathways.select_related("responsible").order_by("-opened_at")),
        "letters": [
            (one, seen_words(one), may_replace(user, one.letter))
            for one in sent.select_related("opening__by")
        ],
        "flags": list(_flags(found)),
    }


def _flags(found: Referral) -> Iterator[dict[str, str]]:
    answers = latest(found).submission.answers
    if is_named_otherwise(found.patient, answers.get("patient", {})):
        words = {"name": written_name(answers)}
        label = _("Henviser skriver et andet navn: %(name)s. Er CPR-nummeret rigtigt?") % words
        yield {"label": label, "tone": "overdue"}
    yield from safety_flags(found.patient)
