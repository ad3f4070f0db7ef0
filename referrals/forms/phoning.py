"""Noting that a practice was phoned about an answer it has not opened."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms import FieldsHelper
from correspondence.openings import NOTE_LENGTH

# The button for a call that nobody answered.
NOBODY = "nobody"


class CallForm(forms.Form):
    """Who was spoken to, in a few words; nobody, where the button for that was pressed."""

    spoken_to = forms.CharField(
        label=_("Hvem talte du med?"),
        help_text=_("Navn, og hvad I aftalte, hvis I aftalte noget."),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": _("Skriv, hvem du talte med.")},
    )
    helper = FieldsHelper()

    def __init__(self, sent: Any = None) -> None:
        super().__init__(sent)
        self.reached_nobody = sent is not None and NOBODY in sent
        self.fields["spoken_to"].required = not self.reached_nobody
