"""How a patient wants to get letters, as it is said on the phone or at the desk."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from pathways.forms.people import ActionForm
from patients.models import LetterLanguage, Patient
from patients.reaching import Reaching, reaching


class LettersForm(ActionForm):
    """``read`` carries what the person read, so that nobody else's change is undone unseen."""

    read = forms.CharField(widget=forms.HiddenInput, strip=False)
    letter_language = forms.ChoiceField(
        label=gettext_lazy("Sprog i patientens breve"),
        choices=[
            (LetterLanguage.DANISH, gettext_lazy("Dansk")),
            (LetterLanguage.ENGLISH, gettext_lazy("Engelsk")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg et sprog.")},
    )
    interpreter_language = forms.CharField(
        label=gettext_lazy("Tolk, sprog"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Står i patientens breve. Tomt, når der ikke er brug for tolk."),
    )
    digital_post_exempt = forms.BooleanField(
        label=gettext_lazy("Fritaget for Digital Post: får breve på papir"), required=False
    )

    def __init__(self, data: Mapping[str, Any] | None, *, patient: Patient) -> None:
        now = reaching(patient)
        super().__init__(data, initial=asdict(now) | {"read": now.mark})

    @property
    def wanted(self) -> Reaching:
        """How the patient is to get letters, once the form is valid."""
        return Reaching(**{name: self.cleaned_data[name] for name in Reaching.__slots__})
