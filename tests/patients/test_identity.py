"""Personal numbers: what they tell, what is refused, and that no refusal repeats them."""

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from demo.patients import OFFICIAL
from patients.identity import (
    IdentifierKind,
    Identity,
    InvalidIdentifier,
    Sex,
    age_on,
    born_too_late,
    display,
    read_identifier,
)

PERSONS = list(csv.DictReader(OFFICIAL.read_text(encoding="utf-8").splitlines()))
TODAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-03-02 12:00Z", tick=False):
        yield


def number_or_refusal(text: str) -> str:
    try:
        return read_identifier(text).number
    except InvalidIdentifier as refused:
        return str(refused)


def refusal(text: str) -> str:
    with pytest.raises(InvalidIdentifier) as refused:
        read_identifier(text)
    return str(refused.value)


def test_all_official_test_persons_are_there() -> None:
    assert len(PERSONS) == 38


@pytest.mark.parametrize("person", PERSONS, ids=lambda person: person["given"])
def test_official_test_persons_get_their_birth_date_and_sex(person: dict[str, str]) -> None:
    assert read_identifier(person["identifier"]) == Identity(
        number=person["identifier"],
        kind=IdentifierKind.CPR,
        birth_date=date.fromisoformat(person["birth_date"]),
        sex=Sex(person["gender"]),
    )


@pytest.mark.parametrize(
    ("seventh", "year", "full_year"),
    [
        ("0", "36", 1936), ("3", "99", 1999), ("4", "00", 2000), ("4", "26", 2026),
        ("4", "37", 1937), ("9", "99", 1999), ("9", "37", 1937), ("5", "00", 2000),
        ("8", "57", None), ("5", "58", 1858), ("8", "99", 1899), ("9", "36", None),
    ],
)  # fmt: skip
def test_the_seventh_digit_and_the_year_give_the_century(
    seventh: str, year: str, full_year: int | None
) -> None:
    typed = f"0101{year}{seventh}001"
    if full_year is None:
        assert refusal(typed) == "CPR-nummeret angiver en fødselsdag, der ikke har været."
    else:
        assert read_identifier(typed).birth_date == date(full_year, 1, 1)


@pytest.mark.parametrize(
    "typed",
    ["0201609996", "020160-9996", " 020160 - 9996 ", "02 01 60 9996", "020160\u20139996",
     "020160\u00a09996", "020160-9996\n"],
)  # fmt: skip
def test_hyphen_and_spaces_do_not_matter(typed: str) -> None:
    assert read_identifier(typed).number == "0201609996"


@pytest.mark.parametrize(
    ("typed", "number", "kind"),
    [
        ("070392-1VJ4", "0703921VJ4", IdentifierKind.NATIONAL_REPLACEMENT),
        ("0708607gh8", "0708607GH8", IdentifierKind.NATIONAL_REPLACEMENT),
        ("1206550VK9", "1206550VK9", IdentifierKind.REGIONAL_REPLACEMENT),
        ("1206555VK9", "1206555VK9", IdentifierKind.REGIONAL_REPLACEMENT),
        ("120655 6vk9", "1206556VK9", IdentifierKind.REGIONAL_REPLACEMENT),
        ("6201601234", "6201601234", IdentifierKind.OFFICE_REPLACEMENT),
        ("910160-1234", "9101601234", IdentifierKind.OFFICE_REPLACEMENT),
    ],
)
def test_replacement_numbers_tell_neither_birth_date_nor_sex(
    typed: str, number: str, kind: IdentifierKind
) -> None:
    assert read_identifier(typed) == Identity(number, kind, birth_date=None, sex=None)


