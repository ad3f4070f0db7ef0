"""Reading answers as they were typed: what is valid becomes facts, the rest stays unanswered."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

from admission.criteria import CRITERIA, Facts, Question
from admission.judging import asked
from admission.pleas import COMPLICATIONS
from admission.rules import Rules
from admission.subacute import is_subacute, limit_in_question
from admission.versions import in_force
from referrals.answers.questions import question_link, question_links
from referrals.forms import FORMS, Setting, StepForm
from referrals.forms.fields import UNKNOWN
from staff.models import ReferringUnit

Answers = Mapping[str, Any]

# Advice is given in writing: what decides who is received, and where, need not be known.
NEEDED_FOR_ADVICE: Final = frozenset({"birth_date", "question", "diagnosis", "diagnosis_text"})


def read(answers: Answers, setting: Setting) -> dict[str, StepForm]:
    """Every written step's form, filled with what was typed and validated."""
    forms = {name: form(typed(answers, name), setting) for name, form in FORMS.items()}
    for form in forms.values():
        form.full_clean()
    return forms


def typed(answers: Answers, step: str) -> dict[str, Any]:
    """What was typed in a step; nothing for a step that nobody has been at."""
    found = answers.get(step)
    return dict(found) if isinstance(found, Mapping) else {}


def not_known(answers: Answers) -> set[str]:
    """The facts that the referrer says they do not know, which is more than not to answer."""
    links = question_links().items()
    return {fact for fact, (step, name) in links if typed(answers, step).get(name) == UNKNOWN}


def facts_of(answers: Answers, unit: ReferringUnit, received_on: dt.date) -> Facts:
    """The facts that the valid answers give, for a referral received on a local day."""
    setting = Setting(today=received_on, from_hospital=unit.is_hospital)
    known: dict[str, Any] = {}
    for form in read(answers, setting).values():
        known |= form.facts()
    return Facts(received_on=received_on, from_hospital=unit.is_hospital, **known)


def setting_of(answers: Answers, unit: ReferringUnit, today: dt.date, **more: Any) -> Setting:
    """What the steps' forms must know in this referral, so that only what decides is required."""
    facts, rules = facts_of(answers, unit, today), in_force(today)
    return Setting(
        today=today,
        from_hospital=unit.is_hospital,
        spared=frozenset(spared(facts, rules)),
        discharge_limit=limit_in_question(facts, rules),
        dose_is_stated=facts.morphine_mg_at_discharge is not None,
        **more,
    )


def spared(facts: Facts, rules: Rules) -> set[str]:
    """The fields, as ``step.field``, whose answers decide nothing in this referral."""
    if facts.question == Question.ADVICE:
        return _fields_of(_deciding_facts() - NEEDED_FOR_ADVICE)
    asked_of_it = {rule.code for rule in asked(facts, rules)}
    facts_spared = _facts_of(CRITERIA.keys() - asked_of_it) - _facts_of(asked_of_it)
    if is_subacute(facts, rules) or facts.question == Question.OPTIMAL:
        facts_spared |= {item.fact for item in COMPLICATIONS}
    return _fields_of(facts_spared)


def _deciding_facts() -> set[str]:
    return _facts_of(CRITERIA) | {item.fact for item in COMPLICATIONS}


def _facts_of(codes: Iterable[str]) -> set[str]:
    return {fact for code in codes for fact in CRITERIA[code].facts}


def _fields_of(facts: Collection[str]) -> set[str]:
    links = filter(None, map(question_link, facts))
    return {f"{step}.{field}" for step, field in links}
