"""Keep what a patient took on a day, once, as it was read."""

import datetime as dt

from django.utils.translation import gettext as _

from casework.refusals import Refused
from medication.models import MedicationList
from medication.reading_list import MedicationReading
from patients.models import Patient
from staff.models import User


def record(
    *,
    patient: Patient,
    reading: MedicationReading,
    as_of: dt.date,
    by: User,
    source: str,
    key: str,
    is_confirmed: bool,
) -> MedicationList:
    """Keep a list under its business key; the same list again gives the row that is there.

    ``is_confirmed``: the person has seen the reading and said that it is right. Raises Refused for
    another list under the same key, and ValueError for a key that belongs to another patient.
    """
    totals = reading.equivalents
    lowest, highest = totals.span
    kept, _created = MedicationList.objects.get_or_create(
        key=key,
        defaults={
            "patient": patient,
            "as_of": as_of,
            "lines": [line.text for line in reading.lines],
            "reading": reading.as_json(),
            "regular_mg": totals.regular,
            "as_needed_mg": totals.as_needed,
            "lowest_mg": lowest,
            "highest_mg": highest,
            "at_least": totals.at_least,
            "factor_set": totals.factor_set,
            "source": source,
            "recorded_by": by,
            "is_confirmed": is_confirmed,
        },
    )
    if kept.patient_id != patient.pk:
        raise ValueError("This key keeps another patient's list.")
    if (kept.as_of, kept.as_read().lines) != (as_of, reading.lines):
        raise Refused(
            _(
                "Herfra er der allerede gemt en anden liste. Se efter, om denne er rigtig, "
                "og gem igen."
            )
        )
    return kept
