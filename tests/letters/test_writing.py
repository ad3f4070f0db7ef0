"""A letter is written once, made once, kept as it was, and replaced only by one that says so."""

import hashlib
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, connection, transaction

from casework.refusals import Refused
from letters.content import Content, Paragraph, Points
from letters.models import Letter
from letters.typesetting import data_of, made
from letters.wording import as_text
from letters.writing import drafted, keep, keep_instead
from staff.permissions import Role
from tests.letters.pages import opened, read_aloud
from tests.patients.factories import a_patient
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db
TWICE = "Skrevet to gange"


def a_letter(words: str = "Hej", **fields: Any) -> Letter:
    content = Content("Råd", (Paragraph(words),), ("Venlig hilsen",))
    given = {"kind": Letter.Kind.ADVICE, "recipient": "Lægerne Søborg"} | fields
    return drafted(content=content, **given)


def pages_of(letter: Letter) -> bytes:
    assert letter.pdf is not None
    return bytes(letter.pdf)


def test_a_letter_is_written_once_per_key() -> None:
    first = keep(a_letter("Hej"), "k")
    again = keep(a_letter(TWICE), "k")
    assert again.pk == first.pk
    assert TWICE not in str(again.content)


def test_it_bears_name_and_role_and_when_it_was_signed() -> None:
    by = person(Role.PHYSICIAN, name="Anne Holm")
    with time_machine.travel("2026-06-09T10:30:00+02:00", tick=False):
        letter = keep(a_letter(signed_by=by), "k")
    assert (letter.signed_name, letter.signed_role) == ("Anne Holm", "læge")
    signed = "Underskrevet elektronisk af Anne Holm, læge, tirsdag den 9. juni 2026 klokken 10.30."
    assert signed in read_aloud(opened(letter))


def test_an_english_letter_is_signed_in_english() -> None:
    by = person(Role.PHYSICIAN, name="Anne Holm")
    letter = a_letter(language="en", signed_by=by)
    assert data_of(letter)["signature"].startswith("Signed electronically by Anne Holm, ")


def test_the_pdf_is_made_when_it_is_needed_and_kept_with_its_fingerprint() -> None:
    letter = keep(a_letter(), "k")
    assert letter.pdf is None
    held = made(letter)
    assert held.sha256 == hashlib.sha256(pages_of(held)).hexdigest()
    assert held.made_at is not None
    again = made(letter)
    assert (pages_of(again), again.made_at) == (pages_of(held), held.made_at)


@pytest.mark.django_db(transaction=True)
def test_a_letter_that_several_ask_for_at_once_is_made_once() -> None:
    letter = keep(a_letter(), "k")
    held: list[Letter] = []
    at_once(4, lambda _number: held.append(made(letter)))
    assert len(held) == 4
    assert len({(one.made_at, one.sha256, pages_of(one)) for one in held}) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"content": {"title": "Noget andet"}},
        {"recipient": "En anden"},
        {"signed_name": "En anden"},
        {"pdf": b"%PDF-", "sha256": "0" * 64},
    ],
)
def test_the_database_refuses_to_change_a_letter_that_is_made(change: dict[str, Any]) -> None:
    letter = made(keep(a_letter(signed_by=person(Role.PHYSICIAN)), "k"))
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(**change)


def test_the_database_refuses_to_delete_a_letter() -> None:
    keep(a_letter(), "k")
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM letters_letter")


def instead(old: Letter, words: str, because: str = "Forkert dosis.") -> Letter:
    content = Content("Råd", (Paragraph(words),))
    return keep_instead(old, content, because, person(Role.PHYSICIAN, name="Anne Holm"))


def test_a_new_letter_says_which_one_it_replaces_and_who_signs_it() -> None:
    with time_machine.travel("2026-06-09T10:30:00+02:00"):
        old = keep(a_letter("Trap ned med 50 mg"), "k")
    new = instead(old, "Trap ned med 5 mg")
    assert (new.replaces, new.recipient, new.kind) == (old, old.recipient, old.kind)
    assert (new.signature, new.replaces_because) == ("Anne Holm (læge)", "Forkert dosis.")
    read = read_aloud(opened(new))
    assert "Dette brev erstatter brevet af 9. juni 2026." in read
    assert "Anne Holm, læge" in read
    assert "Forkert dosis." not in read, "why is told in the house only"
    assert as_text(new).startswith("Dette brev erstatter brevet af 9. juni 2026.\n\nTrap ned")
    old.refresh_from_db()
    assert "50 mg" in str(old.content)


def test_a_letter_is_replaced_once_and_says_by_whom() -> None:
    old = keep(a_letter(), "k")
    first = instead(old, "Nyt")
    with pytest.raises(Refused, match=r"allerede erstattet af et nyt: Anne Holm \(læge\)"):
        instead(old, "Noget andet")
    assert old.replacement == first


def test_the_same_new_letter_twice_is_kept_once() -> None:
    old, by = keep(a_letter(), "k"), person(Role.PHYSICIAN)
    content = Content("Råd", (Paragraph("Nyt"), Points(("Et", "To"))))
    kept = {keep_instead(old, content, "Fejl.", by).pk for _ in range(2)}
    assert len(kept) == 1


@pytest.mark.django_db(transaction=True)
def test_of_several_who_replace_a_letter_at_once_one_does() -> None:
    old, refused = keep(a_letter(), "k"), list[str]()
    physicians = [person(Role.PHYSICIAN) for _ in range(4)]

    def replace(number: int) -> None:
        content = Content("Råd", (Paragraph(f"Nummer {number}"),))
        try:
            keep_instead(old, content, "Fejl.", physicians[number])
        except Refused as refusal:
            refused.append(str(refusal))

    at_once(4, replace)
    assert Letter.objects.filter(replaces=old).count() == 1
    assert len(refused) == 3


def test_a_replaced_letter_is_replaced_again_under_a_key_that_tells_what_it_is_about() -> None:
    letter = keep(a_letter(), "referral:3:accepted:2")
    for number in range(1, 12):
        letter = instead(letter, f"Udgave {number}")
        assert letter.key == f"referral:3:accepted:2:replaced:{number}"


def test_a_patients_new_letter_has_the_address_of_today() -> None:
    patient = a_patient(street="Nygade 4", postal_code="2650", city="Hvidovre")
    to_patient = a_letter(kind=Letter.Kind.NOTICE, patient=patient, address="Gammelgade 1")
    to_other_house = a_letter(kind=Letter.Kind.FORWARDED, patient=patient, address="Sygehus 1")
    found = [
        instead(keep(letter, key), "Nyt").address
        for key, letter in (("k", to_patient), ("f", to_other_house))
    ]
    assert found == ["Nygade 4, 2650 Hvidovre", "Sygehus 1"]


def test_the_database_wants_no_reason_where_nothing_is_replaced() -> None:
    letter = a_letter()
    letter.replaces_because = "Fordi."
    with pytest.raises(IntegrityError), transaction.atomic():
        keep(letter, "k")
