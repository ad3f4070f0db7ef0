"""Where each fact is asked, and what each field is called."""

from collections.abc import Mapping
from functools import cache

from referrals.forms import FORMS, WRITTEN, StepForm, anchor
from referrals.forms.medicine import COLUMNS

# A month, or whether the lines are read right, is not asked about on its own.
ASKED_WITH_ANOTHER = ("patient.number", "pain.since_month", "medicine.confirmed")
# What fields that are no longer there were called by: the centre may have asked about them.
RENAMED = {f"medicine.{name}": "medicine.line" for name in COLUMNS}


@cache
def question_links() -> Mapping[str, tuple[str, str]]:
    """The step and field that answer each fact that somebody is asked for."""
    return {
        fact: (form.step, field) for form in FORMS.values() for fact, field in form.asks_for.items()
    }


def question_link(fact: str) -> tuple[str, str] | None:
    """The step and field that answer a fact; None for a fact that nobody is asked for."""
    return question_links().get(fact)


def field_anchor(step: str, field: str) -> str:
    """The id that a link to the field ends with."""
    form = FORMS[step]
    if (step, field) == ("medicine", "line"):
        return "id_line_0"
    return anchor(field, form.base_fields[field])


def field_label(name: str) -> str:
    """What the form calls a field named ``step.field``; the name itself for one it has lost."""
    step, _dot, field = RENAMED.get(name, name).partition(".")
    form = FORMS.get(step)
    return form.name_of(field) if form and field in form.base_fields else name


def field_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What the centre may ask about, by step: ``("Smerten", [("pain.where", "Hvor …")])``."""
    return [(str(step.label), _askable(step.form)) for step in WRITTEN if step.form]


def _askable(form: type[StepForm]) -> list[tuple[str, str]]:
    named = ((f"{form.step}.{name}", form.name_of(name)) for name in form.base_fields)
    return [pair for pair in named if pair[0] not in ASKED_WITH_ANOTHER]