REPLACEMENT_FORM = (
    "Et erstatnings-CPR-nummer har seks cifre, så 0, 1, 5, 6 eller 7, "
    "to bogstaver (A-Z) og til sidst et ciffer."
)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Skriv et CPR-nummer eller et erstatnings-CPR-nummer."),
        (" - ", "Skriv et CPR-nummer eller et erstatnings-CPR-nummer."),
        ("020160999", "CPR-nummeret skal have 10 cifre."),
        ("02016099960", "CPR-nummeret skal have 10 cifre."),
        ("02011960-9996", "CPR-nummeret skal have 10 cifre."),
        ("abc", "CPR-nummeret skal have 10 cifre."),
        ("020160/9996", "CPR-nummeret må kun indeholde cifre og en bindestreg."),
        ("0703921ß4", "CPR-nummeret må kun indeholde cifre og en bindestreg."),
        ("0703921ÆJ4", "CPR-nummeret må kun indeholde cifre og en bindestreg."),
        ("\u0660201609996", "CPR-nummeret må kun indeholde cifre og en bindestreg."),
        ("0703922VJ4", REPLACEMENT_FORM),
        ("0703921VJ45", REPLACEMENT_FORM),
        ("O201609996", REPLACEMENT_FORM),
        ("3102609996", "31.02. findes ikke i kalenderen. Se på de første fire cifre."),
        ("0113609996", "01.13. findes ikke i kalenderen. Se på de første fire cifre."),
        ("0000000000", "00.00. findes ikke i kalenderen. Se på de første fire cifre."),
        ("4001609996", "40.01. findes ikke i kalenderen. Se på de første fire cifre."),
        ("9901601234", "99.01. findes ikke i kalenderen. Se på de første fire cifre."),
        ("9102601234", "91.02. findes ikke i kalenderen. Se på de første fire cifre."),
        ("3004991VJ4", None),
        ("3104991VJ4", "31.04. findes ikke i kalenderen. Se på de første fire cifre."),
        ("2902614001", "29.02. findes ikke i det år, som CPR-nummeret angiver."),
        ("2902000001", "29.02. findes ikke i det år, som CPR-nummeret angiver."),
        ("2902004001", None),
        ("0303264001", "CPR-nummeret angiver en fødselsdag, der ikke har været."),
        ("0203264001", None),
    ],
)
def test_each_mistake_has_its_sentence(typed: str, sentence: str | None) -> None:
    if sentence is None:
        assert read_identifier(typed)
    else:
        assert refusal(typed) == sentence


def test_a_child_born_after_midnight_in_denmark_is_born() -> None:
    with time_machine.travel("2026-03-02 23:30Z"):
        assert read_identifier("0303264001").birth_date == date(2026, 3, 3)


def test_modulus_11_is_not_enforced() -> None:
    assert read_identifier("0101651235").birth_date == date(1965, 1, 1)


@given(st.text())
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    answer = number_or_refusal(text)
    assert answer.endswith(".") or re.fullmatch(r"[0-9]{7}[0-9A-Z]{2}[0-9]", answer)


@given(st.from_regex(r"[0-9]{6}-?[0-9A-Z]{3,5}", fullmatch=True))
def test_what_is_read_reads_the_same_when_displayed_and_refusals_hide_it(text: str) -> None:
    compact = text.replace("-", "")
    answer = number_or_refusal(text)
    if answer == compact:
        assert read_identifier(display(answer)) == read_identifier(text)
    else:
        assert text not in answer
        assert compact not in answer


born_days = st.dates(date(1937, 1, 1), TODAY)


@given(born=born_days, serial=st.integers(0, 99), sex=st.sampled_from(Sex))
def test_every_birth_date_comes_back(born: date, serial: int, sex: Sex) -> None:
    seventh = 0 if born.year < 2000 else 4
    last = serial % 5 * 2 + (sex is Sex.MALE)
    identity = read_identifier(f"{born:%d%m%y}{seventh}{serial:02}{last}")
    assert (identity.birth_date, identity.sex) == (born, sex)


def test_the_number_is_not_in_the_repr() -> None:
    assert "0201609996" not in repr(read_identifier("0201609996"))


def test_display_writes_the_hyphen() -> None:
    assert display("0201609996") == "020160-9996"


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2008, 3, 2), date(2026, 3, 1), 17),
        (date(2008, 3, 2), date(2026, 3, 2), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
    ],
)
def test_age_changes_on_the_birthday(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


@given(born=born_days, day=born_days, years=st.integers(0, 20))
def test_who_is_not_yet_so_old_is_told_by_the_birth_date_alone(
    born: date, day: date, years: int
) -> None:
    assert (born >= born_too_late(years, day)) == (age_on(born, day) < years)


@pytest.mark.parametrize("day", [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)])
@pytest.mark.parametrize("years", [15, 16])
def test_also_around_the_leap_day(day: date, years: int) -> None:
    around = [date(day.year - years, 2, 27) + timedelta(days=n) for n in range(5)]
    too_late = born_too_late(years, day)
    assert [b >= too_late for b in around] == [age_on(b, day) < years for b in around]


@given(born=born_days, days=st.integers(0, 40_000))
def test_nobody_grows_younger(born: date, days: int) -> None:
    day = born + timedelta(days=days)
    age = age_on(born, day)
    assert 0 <= age_on(born, day + timedelta(days=1)) - age <= 1
    assert age == pytest.approx(days / 365.2425, abs=1.01)
