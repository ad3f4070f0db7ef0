"""The form that says that the patient is the person under the number, under which name, and how."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patients.models import Recognition
from patients.recognition import Checked
from referrals.answers import written_name
from referrals.forms.case import CaseForm
from referrals.forms.fields import line
from referrals.proposals import latest


class RecogniseForm(CaseForm):
    """The name as it is to stand from now on: first the one that the referrer writes."""

    how = forms.ChoiceField(
        choices=[(value, capfirst(label)) for value, label in Recognition.How.choices],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Vælg, hvordan det er kontrolleret.")},
    )
    given_names = line(
        gettext_lazy("Fornavne"), missing=gettext_lazy("Skriv patientens fornavn."), max_length=70
    )
    family_name = line(
        gettext_lazy("Efternavn"),
        missing=gettext_lazy("Skriv patientens efternavn."),
        max_length=70,
    )

    def fit(self) -> None:
        answers = latest(self.referral).submission.answers
        written = answers.get("patient", {})
        names = {name: written.get(name, "") for name in ("given_names", "family_name")}
        self.initial = {**names, **self.initial}
        words = {"written": written_name(answers), "known": self.referral.patient.name}
        self.fields["how"].label = (
            _("Hvordan er det kontrolleret, at %(written)s og %(known)s er samme person?") % words
        )

    def effect(self) -> str:
        return _(
            "Navnet står herefter på patienten og i brevene. Begge navne kendes fremover, og det "
            "fremgår af historikken, hvem der har kontrolleret det og hvordan."
        )

    def words(self) -> dict[str, Any]:
        answers = self.cleaned_data
        names = ("given_names", "family_name", "how")
        checked = Checked(**{name: answers[name] for name in names})
        return {"version": answers["version"], "checked": checked}
