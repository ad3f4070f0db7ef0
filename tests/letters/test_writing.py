"""A letter is written once, made once, kept as it was, and replaced only by one that says so."""

import hashlib
from typing import Any

import pytest
import time_machine
from django.db import ProgrammingError, connection, transaction

from casework.refusals import Refused
from letters.content import Content, Paragraph
from letters.models import Letter
from letters.typesetting import data_of, made
from letters.writing import drafted, keep, replace
from staff.permissions import Role
from tests.letters.pages import opened, read_aloud
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


def test_a_new_letter_says_which_one_it_replaces() -> None:
    with time_machine.travel("2026-06-09T10:30:00+02:00"):
        old = keep(a_letter("Trap ned med 50 mg"), "k")
    new = replace(old, key="k2", content=Content("Råd", (Paragraph("Trap ned med 5 mg"),)))
    assert (new.replaces, new.recipient, new.kind) == (old, old.recipient, old.kind)
    assert "Dette brev erstatter brevet af 9. juni 2026." in read_aloud(opened(new))
    old.refresh_from_db()
    assert "50 mg" in str(old.content)


def test_a_letter_is_replaced_once() -> None:
    old, content = keep(a_letter(), "k"), Content("Råd", (Paragraph("Nyt"),))
    replace(old, key="k2", content=content)
    with pytest.raises(Refused, match="allerede erstattet"):
        replace(old, key="k3", content=content)
