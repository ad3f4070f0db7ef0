"""The demo centre's staff, and the practices and departments that refer to it.

Staff follows the deck ("Tværfaglig behandling"), counted as full-time equivalents: 5.5 physicians,
7 nurses, 2 physiotherapists, 3 psychologists, 2 social workers. All of them are invented.
"""

import datetime as dt
from decimal import Decimal
from typing import Final, NamedTuple

from staff.models import Absence, ReferringUnit, User
from staff.permissions import Role
from staff.working_days import add_weekdays

# No Danish subscriber has a number beginning with 1: such numbers are short codes.
NOBODYS_PHONE: Final = "+4512"
MAIL: Final = "example"  # RFC 2606: a top-level domain that leads nowhere
LETTERS: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u"})


class Person(NamedTuple):
    """A member of the centre's staff."""

    name: str
    role: Role
    title: str
    weekly_hours: str = "37"


class Referrer(NamedTuple):
    """Who signs a referral."""

    name: str
    title: str


class Unit(NamedTuple):
    """A practice (with ydernummer) or a hospital department (with department code)."""

    name: str
    number: str
    street: str
    postal_code: str
    city: str
    people: tuple[Referrer, ...]


class Away(NamedTuple):
    """An absence, in weekdays counted from today."""

    username: str
    first: int
    last: int


STAFF: Final = (
    Person("Karin Bech", Role.SECRETARY, "lægesekretær"),
    Person("Mette Lund", Role.SECRETARY, "lægesekretær"),
    Person("Yasmin Aydin", Role.SECRETARY, "lægesekretær", "32"),
    Person("Anne Holm", Role.PHYSICIAN, "overlæge"),
    Person("Søren Kjær", Role.PHYSICIAN, "overlæge"),
    Person("Birgitte Østergaard", Role.PHYSICIAN, "afdelingslæge"),
    Person("Jonas Rask", Role.PHYSICIAN, "afdelingslæge", "32"),
    Person("Amina Haddad", Role.PHYSICIAN, "afdelingslæge", "32"),
    Person("Poul Bjerregård", Role.PHYSICIAN, "overlæge", "28.5"),
    Person("Hanne Skov", Role.NURSE, "specialeansvarlig sygeplejerske"),
    Person("Lone Krogh", Role.NURSE, "sygeplejerske"),
    Person("Maja Bruun", Role.NURSE, "sygeplejerske"),
    Person("Kasper Dahl", Role.NURSE, "sygeplejerske"),
    Person("Tove Ågård", Role.NURSE, "sygeplejerske", "32"),
    Person("Signe Vang", Role.NURSE, "sygeplejerske", "30"),
    Person("Ida Møller Riis", Role.NURSE, "sygeplejerske", "28"),
    Person("Bente Hauge", Role.NURSE, "sygeplejerske", "21"),
    Person("Thomas Juul", Role.PHYSIOTHERAPIST, "fysioterapeut"),
    Person("Camilla Bøgh", Role.PHYSIOTHERAPIST, "fysioterapeut"),
    Person("Rikke Thorsen", Role.PSYCHOLOGIST, "specialpsykolog"),
    Person("Henrik Falk", Role.PSYCHOLOGIST, "psykolog"),
    Person("Nadia Lindgren", Role.PSYCHOLOGIST, "psykolog"),
    Person("Dorthe Kæmpe", Role.SOCIAL_WORKER, "socialrådgiver"),
    Person("Emil Friis", Role.SOCIAL_WORKER, "socialrådgiver"),
    Person("Marianne Winther", Role.MANAGER, "centerleder"),
    Person("Per Ibsen", Role.ADMINISTRATOR, "systemadministrator"),
)

