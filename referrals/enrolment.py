"""The patient of a referral: found by number or made new, with the contact details just given."""

from collections.abc import Mapping
from typing import Any, Final

from patients.models import NO_ALLERGIES, Patient
from patients.recognition import is_called
from referrals.forms import FORMS, Setting
from referrals.forms.fields import NO
from referrals.forms.medicine import MedicineForm
from referrals.forms.patient import PatientForm
from referrals.models import Referral, Submission
from staff.models import ReferringUnit

CONTACT: Final = (
    *("street", "postal_code", "city", "phone", "email", "interpreter_language"),
    *("relative_name", "relative_phone"),
)


def enrol(answers: dict[str, Any], setting: Setting) -> Patient:
    """The patient under the typed number; who is known gets the contact details that were given.

    Needs a transaction and valid answers. Name, birth date and sex of a known patient stay; so does
    everything when the name is another person's.
    """
    form = PatientForm(answers.get("patient", {}), setting)
    form.full_clean()
    told = form.cleaned_data
    patient, is_new = Patient.objects.get_or_create(
        number=told["number"],
        defaults={
            **{name: told[name] for name in ("birth_date", "sex", "given_names", "family_name")},
            "number_kind": form.identity.kind if form.identity else "",
            **_contact(told),
        },
    )
    if is_named_otherwise(patient, told):
        return patient
    if not is_new:
        _update(patient, told)
    _note_allergies(patient, answers, setting)
    return patient


def is_named_otherwise(patient: Patient, told: Mapping[str, Any]) -> bool:
    """Whether no word of the name as written is in a name we know: a mistyped number, perhaps."""
    name = f"{told.get('given_names', '')} {told.get('family_name', '')}".strip()
    return bool(name) and not is_called(patient, name)


def names_somebody_else(referral: Referral) -> bool:
    """Whether the referrer last wrote another person's name than the one we know."""
    assert referral.judgement is not None  # it has been received
    written = referral.judgement.submission.answers.get("patient", {})
    return is_named_otherwise(referral.patient, written)


def update(patient: Patient, answers: dict[str, Any], setting: Setting) -> None:
    """Take over what an answer to the centre's question says about how to reach the patient."""
    form = PatientForm(answers.get("patient", {}), setting)
    form.full_clean()
    if is_named_otherwise(patient, form.cleaned_data):
        return
    _update(patient, form.cleaned_data)
    _note_allergies(patient, answers, setting)


def _contact(told: dict[str, Any]) -> dict[str, Any]:
    given = {name: told[name] for name in CONTACT if told.get(name)}
    if told.get("interpreter") == NO:
        given["interpreter_language"] = ""
    if told.get("protected_address"):
        given["protected_address"] = True
    return given


def _update(patient: Patient, told: dict[str, Any]) -> None:
    given = _contact(told)
    changed = [name for name, value in given.items() if getattr(patient, name) != value]
    for name in changed:
        setattr(patient, name, given[name])
    if changed:
        patient.save(update_fields=changed)


def _note_allergies(patient: Patient, answers: dict[str, Any], setting: Setting) -> None:
    form = MedicineForm(answers.get("medicine", {}), setting)
    form.full_clean()
    allergies = _allergies_together(patient.allergies, form.allergies_known())
    if allergies != patient.allergies:
        patient.allergies = allergies
        patient.save(update_fields=["allergies"])


def _allergies_together(known: str, told: str) -> str:
    """What is known, with what is told now: a referral adds an allergy and never takes one away."""
    if not told or (known and told == NO_ALLERGIES) or told.casefold() in known.casefold():
        return known
    if known == NO_ALLERGIES or known.casefold() in told.casefold():
        return told
    return f"{known}; {told}"


def known_before(unit: ReferringUnit, number: str) -> dict[str, Any]:
    """What this unit itself last wrote about the patient, apart from the number.

    Never what others wrote: that a patient is known elsewhere is no business of this unit.
    """
    latest = (
        Submission.objects.filter(referral__unit=unit, referral__patient__number=number)
        .order_by("-pk")
        .first()
    )
    written = latest.answers.get("patient", {}) if latest else {}
    return {name: written[name] for name in FORMS["patient"].base_fields if name in written}
