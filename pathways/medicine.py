"""A patient's lists of medicine at the centre: taken down anew, and followed over time."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.moments import day_and_time
from casework.refusals import Refused, Stale
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


@transaction.atomic
def take_down(
    user: User,
    patient_pk: int,
    key: UUID,
    lines: Sequence[str],
    as_of: dt.date,
    *,
    seen: str,
    begun_from: int,
) -> MedicationList:
    """Keep a new list of a patient's medicine, once for each key.

    ``seen`` is the mark of the reading that the person looked at: nothing is kept that nobody saw.
    ``begun_from`` is the number of the list recorded last when the page was opened, 0 for none.
    Raises Patient.DoesNotExist for others' patients, Stale when a list was recorded since, and
    Refused.
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
    own_key = f"patient:{patient.pk}:{key}"
    _check_nothing_came_between(patient, own_key, begun_from)
    return record(
        patient=patient,
        as_of=as_of,
        by=user,
        source=MedicationList.Source.CLINIC,
        key=own_key,
        reading=reading,
        is_confirmed=True,
    )


def _check_nothing_came_between(patient: Patient, own_key: str, begun_from: int) -> None:
    """One list at a time for each patient; a second click on the same one is no other list."""
    Patient.objects.select_for_update(no_key=True).get(pk=patient.pk)
    last = last_recorded(patient)
    if last is None or last.pk == begun_from or last.key == own_key:
        return
    words = {"who": last.recorded_by.name, "at": day_and_time(last.recorded_at)}
    raise Stale(
        _(
            "%(who)s gemte en medicinliste %(at)s, efter at du åbnede siden. "
            "Se den, før du gemmer din."
        )
        % words
    )


def last_recorded(patient: Patient) -> MedicationList | None:
    """The list recorded last, whichever day it holds from."""
    lists = MedicationList.objects.filter(patient=patient).select_related("recorded_by")
    last: MedicationList | None = lists.order_by("pk").last()
    return last


def lists_of(patient: Patient) -> list[MedicationList]:
    """The patient's lists, the newest first, with who recorded each."""
    return list(MedicationList.objects.of(patient).select_related("recorded_by"))
