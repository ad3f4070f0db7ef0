"""The form that asks the referrer what is missing, prepared from what the criteria cannot see."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.judging import in_question
from letters.models import Letter
from letters.previews import Preview, preview
from referrals import letters, proposals
from referrals.answers import field_choices, question_link
from referrals.clocks import answer_by
from referrals.enrolment import names_somebody_else
from referrals.forms.case import CaseForm, Choices, long_text
from referrals.models import Referral
from referrals.models.decision import QUESTION_LENGTH
from referrals.posting import letter_to_unit

LISTS = ("fields_missing", "fields_other")
NAMES = ("patient.given_names", "patient.family_name")


class AskForm(CaseForm):
    """What is missing, and which fields of the referral it stands in."""

    redrawn_part = "#letter"
    redrawn_on = "input changed delay:400ms, change"
    text = long_text(
        gettext_lazy("Hvad mangler, og hvad skal det bruges til?"),
        rows=6,
        max_length=QUESTION_LENGTH,
        error_messages={"required": gettext_lazy("Skriv, hvad der mangler.")},
    )
    fields_missing = forms.MultipleChoiceField(
        label=gettext_lazy("Felter, der mangler svar"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    fields_other = forms.MultipleChoiceField(
        label=gettext_lazy("Andre felter"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def fit(self) -> None:
        missing = asked_first(self.referral)
        names = dict(askable_fields())
        chosen = [(name, names[name]) for name in missing if name in names]
        others = [pair for pair in askable_fields() if pair[0] not in missing]
        self._offer("fields_missing", chosen)
        self._offer("fields_other", others)
        if not self.is_bound and "text" not in self.initial:
            self.initial["text"] = first_question(self.referral)
            self.initial["fields_missing"] = missing

    def redrawing(self) -> Collection[str]:
        return ("text", *LISTS)

    def preview(self) -> str:
        """The letter as it would be sent now."""
        return letters.signed(self._text(), self.user)

    def previews(self) -> list[Preview]:
        """The same letter as a picture."""
        drawn = letter_to_unit(
            self.referral, Letter.Kind.QUESTION, letters.QUESTION, self._text(), self.user
        )
        return [preview(drawn, _("Se brevet, som det sendes"))]

    def _text(self) -> str:
        asked = [field for name in LISTS for field in self._listed(name)]
        text, due_on = str(self["text"].value() or ""), answer_by(self.referral)
        return letters.question(self.referral, text, asked, due_on)

    def _listed(self, name: str) -> list[str]:
        return list(self[name].value() or []) if name in self.fields else []

    def _offer(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not choices:
            del self.fields[name]

    def effect(self) -> str:
        return _(
            "Henviser får spørgsmålet i portalen og en e-mail om, at der er nyt. Henvisningen "
            "venter hos henviser, til der er svaret."
        )

    def words(self) -> dict[str, Any]:
        answers = self.cleaned_data
        fields = [field for name in LISTS for field in answers.get(name, [])]
        return {"version": answers["version"], "text": answers["text"], "fields": fields}


def askable_fields() -> Choices:
    """Every field the referrer can be asked about, under the name of its step."""
    return [
        (name, f"{step}: {label}") for step, fields in field_choices() for name, label in fields
    ]


def asked_first(referral: Referral) -> list[str]:
    """The fields asked about unless somebody chooses others: the name's when it is another's."""
    return [*(NAMES if names_somebody_else(referral) else ()), *missing_fields(referral)]


def missing_fields(referral: Referral) -> list[str]:
    """The fields whose answers the criteria and the routing miss, as ``step.field``."""
    unclear = in_question(proposals.findings(referral))
    facts = [fact for finding in unclear for fact in finding.asks]
    routing = proposals.routing(referral)
    links = map(question_link, [*facts, *routing.missing, *routing.asks])
    return list(dict.fromkeys(f"{link[0]}.{link[1]}" for link in links if link))


def first_question(referral: Referral) -> str:
    """What the criteria ask, as the beginning of the question; whose number it is comes first."""
    asked = [finding.question for finding in in_question(proposals.findings(referral))]
    asked += proposals.routing(referral).questions
    whose = [letters.WHOSE_NUMBER] if names_somebody_else(referral) else []
    return "\n".join(map(str, [*whose, *asked]))[:QUESTION_LENGTH]
