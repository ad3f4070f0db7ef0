"""People of every role, patients, and pathways opened and moved by the real functions."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import factory
from django.utils import timezone

from pathways.models import Pathway
from pathways.opening import open_pathway
from pathways.team import Plan, propose_plan
from pathways.tracks import TEAMS, Discipline, Track
from patients.identity import IdentifierKind, Sex
from patients.models import Patient
from staff.models import ReferringUnit, User
from staff.permissions import Role

# All in June: no public holiday but Constitution Day, which the centre keeps open or closed alike.
A_TUESDAY = dt.date(2026, 6, 9)
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


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReferringUnit

    kind = ReferringUnit.Kind.PRACTICE
    name = "Lægerne Søborg"
    ydernummer = factory.Sequence(lambda n: f"{100000 + n}")
    email = "laegerne@example.dk"


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    role = Role.NURSE
    username = factory.Sequence(lambda n: f"user{n}")
    name = factory.LazyAttribute(lambda user: NAMES[user.role])
    unit = factory.Maybe("is_referrer", yes_declaration=factory.SubFactory(UnitFactory))

    class Params:
        is_referrer = factory.LazyAttribute(lambda user: user.role == Role.REFERRER)


class PatientFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Patient

    number = factory.Sequence(lambda n: f"010160{n:04d}")
    number_kind = IdentifierKind.CPR
    birth_date = dt.date(1960, 1, 1)
    sex = Sex.FEMALE
    given_names = "Lonni"
    family_name = "Lauridsen"
    phone = "+4520304050"


def a_user(role: Role = Role.NURSE, **fields: Any) -> User:
    user: User = UserFactory(role=role, **fields)
    return user


def a_patient(**fields: Any) -> Patient:
    patient: Patient = PatientFactory(**fields)
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
    fields.setdefault("patient", None)
    patient = fields.pop("patient") or a_patient()
    plan = fields.pop("plan", None) or a_plan(track)
    by = fields.pop("by", None) or plan.responsible
    unit = fields.pop("unit", None) or UnitFactory()
    return open_pathway(
        patient=patient, unit=unit, plan=plan, by=by, **{"diagnosis": "Rygsmerter"} | fields
    )


def colleague(pathway: Pathway, discipline: Discipline = Discipline.NURSE) -> User:
    """The team's person of a discipline."""
    user: User = pathway.team.get(discipline=discipline).user
    return user
