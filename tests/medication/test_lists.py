"""A list is kept once, as it was confirmed, and is never changed."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from casework.refusals import Refused
from medication.lists import record
from medication.models import MedicationList
from medication.reading_list import read_list
from patients.models import Patient
from staff.models import User
from staff.permissions import Role
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

LINES = ["Tramadol 50 mg 2 tabl. 4 gange dgl.", "Oxynorm 5 mg p.n. højst 4 dgl.", "Panodil 1 g x 4"]
DAY = dt.date(2026, 11, 2)


def kept(patient: Patient, key: str = "clinic:1", **fields: object) -> MedicationList:
    defaults: dict[str, Any] = {
        "patient": patient,
        "reading": read_list(LINES),
        "as_of": DAY,
        "by": person(Role.NURSE),
        "source": MedicationList.Source.CLINIC,
        "key": key,
        "is_confirmed": True,
    }
    return record(**defaults | fields)


def test_a_list_is_kept_with_its_reading_and_totals() -> None:
    patient = a_patient()
    row = kept(patient)
    row.refresh_from_db()

    assert row.lines == LINES
    assert row.regular_mg == Decimal(60)
    assert row.as_needed_mg == Decimal(30)
    assert (row.lowest_mg, row.highest_mg) == (Decimal(40), Decimal(80))
    assert row.factor_set == "norway 1"
    assert not row.at_least
    assert row.as_read() == read_list(LINES)


def test_recording_twice_keeps_one_row() -> None:
    patient = a_patient()

    assert kept(patient) == kept(patient)
    assert MedicationList.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"reading": read_list(["Contalgin 100 mg 1 x 2"])}, {"as_of": dt.date(2026, 11, 3)}]
)
def test_another_list_under_the_same_key_is_refused(other: dict[str, Any]) -> None:
    patient = a_patient()
    first = kept(patient)

    with pytest.raises(Refused, match="allerede gemt en anden liste"):
        kept(patient, **other)
    assert list(MedicationList.objects.all()) == [first]


def test_a_key_is_never_another_patients() -> None:
    kept(a_patient())

    with pytest.raises(ValueError, match="another patient"):
        kept(a_patient())


def test_what_was_confirmed_is_kept_as_it_was() -> None:
    confirmed = read_list(["Contalgin 30 mg 1 x 2"])

    assert kept(a_patient(), reading=confirmed).as_read() == confirmed


def test_the_newest_list_comes_first_and_only_the_patients_own() -> None:
    patient = a_patient()
    old = kept(patient, key="a", as_of=DAY)
    new = kept(patient, key="b", as_of=DAY + dt.timedelta(days=30))
    kept(a_patient(), key="c")

    assert list(MedicationList.objects.of(patient)) == [new, old]


@pytest.mark.parametrize("change", ["update", "delete"])
def test_a_kept_list_cannot_be_changed_or_deleted(change: str) -> None:
    kept(a_patient())
    rows = MedicationList.objects.all()

    with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
        rows.update(regular_mg=1) if change == "update" else rows.delete()


def test_a_list_names_no_patient() -> None:
    assert str(kept(a_patient())) == "Medicinliste 02.11.2026"


def test_the_recorder_is_kept() -> None:
    nurse: User = person(Role.NURSE)

    assert kept(a_patient(), by=nurse).recorded_by == nurse
