"""Which fields say something else than they did the last time the referral was sent."""

from collections.abc import Mapping
from typing import Any, Final

from referrals.answers.questions import field_label
from referrals.answers.reading import Answers, typed
from referrals.forms import FORMS, StepForm

# A field that stands with another one is told under that one's name.
STANDS_WITH: Final[Mapping[str, str]] = {
    "pain.since_month": "pain.since_year",
    "medicine.confirmed": "medicine.line",
}


def fields_changed(before: Answers, after: Answers) -> list[str]:
    """What the fields are called that were answered otherwise, in the form's order, each once."""
    names = [name for form in FORMS.values() for name in _changed(form, before, after)]
    return list(dict.fromkeys(field_label(STANDS_WITH.get(name, name)) for name in names))


def _changed(form: type[StepForm], before: Answers, after: Answers) -> list[str]:
    old, new = typed(before, form.step), typed(after, form.step)
    return [
        f"{form.step}.{name}" for name in form.base_fields if _said(old, name) != _said(new, name)
    ]


def _said(answers: Mapping[str, Any], name: str) -> Any:
    """What was typed; nothing is the same whether a field was empty or not there."""
    return answers.get(name) or None
