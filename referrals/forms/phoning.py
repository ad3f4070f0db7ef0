"""Noting that a practice was phoned about an answer it has not opened."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casework.forms import FieldsHelper
from correspondence.openings import NOTE_LENGTH


class CallForm(forms.Form):
    """Who was spoken to, in a few words."""

    spoken_to = forms.CharField(
        label=_("Hvem talte du med?"),
        help_text=_("Navn, og hvad I aftalte, hvis I aftalte noget."),
        max_length=NOTE_LENGTH,
        error_messages={"required": _("Skriv, hvem du talte med.")},
    )
    helper = FieldsHelper()
