import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients.contact import display_phone, read_phone

LENGTH = "Et telefonnummer har 8 cifre eller begynder med plus og landekode, fx +46."
CHARACTERS = "Telefonnummeret må kun indeholde cifre, mellemrum og et plus."


@pytest.mark.parametrize(
    "typed",
    ["12345678", "12 34 56 78", "+45 12 34 56 78", "0045 12345678", "+4512345678", "12-34-56-78",
     "(+45) 12 34 56 78", "  12345678\n"],
)  # fmt: skip
def test_danish_numbers_are_read_in_every_way_they_are_written(typed: str) -> None:
    assert read_phone(typed) == "+4512345678"


@pytest.mark.parametrize(
    ("typed", "number"),
    [("+46 8 123 456 78", "+46812345678"), ("0046 8 123 456 78", "+46812345678"),
     ("+298 212345", "+298212345"), ("+299 32 12 34", "+299321234"),
     ("+49 30 123456", "+4930123456")],
)  # fmt: skip
def test_foreign_numbers_keep_their_country(typed: str, number: str) -> None:
    assert read_phone(typed) == number


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Skriv et telefonnummer."),
        ("   ", "Skriv et telefonnummer."),
        ("1234567", LENGTH),
        ("123456789", LENGTH),
        ("1", LENGTH),
        ("+45 1234567", LENGTH),
        ("+999 12345678", LENGTH),
        ("-", LENGTH),
        ("12345678 lok. 5", CHARACTERS),
        ("35FLOWER", CHARACTERS),
        ("12345678;ext=5", CHARACTERS),
        ("12345678 eller +45", CHARACTERS),
        ("ved ikke", CHARACTERS),
    ],
)
def test_each_mistake_has_its_sentence(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011 - the whole sentence is compared below
        read_phone(typed)
    assert str(refused.value) == sentence


def test_danish_numbers_are_shown_in_pairs() -> None:
    assert display_phone("+4512345678") == "12 34 56 78"


def test_foreign_numbers_are_shown_with_their_country() -> None:
    assert display_phone("+46812345678") == "+46 8 123 456 78"


@given(st.from_regex(r"[0-9]{8}", fullmatch=True).filter(lambda digits: digits[:2] != "00"))
def test_what_is_shown_reads_back(digits: str) -> None:
    number = read_phone(digits)
    assert number == f"+45{digits}"
    assert read_phone(display_phone(number)) == number


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        answer = read_phone(text)
    except ValueError as refused:
        answer = str(refused)
    sentences = {"Skriv et telefonnummer.", LENGTH, CHARACTERS}
    assert answer in sentences or re.fullmatch(r"\+[0-9]{4,18}", answer)
