"""How a patient is reached and wants to get letters, as it is said on the phone or at the desk."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from crispy_forms.layout import Layout, Row
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy

from pathways.forms.people import ActionForm
from patients.contact import read_phone
from patients.models import LetterLanguage, Patient
from patients.reaching import Reaching, reaching

POSTAL_CODE = RegexValidator(r"^\d{4}$", gettext_lazy("Et postnummer har fire cifre."))


class LettersForm(ActionForm):
    """``read`` carries what the person read, so that nobody else's change is undone unseen."""

    read = forms.CharField(widget=forms.HiddenInput, strip=False)
    phone = forms.CharField(
        label=gettext_lazy("Telefon"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "input-char-15"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        error_messages={
            "invalid": gettext_lazy("Skriv en hel e-mailadresse, fx navn@eksempel.dk.")
        },
        widget=forms.TextInput(attrs={"inputmode": "email"}),
    )
    street = forms.CharField(label=gettext_lazy("Adresse"), max_length=120, required=False)
    postal_code = forms.CharField(
        label=gettext_lazy("Postnr."),
        max_length=4,
        required=False,
        validators=[POSTAL_CODE],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "input-char-4"}),
    )
    city = forms.CharField(label=gettext_lazy("By"), max_length=60, required=False)
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
        as_written = {"phone": patient.phone_shown, "read": now.mark}
        super().__init__(data, initial=asdict(now) | as_written)

    def layout(self) -> Layout:
        """The town on one line."""
        rest = ("letter_language", "interpreter_language", "digital_post_exempt")
        return Layout("read", "phone", "email", "street", Row("postal_code", "city"), *rest)

    def clean_phone(self) -> str:
        """The number in the international form."""
        typed: str = self.cleaned_data["phone"]
        try:
            return read_phone(typed) if typed else ""
        except ValueError as error:
            raise forms.ValidationError(str(error)) from None

    @property
    def wanted(self) -> Reaching:
        """How the patient is to get letters, once the form is valid."""
        return Reaching(**{name: self.cleaned_data[name] for name in Reaching.__slots__})
