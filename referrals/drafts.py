"""A draft read as a whole: what its form must know, what is missing, how it would be judged."""

import datetime as dt

from django.utils import timezone

from admission.criteria import Facts, Finding
from admission.judging import judge, not_met
from admission.rules import Rules
from admission.versions import in_force
from referrals.answers import Problem, facts_of, problems, setting_of
from referrals.forms import Setting
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
