"""Where each fact came from, in words: the number, the medicine list, or a field of the form."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from stdnum.dk import cpr

from referrals.answers.questions import field_label, question_links
from referrals.answers.reading import typed

Sources = Mapping[str, str]


def sources_of(answers: Mapping[str, Any]) -> Sources:
    """The source of every fact that can be told, in the active language."""
    fields = {fact: _field(*link) for fact, link in question_links().items()}
    return {**fields, **_not_from_a_field(answers)}


def _field(step: str, field: str) -> str:
    return _("feltet »%(label)s«") % {"label": field_label(f"{step}.{field}")}


def _not_from_a_field(answers: Mapping[str, Any]) -> Sources:
    number = str(typed(answers, "patient").get("number", ""))
    by_number = {"birth_date": _("CPR-nummeret")} if cpr.is_valid(number) else {}
    return {
        **by_number,
        "received_on": _("modtagelsen"),
        "from_hospital": _("den henvisende enhed"),
        "born_by_number": _("erstatningsnummeret"),
        "listed": _("medicinlisten"),
    }
