"""What says something else than it did the last time the referral was sent."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from referrals.answers.questions import field_label
from referrals.answers.reading import Answers, read, typed
from referrals.forms import FORMS, REVIEW, Setting, StepForm

# A field that stands with another one is told under that one's name.
STANDS_WITH: Final[Mapping[str, str]] = {
    "pain.since_month": "pain.since_year",
    "medicine.confirmed": "medicine.line",
}


@dataclass(frozen=True, slots=True)
class ChangedAnswer:
    """A field that was answered otherwise, in the words a person reads; a dash for nothing."""

    name: str
    before: str
    after: str


def written_answer(answers: Answers) -> str:
    """What the referrer answers the centre's question in their own words; empty for none."""
    return str(typed(answers, REVIEW).get("answer") or "").strip()


def fields_changed(before: Answers, after: Answers) -> list[str]:
    """What the fields are called that were answered otherwise, in the form's order, each once."""
    names = [name for form in FORMS.values() for name in _changed(form, before, after)]
    return list(dict.fromkeys(field_label(STANDS_WITH.get(name, name)) for name in names))


def answers_changed(before: Answers, after: Answers, on: dt.date) -> list[ChangedAnswer]:
    """The same fields with what they said and say, read as of the day ``on``, each line once."""
    setting = Setting(today=on)
    old, new = read(before, setting), read(after, setting)
    changed = (
        each
        for step, form in FORMS.items()
        for each in _told(_changed(form, before, after), old[step], new[step])
    )
    return list(dict.fromkeys(changed))


def _told(names: list[str], old: StepForm, new: StepForm) -> Iterator[ChangedAnswer]:
    for name in names:
        values = _value(old, name), _value(new, name)
        yield ChangedAnswer(field_label(STANDS_WITH.get(name, name)), *values)


def _value(form: StepForm, name: str) -> str:
    """The line that shows the field, with what stands beside it there."""
    field = name.partition(".")[2]
    return next((line.value for line in form.summary() if field in line.fields), "") or "–"


def _changed(form: type[StepForm], before: Answers, after: Answers) -> list[str]:
    old, new = typed(before, form.step), typed(after, form.step)
    return [
        f"{form.step}.{name}" for name in form.base_fields if _said(old, name) != _said(new, name)
    ]


def _said(answers: Mapping[str, Any], name: str) -> Any:
    """What was typed; nothing is the same whether a field was empty or not there."""
    return answers.get(name) or None
