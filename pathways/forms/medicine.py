"""A new list of a patient's medicine."""

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from casework.forms import renew
from medication.forms import LONGEST
from medication.models import MedicationList
from medication.reading_list import MedicationReading, read_list
from pathways.forms.people import NO_SUCH_DAY, ActionForm


class MedicineListForm(ActionForm):
    """The lines as they are typed. The hidden key makes a double click one list.

    ``seen`` is the mark of the reading on the page when it was sent, ``begun_from`` the list that
    was recorded last when it was opened.
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
    begun_from = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, sent: Any, latest: MedicationList | None, last_recorded: int) -> None:
        begun = {
            "key": uuid.uuid4(),
            "lines": "\n".join(latest.lines if latest else []),
            "as_of": timezone.localdate(),
            "begun_from": last_recorded,
        }
        super().__init__(sent, initial=begun)

    def layout(self) -> Any:
        """What was seen stands with the reading itself: it changes with it."""
        layout = super().layout()
        layout.fields.remove("seen")
        return layout

    def begin_anew(self, last_recorded: int) -> None:
        """What is sent from here again is a list of its own, and knows of the last one."""
        renew(self, key=uuid.uuid4(), begun_from=last_recorded)

    def clean_begun_from(self) -> int:
        return self.cleaned_data["begun_from"] or 0

    @property
    def typed_lines(self) -> list[str]:
        return [
            line.strip() for line in str(self["lines"].value() or "").splitlines() if line.strip()
        ]

    @property
    def reading(self) -> MedicationReading:
        """The lines as they are read now, valid or not."""
        return read_list(self.typed_lines)
