"""Danish personal numbers and the replacement numbers of those who have none.

A CPR number is DDMMYY-SSSS: its seventh digit with the year gives the century, its last digit the
sex (even for women). Modulus 11 is never enforced: numbers without it have been issued since
1 October 2007 (CPR-kontoret, "Personnumre uden kontrolciffer").
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from stdnum.dk import cpr
from stdnum.exceptions import InvalidComponent

OFFICE_DAY_OFFSET: Final = 60
LEAP_YEAR: Final = 2000
# MedCom: the seventh character tells the national (X-eCPR) from the regional (D-eCPR) number.
ELECTRONIC: Final = re.compile(r"[0-9]{6}(?:(?P<national>[17])|[056])[A-Z]{2}[0-9]")


class InvalidIdentifier(ValueError):
    """Raised with a sentence for the person who typed; it never contains the number."""


class IdentifierKind(TextChoices):
    """Who issued the number, and therefore what it tells about the person."""

    CPR = "cpr", _("CPR-nummer")
    NATIONAL_REPLACEMENT = "national", _("Nationalt erstatnings-CPR-nummer (X-eCPR)")
    REGIONAL_REPLACEMENT = "regional", _("Regionalt erstatnings-CPR-nummer (D-eCPR)")
    OFFICE_REPLACEMENT = "office", _("Administrativt personnummer (dag + 60)")


class Sex(TextChoices):
    """Sex as the CPR register has it; the values are those of HL7 FHIR."""

    FEMALE = "female", _("Kvinde")
    MALE = "male", _("Mand")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a number tells: only a CPR number gives birth date and sex, others need them stated."""

    number: str = field(repr=False)
    kind: IdentifierKind
    birth_date: date | None = None
    sex: Sex | None = None

    @property
    def born_by_number(self) -> str:
        """The DDMMYY that a replacement number begins with, its day without the office's 60.

        It tells no century; empty for a CPR number, which tells the whole birth date.
        """
        if self.kind is IdentifierKind.CPR:
            return ""
        offset = OFFICE_DAY_OFFSET if self.kind is IdentifierKind.OFFICE_REPLACEMENT else 0
        return f"{int(self.number[:2]) - offset:02}{self.number[2:6]}"


def read_identifier(text: str) -> Identity:
    """Read a CPR or replacement number as people type it, with or without hyphen and spaces.

    `Identity.number` has ten characters, upper case, no hyphen.
    Raises InvalidIdentifier with one sentence per kind of mistake.
    """
    number = cpr.compact(text)
    if not number:
        raise InvalidIdentifier(gettext("Skriv et CPR-nummer eller et erstatnings-CPR-nummer."))
    if not (number.isascii() and number.isalnum()):
        raise InvalidIdentifier(gettext("CPR-nummeret må kun indeholde cifre og en bindestreg."))
    if not any(map(str.isdigit, number)):
        raise InvalidIdentifier(gettext("CPR-nummeret skal have 10 cifre."))
    return _read_digits(number) if number.isdigit() else _read_electronic(number.upper())


def _read_digits(number: str) -> Identity:
    if len(number) != 10:
        raise InvalidIdentifier(gettext("CPR-nummeret skal have 10 cifre."))
    day, month = int(number[:2]), int(number[2:4])
    if day > OFFICE_DAY_OFFSET:
        _check_day(day - OFFICE_DAY_OFFSET, month, written=number)
        return Identity(number, IdentifierKind.OFFICE_REPLACEMENT)
    _check_day(day, month, written=number)
    sex = Sex.MALE if int(number[-1]) % 2 else Sex.FEMALE
    return Identity(number, IdentifierKind.CPR, _birth_date(number), sex)


def _read_electronic(number: str) -> Identity:
    if not (match := ELECTRONIC.fullmatch(number)):
        raise InvalidIdentifier(
            gettext(
                "Et erstatnings-CPR-nummer har seks cifre, så 0, 1, 5, 6 eller 7, "
                "to bogstaver (A-Z) og til sidst et ciffer."
            )
        )
    _check_day(int(number[:2]), int(number[2:4]), written=number)
    if match["national"]:
        return Identity(number, IdentifierKind.NATIONAL_REPLACEMENT)
    return Identity(number, IdentifierKind.REGIONAL_REPLACEMENT)


def _check_day(day: int, month: int, written: str) -> None:
    """Refuse a day that exists in no year."""
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        raise InvalidIdentifier(
            gettext("%(day)s.%(month)s. findes ikke i kalenderen. Se på de første fire cifre.")
            % {"day": written[:2], "month": written[2:4]}
        ) from None


def _birth_date(number: str) -> date:
    try:
        born = cpr.get_birth_date(number)
    except InvalidComponent:
        raise InvalidIdentifier(
            gettext("29.02. findes ikke i det år, som CPR-nummeret angiver.")
        ) from None
    if born > timezone.localdate():
        raise InvalidIdentifier(gettext("CPR-nummeret angiver en fødselsdag, der ikke har været."))
    return born


def display(number: str) -> str:
    """Write a canonical number as Danes do: DDMMYY-SSSS."""
    return f"{number[:6]}-{number[6:]}"


def age_on(birth_date: date, day: date) -> int:
    """Age in whole years on a day; 29 February is celebrated on 1 March in common years."""
    had_birthday = (day.month, day.day) >= (birth_date.month, birth_date.day)
    return day.year - birth_date.year - (not had_birthday)


def born_too_late(years: int, day: date) -> date:
    """The earliest birth date of those who are not yet so old on a day, as ``age_on`` has it."""
    tomorrow = day + timedelta(days=1)
    first_of_month = date(tomorrow.year - years, tomorrow.month, 1)
    return first_of_month + timedelta(days=tomorrow.day - 1)
