"""The demo centre's patients: Denmark's official test persons, and more invented ones like them."""

import csv
import datetime as dt
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from demo.numbers import birth_date, nobodys_number
from demo.people import LETTERS, MAIL
from patients.identity import Sex, display

# HL7 Denmark, hl7dk/dk-core, input/fsh/TestPatienter.fsh (CC0-1.0): none of them exists.
OFFICIAL: Final = Path(__file__).with_name("test_patients.csv")

CITIES: Final = {
    "2100": "København Ø",
    "2860": "Søborg",
    "3300": "Frederiksværk",
    "3400": "Hillerød",
    "4700": "Næstved",
    "5230": "Odense M",
    "5900": "Rudkøbing",
    "6200": "Aabenraa",
    "6800": "Varde",
    "8000": "Aarhus C",
    "9210": "Aalborg SØ",
    "9970": "Strandby",
}
NEAR_A_PRACTICE: Final = ("2860", "3300", "3400", "4700", "6200", "8000")
STREETS: Final = ("Testvej", "Prøvestien", "Eksempelgade", "Testagervej", "Demoparken")
FAMILY: Final = (
    *("Jensen", "Nielsen", "Sørensen", "Kjærgaard", "Bæk", "Ågesen", "Lassen", "Møller"),
    *("Holm", "Dam", "Skovgård", "Thygesen", "Østerlund", "Bak", "Frandsen", "Nygård"),
)
WOMEN: Final = (
    *("Lene", "Bodil", "Tina", "Mette", "Åse", "Jytte", "Susanne", "Line", "Cecilie", "Gitte"),
    *("Dorte", "Kirstine", "Ragnhild", "Ulla", "Pernille", "Trine", "Annelise", "Vibeke"),
)
MEN: Final = ("Bjørn", "Jørgen", "Kåre", "Steen", "Flemming", "Mads", "Torben", "René", "Palle")
# Language, family name, women's and men's names.
WITH_INTERPRETER: Final = (
    ("arabisk", "Al-Masri", ("Fatima", "Samira"), ("Omar",)),
    ("tyrkisk", "Yılmaz", ("Emine", "Ayşe"), ("Mehmet",)),
    ("somali", "Warsame", ("Halima", "Sahra"), ("Abdi",)),
    ("polsk", "Kowalska", ("Agnieszka", "Ewa"), ("Marek",)),
    ("farsi", "Ahmadi", ("Shirin", "Leila"), ("Reza",)),
    ("ukrainsk", "Koval", ("Oksana", "Nadija"), ("Taras",)),
    ("urdu", "Hussain", ("Saima", "Nasreen"), ("Tariq",)),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A patient as a referrer knows one."""

    number: str
    given: str
    family: str
    sex: Sex
    born: dt.date
    street: str
    postal_code: str
    language: str = ""

    def age_on(self, day: dt.date) -> int:
        return day.year - self.born.year - ((day.month, day.day) < (self.born.month, self.born.day))

    @property
    def city(self) -> str:
        return CITIES.get(self.postal_code, "")

    def typed(self) -> dict[str, Any]:
        """The patient step of a referral, as one types it."""
        return {
            "number": display(self.number),
            "given_names": self.given,
            "family_name": self.family,
            "street": self.street,
            "postal_code": self.postal_code,
            "city": self.city,
            "phone": self._phone,
            "email": self._email,
            "interpreter": "yes" if self.language else "no",
            "interpreter_language": self.language,
        }

    @property
    def _phone(self) -> str:
        """A number of nobody's: no Danish subscriber's begins with 12."""
        return f"12 {self.number[6:8]} {self.number[8:10]} {self.number[:2]}"

    @property
    def _email(self) -> str:
        """Two of three write e-mails."""
        if int(self.number[2:4]) % 3 == 0:
            return ""
        words = f"{self.given.split()[0]}.{self.family}".lower().translate(LETTERS)
        return f"{words}@post.{MAIL}" if words.isascii() else ""


def official() -> dict[str, Person]:
    """The official test persons by their number."""
    with OFFICIAL.open(encoding="utf-8", newline="") as lines:
        return {row["identifier"]: _official(row) for row in csv.DictReader(lines)}


# Those of the official persons who need an interpreter.
LANGUAGES: Final = {"1007059995": "arabisk", "3101229995": "somali"}


def _official(row: dict[str, str]) -> Person:
    return Person(
        number=row["identifier"],
        given=row["given"],
        family=row["family"],
        sex=Sex(row["gender"]),
        born=dt.date.fromisoformat(row["birth_date"]),
        street=row["address"],
        postal_code=row["postal_code"],
        language=LANGUAGES.get(row["identifier"], ""),
    )


class Strangers:
    """Invented adults without end: three of four women, one of four with an interpreter."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._taken = set(official())
        self._met = 0

    def adult(self, day: dt.date) -> Person:
        """Somebody new who is of age on the day, under a number that nobody else has."""
        sex = Sex.MALE if self._rng.random() < 0.25 else Sex.FEMALE
        while True:
            born = birth_date(self._rng, day)
            number = nobodys_number(self._rng, born, sex)
            if number not in self._taken:
                self._taken.add(number)
                return self._named(number, sex, born)

    def _named(self, number: str, sex: Sex, born: dt.date) -> Person:
        rng, language = self._rng, ""
        family, given = rng.choice(FAMILY), rng.choice(MEN if sex == Sex.MALE else WOMEN)
        self._met += 1
        if self._met % 4 == 0:
            language, family, women, men = rng.choice(WITH_INTERPRETER)
            given = rng.choice(men if sex == Sex.MALE else women)
        return Person(
            number=number,
            given=f"{given} Test",
            family=family,
            sex=sex,
            born=born,
            street=f"{rng.choice(STREETS)} {rng.randint(1, 80)}",
            postal_code=rng.choice(NEAR_A_PRACTICE),
            language=language,
        )
