"""Finding patients, their order in lists, and the record of who looked."""

import pytest
from django.db import DatabaseError, connection, transaction

from patients.access import record
from patients.models import Access, Patient
from staff.permissions import Role
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def oedis() -> Patient:
    a_patient(given_names="Aage", family_name="Bjørn", phone="+4511111111")
    patient: Patient = a_patient(
        number="0201609996", given_names="Ødis Mie", family_name="Ångstrøm", phone="+4520212223"
    )
    return patient


@pytest.mark.parametrize(
    "text",
    [
        *("020160", "020160-9996", "0201609996", " 020160 9996 "),
        *("ødis", "ØDIS", "ångstrøm ødis", "mie ång", "strøm"),
        *("20212223", "20 21 22 23", "+45 20 21 22 23", "004520212223", "2223"),
    ],
)
def test_a_patient_is_found_by_number_name_or_phone(oedis: Patient, text: str) -> None:
    assert list(Patient.objects.search(text)) == [oedis]


@pytest.mark.parametrize(
    ("street", "postal_code", "city", "address"),
    [
        ("Nygade 4", "2650", "Hvidovre", "Nygade 4, 2650 Hvidovre"),
        ("Nygade 4", "", "", "Nygade 4"),
        ("", "2650", "Hvidovre", "2650 Hvidovre"),
        ("", "", "", ""),
    ],
)
def test_a_letter_on_paper_goes_to_what_is_known_of_the_address(
    street: str, postal_code: str, city: str, address: str
) -> None:
    patient = a_patient(street=street, postal_code=postal_code, city=city)
    assert patient.postal_address == address


@pytest.mark.parametrize("text", ["", "  ", "-", "ødis bjørn", "020161", "%", "_"])
def test_what_matches_nobody_finds_nobody(oedis: Patient, text: str) -> None:
    assert not Patient.objects.search(text).exists()


def test_an_a_with_a_ring_is_found_however_it_is_written(oedis: Patient) -> None:
    assert Patient.objects.search("åge").get().given_names == "Aage"


def test_patients_sort_as_danes_sort() -> None:
    for name in ("Åberg", "Zahle", "Ærø", "Aabye", "Østergård", "Adam"):
        a_patient(family_name=name, given_names="X")
    names = [patient.family_name for patient in Patient.objects.order_by("sort_name")]
    assert names == ["Adam", "Zahle", "Ærø", "Østergård", "Åberg", "Aabye"]


def test_opening_a_patient_is_recorded_and_stays_recorded(oedis: Patient) -> None:
    nurse = person(Role.NURSE)
    record(nurse, oedis, Access.Purpose.PHONE_HOUR, "telefontid")
    access = oedis.accesses.get()
    assert (access.user, access.purpose, access.what) == (nurse, "phone_hour", "telefontid")
    for change in (lambda: Access.objects.update(what=""), lambda: Access.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_correction_keeps_what_stood_there(oedis: Patient) -> None:
    oedis.phone = "+4530303030"
    oedis.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM patients_patientevent ORDER BY pgh_id")
        assert ("+4520212223",) in cursor.fetchall()


def test_the_record_of_corrections_cannot_be_changed(oedis: Patient) -> None:
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM patients_patientevent")
