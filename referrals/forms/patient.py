"""Who the patient is: the number decides age and sex; the rest is how to reach the person."""

import datetime as dt
from typing import Any, ClassVar

from crispy_forms.layout import HTML, Div, Layout, Row
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casework.forms import FieldsHelper
from patients.contact import display_phone
from patients.identity import Identity, InvalidIdentifier, Sex, display, read_identifier
from referrals.forms.base import Line, StepForm, shown_when
from referrals.forms.fields import YES, DayField, PhoneField, choice, line, yes_no

NUMBER_MISSING = _("Skriv patientens CPR-nummer eller erstatnings-CPR-nummer.")
SHORT = {"class": "input-char-4", "inputmode": "numeric"}
POSTAL_CODE = RegexValidator(r"^\d{4}$", _("Et postnummer har fire cifre."))


class PatientForm(StepForm):
    """Step 1. ``cleaned_data["number"]`` is the canonical number; ``identity`` what it tells."""

    step = "patient"
    asks_for: ClassVar = {"birth_date": "number"}

    number = line(
        _("CPR-nummer eller erstatnings-CPR-nummer"), missing=NUMBER_MISSING, max_length=20
    )
    birth_date = DayField(label=_("Fødselsdato"), required=False)
    sex = choice(_("Køn"), Sex)
    given_names = line(_("Fornavne"), missing=_("Skriv patientens fornavn."), max_length=70)
    family_name = line(_("Efternavn"), missing=_("Skriv patientens efternavn."), max_length=70)
    street = line(_("Adresse"))
    postal_code = line(_("Postnr."), max_length=4, validators=[POSTAL_CODE])
    city = line(_("By"), max_length=60)
    protected_address = forms.BooleanField(label=_("Beskyttet adresse"), required=False)
    phone = PhoneField(label=_("Telefon"))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        error_messages={"invalid": _("Skriv en hel e-mailadresse, fx navn@eksempel.dk.")},
        widget=forms.TextInput({"inputmode": "email"}),
    )
    interpreter = yes_no(_("Er der brug for tolk?"))
    interpreter_language = line(_("Hvilket sprog?"), max_length=60)
    relative_name = line(_("Pårørende, navn og relation"))
    relative_phone = PhoneField(label=_("Pårørendes telefon"))

    identity: Identity | None = None

    def adapt(self) -> None:
        self.fields["postal_code"].widget.attrs.update(SHORT)
        attrs = self.fields["number"].widget.attrs
        attrs.update({"autocomplete": "off", "spellcheck": "false", "class": "input-char-27"})
        if self.setting.number_is_settled:
            attrs["readonly"] = True
            self.fields["number"].help_text = _("Nummeret ligger fast, når henvisningen er sendt.")

    def parts(self) -> list[Any]:
        return [
            "number",
            HTML('{% include "referrals/referrer/derived.html" %}'),
            shown_when("number_kind=replacement", Div("birth_date", "sex", css_class="inset")),
            Div(*known_parts(), css_id="patient-known"),
        ]

    @staticmethod
    def known_helper() -> FieldsHelper:
        """The part that is filled in by itself, drawn alone to be put into the page."""
        helper = FieldsHelper(mark_required=True)
        helper.form_show_errors = False
        helper.layout = Layout(Div(*known_parts(), css_id="patient-known", hx_swap_oob="true"))
        return helper

    def clean_number(self) -> str:
        try:
            self.identity = read_identifier(self.cleaned_data["number"])
        except InvalidIdentifier as error:
            raise forms.ValidationError(str(error), code="invalid") from None
        return self.identity.number

    def clean_birth_date(self) -> dt.date | None:
        born: dt.date | None = self.cleaned_data["birth_date"]
        if born and born > self.setting.today:
            raise forms.ValidationError(_("Fødselsdatoen ligger i fremtiden."), code="invalid")
        return born

    def clean(self) -> dict[str, Any]:
        if self.identity:
            self._settle_birth_and_sex(self.identity)
        if self.cleaned_data.get("interpreter") != YES:
            self.cleaned_data["interpreter_language"] = ""
        elif not self.cleaned_data.get("interpreter_language"):
            self.missing("interpreter_language", _("Skriv, hvilket sprog der skal tolkes til."))
        return self.cleaned_data

    def _settle_birth_and_sex(self, identity: Identity) -> None:
        """A CPR number tells both, whatever else was typed; a replacement number does not."""
        if identity.birth_date and identity.sex:
            for name in ("birth_date", "sex"):
                self.errors.pop(name, None)
            self.cleaned_data |= {"birth_date": identity.birth_date, "sex": identity.sex}
            return
        if not self.cleaned_data.get("birth_date"):
            self.missing("birth_date", _("Et erstatningsnummer kræver, at fødselsdatoen skrives."))
        if not self.cleaned_data.get("sex"):
            self.missing("sex", _("Et erstatningsnummer kræver, at kønnet vælges."))

    def summary(self) -> list[Line]:
        number = self.cleaned_data.get("number")
        return [
            Line(
                gettext("CPR-nummer"),
                display(number) if number else self.shown("number"),
                ("number",),
            ),
            self.line_of("birth_date"),
            self.line_of("sex"),
            Line(gettext("Navn"), self._name(), ("given_names", "family_name")),
            self._address(),
            self.line_of("protected_address"),
            self.line_of("phone"),
            self.line_of("email"),
            self._together(gettext("Tolk"), "interpreter", "interpreter_language"),
            self._together(gettext("Pårørende"), "relative_name", "relative_phone"),
        ]

    def _together(self, label: str, *names: str) -> Line:
        return Line(label, ", ".join(filter(None, map(self.shown, names))), names)

    def _name(self) -> str:
        return " ".join(filter(None, (self.shown("given_names"), self.shown("family_name"))))

    def _address(self) -> Line:
        town = " ".join(filter(None, (self.shown("postal_code"), self.shown("city"))))
        whole = ", ".join(filter(None, (self.shown("street"), town)))
        return Line(gettext("Adresse"), whole, ("street", "postal_code", "city"))

    def shown(self, name: str) -> str:
        phone = self.cleaned_data.get(name) if name in ("phone", "relative_phone") else ""
        return display_phone(phone) if phone else super().shown(name)

    def facts(self) -> dict[str, Any]:
        return {
            "birth_date": self.cleaned_data.get("birth_date"),
            "born_by_number": self.identity.born_by_number if self.identity else "",
        }


def known_parts() -> list[Any]:
    """What is filled in by itself for a patient whom the unit has referred before."""
    return [
        Row("given_names", "family_name"),
        Row("street", "postal_code", "city"),
        "protected_address",
        Row("phone", "email"),
        "interpreter",
        shown_when("interpreter=yes", "interpreter_language"),
        Row("relative_name", "relative_phone"),
    ]
