"""The calculator's one field."""

from typing import Final

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

LONGEST: Final = 4000


class CalculatorForm(forms.Form):
    """Lines of medicine, one on each, as they would stand on a prescription."""

    lines = forms.CharField(
        label=_("Medicin, ét præparat på hver linje"),
        help_text=_("Skriv som på recepten: præparat, styrke, hvor meget og hvor ofte."),
        validators=[MaxLengthValidator(LONGEST)],
        widget=forms.Textarea(
            attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off", "autofocus": True}
        ),
    )
