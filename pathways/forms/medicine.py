"""A new list of a patient's medicine."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from medication.forms import LONGEST
from medication.reading_list import MedicationReading, read_list
from pathways.forms.people import NO_SUCH_DAY, ActionForm


class MedicineListForm(ActionForm):
    """The lines as they are typed. The hidden key makes a double click one list.

    ``seen`` is the mark of the reading on the page when it was sent.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    lines = forms.CharField(
        label=gettext_lazy("Medicin, ét præparat på hver linje"),
        help_text=gettext_lazy("Skriv som på recepten: præparat, styrke, hvor meget og hvor ofte."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Skriv medicinen, ét præparat på hver linje."),
        },
    )
    as_of = forms.DateField(
        label=gettext_lazy("Gælder fra"),
        error_messages={"required": gettext_lazy("Skriv dagen."), "invalid": NO_SUCH_DAY},
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, sent: Any, lines: list[str]) -> None:
        begun = {"key": uuid.uuid4(), "lines": "\n".join(lines), "as_of": timezone.localdate()}
        super().__init__(sent, initial=begun)

    def layout(self) -> Any:
        """What was seen stands with the reading itself: it changes with it."""
        layout = super().layout()
        layout.fields.remove("seen")
        return layout

    def renew_key(self) -> None:
        """What is sent from here again is a list of its own."""
        self.data = {**self.data.dict(), "key": str(uuid.uuid4())}  # type: ignore[attr-defined]

    @property
    def typed_lines(self) -> list[str]:
        return [
            line.strip() for line in str(self["lines"].value() or "").splitlines() if line.strip()
        ]

    @property
    def reading(self) -> MedicationReading:
        """The lines as they are read now, valid or not."""
        return read_list(self.typed_lines)
