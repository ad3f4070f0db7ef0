"""Keep what a patient took on a day, once, as a person confirmed it."""

import datetime as dt
from collections.abc import Sequence

from medication.models import MedicationList
from medication.reading_list import MedicationReading, read_list
from patients.models import Patient
from staff.models import User


def record(
    *,
    patient: Patient,
    lines: Sequence[str],
    as_of: dt.date,
    by: User,
    source: str,
    key: str,
    reading: MedicationReading | None = None,
) -> MedicationList:
    """Keep a list under its business key; the same key again gives the row that is there.

    ``reading`` is what the person confirmed; without one the lines are read now. Raises
    ValueError for a key that belongs to another patient.
    """
    found = reading or read_list(lines)
    totals = found.equivalents
    lowest, highest = totals.span
    kept, _created = MedicationList.objects.get_or_create(
        key=key,
        defaults={
            "patient": patient,
            "as_of": as_of,
            "lines": [line.text for line in found.lines],
            "reading": found.as_json(),
            "regular_mg": totals.regular,
            "as_needed_mg": totals.as_needed,
            "lowest_mg": lowest,
            "highest_mg": highest,
            "at_least": totals.at_least,
            "factor_set": totals.factor_set,
            "source": source,
            "confirmed_by": by,
        },
    )
    if kept.patient_id != patient.pk:
        raise ValueError("This key keeps another patient's list.")
    return kept
