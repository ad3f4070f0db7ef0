"""What stands in the way of sending: answers that are missing, and what cannot be read."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from admission.judging import in_question, judge
from admission.routing import propose
from admission.versions import in_force
from referrals.answers.questions import field_anchor
from referrals.answers.reading import Answers, facts_of, read, setting_of
from referrals.forms import StepForm
from referrals.forms.base import REQUIRED
from staff.models import ReferringUnit


@dataclass(frozen=True, slots=True)
class Problem:
    """One field to go back to, with the sentence that stands at it."""

    step: str
    field: str
    label: str
    sentence: str
    is_missing: bool

    @property
    def anchor(self) -> str:
        return field_anchor(self.step, self.field)


def problems(answers: Answers, unit: ReferringUnit, today: dt.date) -> list[Problem]:
    """What must be answered or corrected before the referral can be sent, in the form's order."""
    forms = read(answers, setting_of(answers, unit, today))
    return [problem for form in forms.values() for problem in _of(form)]


def _of(form: StepForm) -> Iterator[Problem]:
    errors = form.errors.as_data()
    for name in form.fields:
        for error in errors.get(name, []):
            yield Problem(
                step=form.step,
                field=name,
                label=form.name_of(name),
                sentence=" ".join(error.messages),
                is_missing=error.code == REQUIRED,
            )


def open_questions(answers: Answers, unit: ReferringUnit, today: dt.date) -> list[str]:
    """What the criteria still ask when the required is answered; it does not hinder sending."""
    facts, rules = facts_of(answers, unit, today), in_force(today)
    asked = [finding.question for finding in in_question(judge(facts, rules))]
    asked += propose(facts, rules).questions
    return list(dict.fromkeys(map(str, asked)))
