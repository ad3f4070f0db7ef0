"""What patients in treatment take as their opioids are tapered, taken down when they come."""

from itertools import pairwise
from typing import Final
from uuid import UUID

from django.utils import timezone

from demo.case import Case
from demo.complaints import FENTANYL, MORPHINE, MORPHINE_NEEDED, OXYCODONE, TRAMADOL, TRAMADOL_400
from medication.reading_list import read_list
from pathways.medicine import lists_of, take_down
from staff.models import User

# A line with what it becomes the next time, and the time after.
TAPERS: Final = (
    (FENTANYL, "Durogesic 25 µg/t hver 3. døgn", "Durogesic 12 µg/t hver 3. døgn", ""),
    (MORPHINE, "Contalgin 20 mg 1 x 2", "Contalgin 10 mg 1 x 2", ""),
    (MORPHINE_NEEDED, "Morfin 10 mg 1 tabl. p.n. højst 2 gange dgl."),
    (OXYCODONE, "Oxycodon depot 15 mg 1+0+1", "Oxycodon depot 10 mg 1+0+1", ""),
    (TRAMADOL, "Tramadol depot 100 mg morgen og aften", "Tramadol depot 50 mg morgen og aften", ""),
    (TRAMADOL_400, "Tramadol 50 mg 1 tabl. 4 gange dgl.", "Tramadol 50 mg 1 tabl. x 2"),
    ("Malfin 40 mg x 2", "Malfin 30 mg x 2", "Malfin 20 mg x 2", ""),
    ("OxyContin 30 mg 1 x 2", "OxyContin 20 mg 1 x 2", "OxyContin 10 mg 1 x 2", ""),
)
LESS: Final = {line: less for taper in TAPERS for line, less in pairwise(taper)}


def taper(case: Case, by: User) -> None:
    """Take down the patient's list with each opioid a step lower, as long as there is a step."""
    patient = case.pathway.patient
    lists = lists_of(patient)
    if not lists or not LESS.keys() & set(lists[0].lines):
        return
    lines = [less for line in lists[0].lines if (less := LESS.get(line, line))]
    key = UUID(int=case.rng.getrandbits(128))
    begun_from = max(each.pk for each in lists)
    mark = read_list(lines).mark
    take_down(by, patient.pk, key, lines, timezone.localdate(), seen=mark, begun_from=begun_from)
