"""The patient's medicine, a line for each as it is written, and what the patient cannot take."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import zip_longest
from typing import Any, ClassVar, Final
from uuid import uuid4

from crispy_forms.layout import HTML, Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.facts import Facts, ListedOpioids
from admission.dose_asked import which_dose
from medication import showing
from medication.equivalents import CEILING
from medication.line import MedicineLine
from medication.reading_list import MedicationReading, read_list
from medication.unread import Unread
from patients.models import NO_ALLERGIES
from referrals.forms import fields
from referrals.forms.base import Line, StepForm, Typed

MEDICINE: Final = "medicine"
BLANK_ROWS: Final = 3
MOST_ROWS: Final = 60
LONGEST_LINE: Final = 200
# What one line was typed in before it was one field; such answers stay readable.
COLUMNS: Final = ("drug", "strength", "how_often")
ROWS: Final = '{% include "referrals/referrer/medicine_rows.html" %}'
SUM: Final = '{% include "referrals/referrer/medicine_sum.html" %}'


@dataclass(frozen=True, slots=True)
class MedicineRow:
    """A row as it is shown; `key` makes the ids of its elements unique on the page."""

    key: str
    text: str = ""
    read: showing.Row | None = None


class Lines(forms.MultipleChoiceField):
    """The field of the rows: it is posted once for each."""

    widget = forms.MultipleHiddenInput

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False)

    def validate(self, value: list[str]) -> None:
        if len(value) > MOST_ROWS:
            raise ValidationError(
                _("Skriv højst %(most)s linjer. Der står %(lines)s, og alle er bevaret."),
                code="invalid",
                params={"most": MOST_ROWS, "lines": len(value)},
            )
        if any(len(text) > LONGEST_LINE for text in value):
            raise ValidationError(_("Skriv højst 200 tegn på hver linje."), code="invalid")


class MedicineForm(StepForm):
    """Step 5. Lines are read but never required to be readable.

    ``confirmed`` holds the mark of the reading that was on the page when it was ticked: when a line
    is changed, it is read anew and the tick no longer holds. It is needed only where the opioids of
    the list decide, at a discharge.
    """

    step = MEDICINE
    asks_for: ClassVar = {"listed": "line", "takes_opioids": "no_opioids"}
    known_as: ClassVar = {"line": _("Medicin")}

    line = Lines(_("Medicin"))
    # Shown as a tick (medicine_sum.html), whose value is the mark.
    confirmed = forms.CharField(
        label=_("Linjerne er læst rigtigt"),
        required=False,
        max_length=64,
        widget=forms.HiddenInput,
    )
    no_opioids = forms.BooleanField(label=_("Patienten får ingen opioider"), required=False)
    allergies = fields.line(_("Allergier og andet cave"), max_length=300)
    no_allergies = forms.BooleanField(label=_("Ingen kendte allergier"), required=False)

    def __init__(self, typed: Typed | None, setting: Any) -> None:
        super().__init__(None if typed is None else {**typed, "line": lines_in(typed)}, setting)

    @classmethod
    def pick(cls, sent: Mapping[str, Any]) -> dict[str, str | list[str]]:
        """As typed; a list that was pasted into one row becomes a row for each line."""
        return {**super().pick(sent), "line": lines_in(sent)}

    def parts(self) -> list[Any]:
        return [
            Fieldset(_("Medicin"), HTML(ROWS), HTML(SUM)),
            Fieldset(_("Allergier"), "no_allergies", "allergies"),
        ]

    @cached_property
    def texts(self) -> list[str]:
        """The lines on which something was typed."""
        lines: list[str] = self["line"].data
        return lines

    @cached_property
    def reading(self) -> MedicationReading:
        """The list as it is read now."""
        return read_list(self.texts)

    @property
    def mark(self) -> str:
        """What the tick under the list is worth: it names this reading and no other."""
        return self.reading.mark

    @property
    def is_confirmed(self) -> bool:
        return self.cleaned_data.get("confirmed") == self.mark

    @property
    def needs_confirmation(self) -> bool:
        """Whether the dose on the list may decide whether the patient is a subacute one."""
        return self.setting.discharge_limit is not None and self.has_opioids

    @property
    def which_is_right(self) -> str:
        """The question that the contradiction gives, as the panel asks it."""
        return str(which_dose(Facts(received_on=self.setting.today, takes_opioids=False)))

    @property
    def is_at_limit(self) -> bool:
        """Whether the list comes to the very limit, which is not above it, and to no more."""
        sums = self.reading.equivalents
        may_be_more = sums.at_least or sums.as_needed_at_least or sums.as_needed
        return sums.regular == self.setting.discharge_limit and not may_be_more

    @property
    def line_question(self) -> str:
        """What the centre has asked about the list; empty when it has not."""
        return self.setting.question if "medicine.line" in self.setting.asked else ""

    def shown_sum(self) -> dict[str, Any]:
        """What the list comes to, and what to be aware of at the limit that matters here."""
        return shown_list(self.reading, self.setting.discharge_limit)

    @property
    def has_opioids(self) -> bool:
        return self.reading.equivalents.has_opioids

    @property
    def contradicts_itself(self) -> bool:
        """Whether "no opioids" is ticked beside a list with some."""
        return bool(self.cleaned_data.get("no_opioids")) and bool(opioids_named(self.reading))

    def clean(self) -> dict[str, Any]:
        answers = self.cleaned_data
        if answers.get("no_allergies") and answers.get("allergies"):
            self.wrong("allergies", _("Fjern enten teksten eller fluebenet: de siger hver sit."))
        if self.needs_confirmation and not self.is_confirmed and not answers.get("no_opioids"):
            self.missing("confirmed", _("Se efter, om linjerne er læst rigtigt, og sæt flueben."))
        if self.setting.discharge_limit is not None and not self._tells_of_opioids():
            self.missing("line", _("Skriv de opioider, patienten udskrives med."))
        return answers

    def _tells_of_opioids(self) -> bool:
        told = self.setting.dose_is_stated or self.cleaned_data.get("no_opioids")
        return bool(told) or self.has_opioids

    def facts(self) -> dict[str, Any]:
        """What the list comes to counts when somebody has said that it is read right.

        A list without opioids needs nobody's word; and one that stands beside "no opioids" counts,
        so that it is asked which of the two is right.
        """
        denied = bool(self.cleaned_data.get("no_opioids"))
        counts = self.is_confirmed or denied or not self.has_opioids
        return {
            "takes_opioids": False if denied else None,
            "listed": listed(self.reading) if self.texts and counts else None,
        }

    def summary(self) -> list[Line]:
        none_known = gettext("Ingen kendte") if self.cleaned_data.get("no_allergies") else ""
        allergies = " ".join(filter(None, [none_known, self.shown("allergies")]))
        none_taken = gettext("Ingen") if self.cleaned_data.get("no_opioids") else ""
        return [
            Line(gettext("Medicin"), "\n".join(self.texts), ("line", *COLUMNS)),
            Line(gettext("Opioider"), none_taken, ("no_opioids",)),
            Line(gettext("Allergier og cave"), allergies, ("allergies", "no_allergies")),
        ]

    def allergies_known(self) -> str:
        """What is told about allergies; empty when nothing is."""
        if self.cleaned_data.get("no_allergies") and not self.cleaned_data.get("allergies"):
            return NO_ALLERGIES
        return str(self.cleaned_data.get("allergies") or "")

    def shown_rows(self) -> list[MedicineRow]:
        """The lines so far, and blank rows to go on with."""
        read = zip(self.texts, showing.rows(self.reading), strict=True)
        rows = [MedicineRow(str(place), *each) for place, each in enumerate(read)]
        blank = range(len(rows), len(rows) + BLANK_ROWS)
        return [*rows, *(MedicineRow(str(place)) for place in blank)]


def blank_row() -> MedicineRow:
    """A row to be added to a page that has some already."""
    return MedicineRow(uuid4().hex[:8])


def rows_sent(sent: MultiValueDict[str, str]) -> list[MedicineRow]:
    """The rows as they stand on the page that sent them, each with its line as it is read."""
    pairs = zip(sent.getlist("row"), sent.getlist("line"), strict=False)
    return [MedicineRow(key, text, _read(text)) for key, text in pairs if key.isalnum()]


def _read(text: str) -> showing.Row | None:
    return next(showing.rows(read_list([text])), None)


def lines_in(typed: Mapping[str, Any]) -> list[str]:
    """The lines with something on them, also of answers from when a line was three columns.

    None is left out, however many there are: that there are too many is said at the field.
    """
    texts = _texts(typed, "line")
    if not texts:
        columns = (_texts(typed, name) for name in COLUMNS)
        texts = [
            " ".join(filter(None, map(str.strip, row)))
            for row in zip_longest(*columns, fillvalue="")
        ]
    lines = (line.strip() for text in texts for line in text.splitlines())
    return [line for line in lines if line]


def _texts(typed: Mapping[str, Any], name: str) -> list[str]:
    if isinstance(typed, MultiValueDict):
        return _plain(typed.getlist(name))
    value = typed.get(name) or []
    return _plain(value if isinstance(value, list | tuple) else [value])


def _plain(given: Iterable[object]) -> list[str]:
    """PostgreSQL keeps no NUL character."""
    return [text.replace("\x00", "") for text in given if isinstance(text, str)]


def shown_list(reading: MedicationReading, discharge_limit: Decimal | None) -> dict[str, Any]:
    """A list as it is shown, beside the limit that matters: the discharge's, else the ceiling."""
    return showing.shown(reading, discharge_limit or CEILING)


def listed(reading: MedicationReading) -> ListedOpioids:
    """What the criteria know of a list: the opioids on it and what they come to in a day."""
    sums = reading.equivalents
    return ListedOpioids(
        drugs=opioids_named(reading),
        regular=sums.regular,
        as_needed=sums.as_needed,
        at_least=sums.at_least or sums.as_needed_at_least,
    )


def opioids_named(reading: MedicationReading) -> tuple[str, ...]:
    """The opioids on a list by name, each once; what is not known by name is not named here."""
    named = (_opioid(line) for line in reading.lines)
    return tuple(sorted({name for name in named if name}))


def _opioid(line: MedicineLine | Unread) -> str:
    is_one = line.may_be_opioid if isinstance(line, Unread) else line.opioid
    return line.drug if is_one else ""
