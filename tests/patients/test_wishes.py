"""A patient's wish is written down once, with who, when and the words, and never changed."""

import datetime as dt
import uuid

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from casework.refusals import Refused
from patients.models import Wish
from patients.wishes import Said, record
from staff.permissions import Role
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

NEXT_MONTH = timezone.localdate() + dt.timedelta(days=30)


def test_a_wish_says_who_wrote_it_down_when_and_in_which_words() -> None:
    secretary, patient = person(Role.SECRETARY), a_patient()
    wish = record(secretary, patient, uuid.uuid4(), Said("date", NEXT_MONTH, " Efter ferien "))
    day = f"{NEXT_MONTH.day}.{NEXT_MONTH.month}.{NEXT_MONTH.year}"
    assert wish.sentence == f"Patienten ønsker en tid den {day}"
    assert (wish.words, wish.by, wish.signature) == (
        "Efter ferien",
        secretary,
        "Karin Sekretær (sekretær)",
    )
    assert timezone.now() - wish.at < dt.timedelta(minutes=1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Said("declined", dt.date(2026, 3, 2)), "Patienten sagde nej til tiden den 2.3.2026"),
        (Said("free_choice"), "Patienten ønsker et andet sygehus (frit sygehusvalg)"),
        (Said("free_choice", NEXT_MONTH), "Patienten ønsker et andet sygehus (frit sygehusvalg)"),
    ],
)
def test_every_wish_is_a_sentence(said: Said, sentence: str) -> None:
    wish = record(person(Role.NURSE), a_patient(), uuid.uuid4(), said)
    assert wish.sentence == sentence


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (Said("date"), "Skriv den dag, det handler om."),
        (Said("declined"), "Skriv den dag, det handler om."),
        (Said("date", dt.date(2020, 1, 1)), "Den dag, patienten ønsker, er allerede gået."),
        (Said("else"), "Vælg, hvad patienten ønsker."),
    ],
)
def test_a_wish_that_nobody_could_show_later_is_refused(said: Said, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        record(person(Role.NURSE), a_patient(), uuid.uuid4(), said)
    assert not Wish.objects.exists()


def test_who_does_not_plan_cannot_write_wishes_down() -> None:
    with pytest.raises(Refused, match="Din rolle kan ikke notere"):
        record(person(Role.MANAGER), a_patient(), uuid.uuid4(), Said("free_choice"))


def test_a_double_click_is_one_wish() -> None:
    nurse, patient, key = person(Role.NURSE), a_patient(), uuid.uuid4()
    first, second = (record(nurse, patient, key, Said("free_choice")) for _ in range(2))
    assert first == second == Wish.objects.get()


@pytest.mark.parametrize("act", ["update", "delete"])
def test_a_wish_is_neither_changed_nor_deleted(act: str) -> None:
    record(person(Role.NURSE), a_patient(), uuid.uuid4(), Said("free_choice"))
    acts = {
        "update": lambda: Wish.objects.update(words="Noget andet"),
        "delete": lambda: Wish.objects.all().delete(),
    }
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        acts[act]()
    assert Wish.objects.get().words == ""
