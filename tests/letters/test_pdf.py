"""Each letter in each of its languages: accessible as compiled, and in the right order aloud."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from letters.content import Content, Paragraph, content_of
from letters.models import Letter
from letters.typesetting import is_shown, lines_of, pdf_of, pictures_of
from letters.writing import drafted
from tests.letters.conftest import PLACES
from tests.letters.pages import opened, read_aloud, tags, titles
from tests.letters.samples import every_letter

TO_PATIENT = {f"{kind}-{each}" for kind, both in settings.LETTER_LANGUAGES.items() for each in both}
TO_OTHERS = {f"{kind}-da" for kind in Letter.Kind if kind not in settings.LETTER_LANGUAGES}
# Of the same kinds as a pathway's other end, but other letters.
BROKEN_OFF = {"discontinued-da", "patient_discontinued-da", "patient_discontinued-en"}
NAMES = sorted(TO_PATIENT | TO_OTHERS | BROKEN_OFF)
Letters = Mapping[str, Letter]
# What a screen reader stumbles over, or a patient.
SHORTENED = re.compile(r"\b(kl|ca|evt|vedr|bl\.a|f\.eks|jf|pt|inkl|tlf|mdr|obs|mht|div)\.", re.I)


@pytest.fixture(scope="module")
def letters(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Letters]:
    """Drafted once: nothing here is kept."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DESTINATIONS=str(PLACES)):
            drafts = every_letter()
        yield drafts
        transaction.set_rollback(True)


ADDRESSES = {
    "Nygade 4, 2650 Hvidovre": ["Nygade 4", "2650 Hvidovre"],
    "Bygade 4, 2. tv, 8000 Aarhus C": ["Bygade 4, 2. tv", "8000 Aarhus C"],
    "8000 Aarhus C": ["8000 Aarhus C"],
    "": [],
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_street_and_town_stand_on_a_line_each(address: str) -> None:
    assert lines_of(address) == ADDRESSES[address]


def test_there_is_a_letter_of_each_kind_in_each_of_its_languages(letters: Letters) -> None:
    assert sorted(letters) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_is_pdf_ua_with_its_language_and_title(name: str, letters: Letters) -> None:
    letter = letters[name]
    pdf = opened(letter)
    assert str(pdf.Root.Lang) == letter.language
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert about["dc:title"] == letter.content["title"]


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_has_one_title_and_tags_for_what_it_holds(name: str, letters: Letters) -> None:
    letter, pdf = letters[name], opened(letters[name])
    found, blocks = tags(pdf), letter.content["blocks"]
    headings = [one for one in found if one.startswith("/H")]
    assert headings[0] == "/H1"
    assert set(headings[1:]) <= {"/H2"}
    assert titles(pdf)[0] == letter.content["title"]
    lists = sum(one["kind"] in ("facts", "points") for one in blocks)
    assert found.count("/L") == lists + bool(letter.content["enclosures"])
    assert found.count("/LI") == found.count("/LBody") >= lists
    assert "/P" in found


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_is_read_aloud_in_the_order_in_which_it_is_written(
    name: str, letters: Letters
) -> None:
    letter = letters[name]
    aloud = _plain(read_aloud(opened(letter)))
    written = _plain(content_of(letter.content).as_text())
    head = letter.content["letterhead"]["name"]
    assert aloud.startswith(_plain(head))
    assert _plain(letter.content["title"]) + written in aloud
    assert aloud.index(_plain(letter.recipient)) < aloud.index(_plain(letter.content["title"]))
    assert "side1" not in aloud
    assert "page1" not in aloud


@pytest.mark.parametrize("name", sorted(TO_PATIENT))
def test_a_patients_letter_is_one_page_of_plain_words(name: str, letters: Letters) -> None:
    assert len(opened(letters[name]).pages) == 1
    words = content_of(letters[name].content).as_text()
    assert not SHORTENED.search(words)
    sentences = re.split(r"[.?!:]\s", words)
    assert max(len(sentence.split()) for sentence in sentences) <= 32


@pytest.mark.parametrize("name", sorted(TO_PATIENT))
def test_no_patients_letter_has_a_number_that_identifies(name: str, letters: Letters) -> None:
    assert "020160" not in read_aloud(opened(letters[name]))


def _plain(text: str) -> str:
    """Letters and digits only: list marks, colons and spaces are the layout's."""
    return "".join(filter(str.isalnum, text)).casefold()


@pytest.mark.parametrize("name", ["notice-en", "discharge-da"])
def test_the_same_letter_gives_the_same_bytes(name: str, letters: Letters) -> None:
    once, again = pdf_of(letters[name]), pdf_of(letters[name])
    assert hashlib.sha256(once).digest() == hashlib.sha256(again).digest()


HOSTILE = [
    "#panic()",
    '#import "/etc/passwd"',
    "*fed* _kursiv_ `kode` = Titel",
    "$x^2$ @ref <b>fed</b> &amp;",
    "]]#] [ } { \\ \\u{202e}",
    '"; DROP TABLE letters_letter; --',
    "// ikke en kommentar /* heller ikke */",
    "- ikke en liste + 1. tal ~ --- ...",
    "https://example.dk/#anker",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_name_or_note_becomes_markup(words: str) -> None:
    assert _said(words) == " ".join(words.split())


@pytest.mark.parametrize(
    "words",
    ["Łucja Żółć", "Ægir Øgård Åse", "Αθηνά", "Наталья", "שלום", "مرحبا", "José Núñez ÿ ŉ ſ"],
)
def test_names_in_other_alphabets_are_shown(words: str) -> None:
    assert "□" not in _said(words)
    assert sorted(_said(words).replace(" ", "")) == sorted(words.replace(" ", "")) or not (
        words.isascii() or is_latin(words)
    )


def is_latin(words: str) -> bool:
    return all(ord(each) < 0x250 for each in words)


@pytest.mark.parametrize("words", ["smerter 🙂 igen", "中文", "a\u200bb\u202ec\ufeff", "\x07\x1b"])
def test_a_character_that_no_font_has_stops_no_letter(words: str) -> None:
    assert _said(words) is not None
    assert pictures_of(_letter(words))


def test_a_box_stands_for_a_character_that_cannot_be_shown() -> None:
    assert not is_shown("🙂")
    assert _said("smerter 🙂 igen") == "smerter □ igen"


def _letter(words: str, **fields: Any) -> Letter:
    content = Content(words, (Paragraph(words),))
    return drafted(kind="advice", language="da", recipient="R", content=content, **fields)


def _said(words: str) -> str:
    """What the letter's only paragraph says, as read aloud after the date and the title."""
    aloud = read_aloud(opened(_letter(words)))
    body = aloud.split(str(_letter(words).written_at.year), 1)[1].strip()
    return body[: len(body) // 2].strip()