# Six practices; ydernumre of six digits beginning with 99 are not in use.
PRACTICES: Final = (
    Unit(
        "Lægerne Søborg Torv",
        "990112",
        "Søborg Torv 4, 1.",
        "2860",
        "Søborg",
        (
            Referrer("Gerda Lykke", "praktiserende læge"),
            Referrer("Mikkel Brandt", "praktiserende læge"),
            Referrer("Louise Ravn", "uddannelseslæge"),
        ),
    ),
    Unit(
        "Lægehuset Frederiksværk",
        "990245",
        "Nørregade 18",
        "3300",
        "Frederiksværk",
        (
            Referrer("Jens Aagaard", "praktiserende læge"),
            Referrer("Pernille Toft", "praktiserende læge"),
        ),
    ),
    Unit(
        "Lægehuset Hillerød Øst",
        "990371",
        "Østervang 7",
        "3400",
        "Hillerød",
        (
            Referrer("Inge Sand", "praktiserende læge"),
            Referrer("Ole Damgård", "praktiserende læge"),
            Referrer("Sara Bang", "praktiserende læge"),
        ),
    ),
    Unit(
        "Lægerne ved Åen",
        "990408",
        "Åboulevarden 52",
        "8000",
        "Aarhus C",
        (
            Referrer("Niels Æbelø", "praktiserende læge"),
            Referrer("Katrine Holst", "praktiserende læge"),
        ),
    ),
    Unit(
        "Lægehuset i Aabenraa",
        "990533",
        "Storegade 30",
        "6200",
        "Aabenraa",
        (Referrer("Hans Christian Petri", "praktiserende læge"),),
    ),
    Unit(
        "Læge Ulla Gram",
        "990619",
        "Algade 11",
        "4700",
        "Næstved",
        (Referrer("Ulla Gram", "praktiserende læge"),),
    ),
)

DEPARTMENTS: Final = (
    Unit(
        "Ortopædkirurgisk afdeling, Nordsjællands Demohospital",
        "9900010",
        "Hospitalsvej 1",
        "3400",
        "Hillerød",
        (Referrer("Morten Kjeldsen", "afdelingslæge"),),
    ),
    Unit(
        "Anæstesi- og Traumeafdelingen, Demohospitalet",
        "9900020",
        "Sygehusvej 10",
        "2100",
        "København Ø",
        (Referrer("Astrid Nørgaard", "overlæge"),),
    ),
)

ABSENCES: Final = (
    Away("poul.bjerregaard", -4, 6),
    Away("kasper.dahl", -1, 3),
    Away("lone.krogh", 12, 21),
    Away("anne.holm", 18, 22),
    Away("henrik.falk", -30, -21),
    Away("mette.lund", 5, 9),
)


def username_of(name: str) -> str:
    """First and last word of the name without Danish letters: "Søren Kjær" is soeren.kjaer."""
    words = name.lower().translate(LETTERS).split()
    return f"{words[0]}.{words[-1]}"


def employ(today: dt.date) -> None:
    """Create the staff with their absences, then the referring units with their people."""
    for person in STAFF:
        username = username_of(person.name)
        User.objects.create_user(
            username,
            name=person.name,
            role=person.role,
            title=person.title,
            weekly_hours=Decimal(person.weekly_hours),
            email=f"{username}@smertecenter.{MAIL}",
        )
    for away in ABSENCES:
        Absence.objects.create(
            user=User.objects.get(username=away.username),
            first_day=add_weekdays(today, away.first),
            last_day=add_weekdays(today, away.last),
        )
    for place, practice in enumerate(PRACTICES):
        _settle(practice, place, ReferringUnit.Kind.PRACTICE)
    for place, department in enumerate(DEPARTMENTS, start=len(PRACTICES)):
        _settle(department, place, ReferringUnit.Kind.DEPARTMENT)


def _settle(unit: Unit, place: int, kind: ReferringUnit.Kind) -> None:
    is_practice = kind == ReferringUnit.Kind.PRACTICE
    host = f"{unit.number}.{MAIL}"
    settled = ReferringUnit.objects.create(
        kind=kind,
        name=unit.name,
        ydernummer=unit.number if is_practice else "",
        department_code="" if is_practice else unit.number,
        street=unit.street,
        postal_code=unit.postal_code,
        city=unit.city,
        phone=f"{NOBODYS_PHONE}9900{place:02d}",
        email=f"post@{host}",
    )
    for person in unit.people:
        username = username_of(person.name)
        User.objects.create_user(
            username,
            name=person.name,
            role=Role.REFERRER,
            title=person.title,
            unit=settled,
            email=f"{username}@{host}",
        )
