"""A patient's lists of medicine at the centre: taken down anew, and followed over time."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.refusals import Refused
from medication.lists import record
from medication.models import MedicationList
from medication.reading_list import read_list
from pathways.reading import visible_patients
from patients.models import Patient
from staff.models import User
from staff.permissions import Permission


def may_record(user: User) -> bool:
    """Whether the person's role takes down what a patient takes."""
    return user.has_perm(Permission.RECORD_MEDICINE)


def take_down(
    user: User, patient_pk: int, key: UUID, lines: Sequence[str], as_of: dt.date, seen: str
) -> MedicationList:
    """Keep a new list of a patient's medicine, once for each key.

    ``seen`` is the mark of the reading that the person looked at: nothing is kept that nobody saw.
    Raises Patient.DoesNotExist for others' patients, and Refused.
    """
    if not may_record(user):
        raise Refused(_("Din rolle skriver ikke medicinlister."))
    patient = visible_patients(user).get(pk=patient_pk)
    if as_of > timezone.localdate():
        raise Refused(_("Listen kan ikke gælde fra en dag, der ikke er kommet."))
    reading = read_list(lines)
    if not reading.lines:
        raise Refused(_("Skriv medicinen, ét præparat på hver linje."))
    if reading.mark != seen:
        raise Refused(_("Se efter, om linjerne er læst rigtigt, og gem så igen."))
    return record(
        patient=patient,
        as_of=as_of,
        by=user,
        source=MedicationList.Source.CLINIC,
        key=f"patient:{patient.pk}:{key}",
        reading=reading,
        is_confirmed=True,
    )


def lists_of(patient: Patient) -> list[MedicationList]:
    """The patient's lists, the newest first, with who recorded each."""
    return list(MedicationList.objects.of(patient).select_related("recorded_by"))
