"""Nobody's numbers read like anybody's, and are nobody's."""

import datetime as dt
import random

from hypothesis import given
from hypothesis import strategies as st
from stdnum.dk import cpr

from demo.numbers import birth_date, nobodys_number
from demo.patients import Strangers, official
from patients.identity import IdentifierKind, Sex, read_identifier

DAY = dt.date(2026, 6, 9)
BORN = st.dates(dt.date(1905, 1, 2), dt.date(2008, 6, 9))


def is_nobodys(number: str) -> bool:
    """Numbers that fail modulus 11 have only been given to people born on 1 January."""
    return cpr.checksum(number) != 0 and not number.startswith("0101")


@given(born=BORN, sex=st.sampled_from(Sex), seed=st.integers())
def test_a_number_tells_birth_date_and_sex_and_fails_modulus_11(
    born: dt.date, sex: Sex, seed: int
) -> None:
    number = nobodys_number(random.Random(seed), born, sex)
    read = read_identifier(number)
    assert (read.kind, read.birth_date, read.sex) == (IdentifierKind.CPR, born, sex)
    assert cpr.checksum(number) != 0


@given(seed=st.integers())
def test_patients_are_of_age_and_not_born_on_1_january(seed: int) -> None:
    born = birth_date(random.Random(seed), DAY)
    assert (born.month, born.day) != (1, 1)
    assert born <= DAY.replace(year=DAY.year - 18)


def test_no_stranger_has_anothers_number_or_anybodys() -> None:
    strangers = Strangers(random.Random(1))
    numbers = [strangers.adult(DAY).number for _ in range(5000)]
    assert len(set(numbers)) == len(numbers)
    assert all(map(is_nobodys, numbers))


def test_the_official_test_persons_fail_modulus_11_too() -> None:
    assert all(map(cpr.checksum, official()))
    assert len(official()) == 38
