"""People of every role, patients, and pathways opened and moved by the real functions."""

import datetime as dt
import itertools
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from stdnum.dk import cpr

from pathways.models import Pathway, PathwayTransition
from pathways.opening import open_pathway
from pathways.team import Plan, propose_plan
from pathways.tracks import TEAMS, Discipline, Track
from patients.identity import IdentifierKind, Sex
from patients.models import Patient
from staff.models import ReferringUnit, User
from staff.permissions import Role

NUMBERS = itertools.count(1)
# Women born 1 January 1960; numbers of that time without a valid check digit belong to nobody.
CPR_NUMBERS = itertools.cycle(
    [number for number in map("010160{:04d}".format, range(0, 4000, 2)) if cpr.checksum(number)]
)
NAMES: Mapping[str, str] = {
    Role.SECRETARY: "Karin Sekretær",
    Role.PHYSICIAN: "Anne Holm",
    Role.NURSE: "Nina Sygeplejerske",
    Role.PHYSIOTHERAPIST: "Finn Fysioterapeut",
    Role.PSYCHOLOGIST: "Pia Psykolog",
    Role.SOCIAL_WORKER: "Sofie Socialrådgiver",
    Role.MANAGER: "Mads Leder",
    Role.ADMINISTRATOR: "Aage Administrator",
    Role.REFERRER: "Gerda Læge",
}


def a_unit(**fields: Any) -> ReferringUnit:
    """A practice with a number of its own."""
    practice = {
        "kind": ReferringUnit.Kind.PRACTICE,
        "name": "Lægerne Søborg",
        "ydernummer": f"{next(NUMBERS):06d}",
        "email": "laegerne@example.dk",
    }
    return ReferringUnit.objects.create(**practice | fields)


def a_user(role: Role = Role.NURSE, **fields: Any) -> User:
    """A person of a role; a referrer belongs to a practice."""
    unit = a_unit() if role == Role.REFERRER else None
    person = {"username": f"user{next(NUMBERS)}", "name": NAMES[role], "unit": unit}
    user: User = User.objects.create(role=role, **person | fields)
    return user


def a_patient(**fields: Any) -> Patient:
    """A woman born in 1960, with a number of her own and a phone."""
    woman = {
        "number": next(CPR_NUMBERS),
        "number_kind": IdentifierKind.CPR,
        "birth_date": dt.date(1960, 1, 1),
        "sex": Sex.FEMALE,
        "given_names": "Lonni",
        "family_name": "Lauridsen",
        "phone": "+4520304050",
    }
    patient: Patient = Patient.objects.create(**woman | fields)
    return patient


def the_team(track: Track = Track.INTERDISCIPLINARY) -> None:
    """One person of each discipline of the track, where there is none yet."""
    for discipline in TEAMS[track].disciplines:
        if not User.objects.filter(role=discipline).exists():
            a_user(Role(discipline))


def a_plan(
    track: Track = Track.INTERDISCIPLINARY, reasons: Mapping[Discipline, str] | None = None
) -> Plan:
    """The plan proposed for a track, with people to carry it."""
    the_team(track)
    return propose_plan(track, reasons or {}, timezone.localdate())


def a_pathway(track: Track = Track.SINGLE, **fields: Any) -> Pathway:
    """A pathway as acceptance opens it: patient, unit, plan, diagnosis and by may be given."""
    plan = fields.pop("plan", None) or a_plan(track)
    given: dict[str, Any] = {"by": plan.responsible, "diagnosis": "Rygsmerter"} | fields
    for name, make in (("patient", a_patient), ("unit", a_unit)):
        given[name] = given.get(name) or make()
    return open_pathway(plan=plan, **given)


def colleague(pathway: Pathway, discipline: Discipline = Discipline.NURSE) -> User:
    """The team's person of a discipline."""
    user: User = pathway.team.get(discipline=discipline).user
    return user


def latest_step(pathway: Pathway) -> PathwayTransition:
    """The last line of a pathway's history."""
    return pathway.transitions.latest("sequence")
