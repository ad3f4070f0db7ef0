"""Plans, and pathways opened and moved by the real functions."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from pathways.models import Pathway, PathwayTransition
from pathways.opening import open_pathway
from pathways.team import Plan, propose_plan
from pathways.tracks import TEAMS, Discipline, Track
from staff.models import User
from staff.permissions import Role
from tests.patients.factories import a_patient
from tests.staff.factories import a_practice, person


def the_team(track: Track = Track.INTERDISCIPLINARY) -> None:
    """One person of each discipline of the track, where there is none yet."""
    for discipline in TEAMS[track].disciplines:
        if not User.objects.filter(role=discipline).exists():
            person(Role(discipline))


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
    for name, make in (("patient", a_patient), ("unit", a_practice)):
        given[name] = given.get(name) or make()
    return open_pathway(plan=plan, **given)


def colleague(pathway: Pathway, discipline: Discipline = Discipline.NURSE) -> User:
    """The team's person of a discipline."""
    user: User = pathway.team.get(discipline=discipline).user
    return user


def latest_step(pathway: Pathway) -> PathwayTransition:
    """The last line of a pathway's history."""
    return pathway.transitions.latest("sequence")
