"""The patient's medicine as rows, and what the patient cannot take."""

from dataclasses import astuple, dataclass
from itertools import zip_longest
from typing import Any, ClassVar, Final
from uuid import uuid4

from crispy_forms.layout import HTML, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from patients.models import NO_ALLERGIES
from referrals.forms.base import Line, StepForm
from referrals.forms.fields import line

BLANK_ROWS: Final = 3
MOST_ROWS: Final = 60


COLUMNS: Final = ("drug", "strength", "how_often")


@dataclass(frozen=True, slots=True)
class Drug:
    """One row: what is taken, how strong, how often."""

    drug: str = ""
    strength: str = ""
    how_often: str = ""

    @property
    def words(self) -> str:
        return ", ".join(part for part in astuple(self) if part)


@dataclass(frozen=True, slots=True)
class MedicineRow:
    """A row as it is shown; `key` makes the ids of its fields unique on the page."""

    key: str
    typed: Drug


class Column(forms.MultipleChoiceField):
    """One column of the rows: the field is posted once per row."""

    widget = forms.MultipleHiddenInput

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False)

    def validate(self, value: list[str]) -> None:
        if any(len(text) > 200 for text in value):
            raise ValidationError(_("Skriv højst 200 tegn i hvert felt."), code="invalid")


class MedicineForm(StepForm):
    """Step 5. Empty rows are ignored; nothing here decides, so nothing is required."""

    step = "medicine"
    asks_for: ClassVar = {}

    known_as: ClassVar = {"drug": _("Medicin")}

    drug = Column(_("Præparat"))
    strength = Column(_("Styrke"))
    how_often = Column(_("Hvor ofte"))
    allergies = line(_("Allergier og andet cave"), max_length=300)
    no_allergies = forms.BooleanField(label=_("Ingen kendte allergier"), required=False)

    def parts(self) -> list[Any]:
        return [
            Fieldset(_("Medicin"), HTML('{% include "referrals/referrer/medicine_rows.html" %}')),
            Fieldset(_("Allergier"), "no_allergies", "allergies"),
        ]

    def summary(self) -> list[Line]:
        drugs = "\n".join(drug.words for drug in self.typed_drugs())
        none_known = gettext("Ingen kendte") if self.cleaned_data.get("no_allergies") else ""
        allergies = " ".join(filter(None, [none_known, self.shown("allergies")]))
        return [
            Line(gettext("Medicin"), drugs, COLUMNS),
            Line(gettext("Allergier og cave"), allergies, ("allergies", "no_allergies")),
        ]

    def allergies_known(self) -> str:
        """What is told about allergies; empty when nothing is."""
        if self.cleaned_data.get("no_allergies") and not self.cleaned_data.get("allergies"):
            return NO_ALLERGIES
        return str(self.cleaned_data.get("allergies") or "")

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        if answers.get("no_allergies") and answers.get("allergies"):
            self.wrong("allergies", _("Fjern enten teksten eller fluebenet: de siger hver sit."))
        if any(not drug.drug for drug in self.typed_drugs()):
            self.wrong("drug", _("Skriv præparatets navn i hver række, der er udfyldt."))
        return answers

    def typed_drugs(self) -> list[Drug]:
        """The rows in which something was typed."""
        typed: Any = self.data
        columns = [[text.strip() for text in typed.getlist(name)] for name in COLUMNS]
        rows = (Drug(*texts) for texts in zip_longest(*columns, fillvalue=""))
        return [row for row in rows if any(astuple(row))][:MOST_ROWS]

    def shown_rows(self) -> list[MedicineRow]:
        """The rows typed so far, and three blank ones to go on with."""
        typed = self.typed_drugs() if self.is_bound else []
        shown = [*typed, *[Drug()] * BLANK_ROWS]
        return [MedicineRow(str(place), row) for place, row in enumerate(shown)]


def blank_row() -> MedicineRow:
    """A row to be added to a page that has some already."""
    return MedicineRow(uuid4().hex[:8], Drug())
