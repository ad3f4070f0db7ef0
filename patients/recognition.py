"""Whether a name is the person's under the number, and saying that it is: names change."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from casework.refusals import Refused
from patients.models import Patient, Recognition
from patients.names import danish_key
from staff.models import User


@dataclass(frozen=True, slots=True)
class Checked:
    """The name as it is to stand from now on, and how it was checked that it is the same person."""

    given_names: str
    family_name: str
    how: str


def is_called(patient: Patient, name: str) -> bool:
    """Whether the name shares a word with the one we know, or with one that was recognised."""
    words = _words(name)
    if not words.isdisjoint(_words(patient.name)):
        return True
    recognised = patient.recognitions.values_list("written", "known")
    return any(not words.isdisjoint(_words(" ".join(names))) for names in recognised)


def _words(name: str) -> set[str]:
    return set(danish_key(name).split())


def recognise(user: User, pk: int, written: str, checked: Checked) -> Recognition:
    """Write down that the person under the number is the one called ``written``, and the name now.

    Needs a transaction. The earlier name stays known: who still writes it means the same person.
    Raises Refused without a name or a way in which it was checked.
    """
    check_checked(checked)
    patient = Patient.objects.select_for_update(no_key=True).get(pk=pk)
    recognition = Recognition.objects.create(
        patient=patient,
        written=written,
        known=patient.name,
        how=checked.how,
        by=user,
        by_name=user.name,
        by_role=str(user.get_role_display()),
    )
    patient.given_names = checked.given_names.strip()
    patient.family_name = checked.family_name.strip()
    patient.save(update_fields=["given_names", "family_name"])
    return recognition


def check_checked(checked: Checked) -> None:
    """Raises Refused for what nobody could stand by later."""
    if not (checked.given_names.strip() and checked.family_name.strip()):
        raise Refused(_("Skriv både fornavn og efternavn."))
    if checked.how not in Recognition.How.values:
        raise Refused(_("Vælg, hvordan det er kontrolleret, at det er samme person."))
