"""A draft read as a whole: what its form must know, what is missing, how it would be judged."""

import datetime as dt
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from admission.criteria import Facts, Finding
from admission.judging import judge, not_met
from admission.rules import Rules
from admission.versions import in_force
from casework.refusals import Refused
from patients.identity import InvalidIdentifier, read_identifier
from referrals.answers import (
    Problem,
    facts_of,
    fields_changed,
    problems,
    setting_of,
    written_answer,
)
from referrals.answers.reading import typed
from referrals.forms import PATIENT, Setting, StepForm
from referrals.forms.answer import AnswerForm
from referrals.models import Draft, Question, Referral


def day_of(draft: Draft) -> dt.date:
    """The day it is judged as of: a referral that is completed was received when it first came."""
    return draft.completes.received_on if draft.completes else timezone.localdate()


def setting_for(draft: Draft) -> Setting:
    """What the draft's forms must know, with what the centre has asked about."""
    more = {}
    question = open_question(draft.completes) if draft.completes else None
    if question:
        more = {"asked": frozenset(question.fields), "question": question.text}
    settled = draft.completes is not None
    return setting_of(draft.answers, draft.unit, day_of(draft), number_is_settled=settled, **more)


def rules_for(draft: Draft) -> Rules:
    """The rules that judge it: those in force on the day it is received."""
    return in_force(day_of(draft))


def facts_in(draft: Draft) -> Facts:
    return facts_of(draft.answers, draft.unit, day_of(draft))


def problems_in(draft: Draft) -> list[Problem]:
    """What must be answered or corrected before the draft can be sent."""
    return problems(draft.answers, draft.unit, day_of(draft))


def unmet_in(draft: Draft) -> tuple[Finding, ...]:
    """The criteria that speak against receiving the patient."""
    return not_met(judge(facts_in(draft), rules_for(draft)))


def open_question(referral: Referral) -> Question | None:
    """What the centre has asked and nobody has answered."""
    question: Question | None = referral.questions.filter(
        answered_at=None, recalled_at=None
    ).first()
    return question


def already_here(draft: Draft) -> "QuerySet[Referral]":
    """The unit's own referrals of the patient that are open, or whose pathway is.

    Never another unit's: that a patient is known elsewhere is no business of this unit.
    """
    try:
        number = read_identifier(str(typed(draft.answers, PATIENT).get("number", ""))).number
    except InvalidIdentifier:
        return Referral.objects.none()
    is_going_on = Q(closed_at=None) | Q(pathway__isnull=False, pathway__closed_at=None)
    theirs = Referral.objects.filter(is_going_on, unit=draft.unit, patient__number=number)
    found: QuerySet[Referral] = theirs.exclude(pk=draft.completes_id).select_related("pathway")
    return found.order_by("-received_at", "-pk")


def sent_last(referral: Referral) -> dict[str, Any]:
    """The answers of the referral as they were sent last."""
    return dict(referral.judgement.submission.answers) if referral.judgement else {}


def answer_form(draft: Draft) -> StepForm:
    """The answer to the centre's question in words, as far as it is written."""
    form = AnswerForm(draft.answers.get(AnswerForm.step, {}), setting_for(draft))
    form.full_clean()
    return form


def check_says_something(draft: Draft) -> None:
    """Raises Refused when an answer to the centre's question changes, attaches and says nothing."""
    if draft.completes is None:
        return
    if too_long := answer_form(draft).errors.get("answer"):
        raise Refused(str(too_long[0]))
    before = sent_last(draft.completes)
    changed = fields_changed(before, draft.answers) or draft.attachments.exists()
    if not changed and not written_answer(draft.answers):
        raise Refused(
            _("Skriv jeres svar, ret det, centret spørger om, eller vedhæft det: intet er ændret.")
        )
