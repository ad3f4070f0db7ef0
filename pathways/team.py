"""Who treats whom: the team a track needs, proposed by the lightest load in proportion to hours."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from casework.refusals import Refused
from pathways.tracks import TEAMS, Discipline, Track
from patients.names import danish_key
from staff.models import Absence, User


@dataclass(frozen=True, slots=True)
class Seat:
    """A person in a team: in which discipline, and why the discipline and this person."""

    user: User
    discipline: Discipline
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """How a patient is to be received: track, responsible physician and team."""

    track: Track
    responsible: User
    team: tuple[Seat, ...]


@dataclass(frozen=True, slots=True)
class Load:
    """How many open pathways a person carries; ``per_fte`` per full-time equivalent of 37 hours."""

    user: User
    open_pathways: int
    per_fte: Decimal
    away: bool

    @property
    def sentence(self) -> str:
        """Why this person is proposed."""
        words = {
            "patients": self.open_pathways,
            "hours": number_format(self.user.weekly_hours.normalize()),
        }
        return _("Færrest patienter i forhold til timer: %(patients)s på %(hours)s timer.") % words


CARRIED = Q(team_places__until__isnull=True, team_places__pathway__closed_at__isnull=True)


def loads(discipline: Discipline, on: dt.date) -> list[Load]:
    """Everybody active in a discipline, lightest load first, those away on the day last."""
    return _loads([discipline], on)[discipline]


def propose_plan(track: Track, reasons: Mapping[Discipline, str], on: dt.date) -> Plan:
    """The track's team from the people with the lightest load who are at work on the day.

    A discipline that the track has only when wanted joins when ``reasons`` has it. A discipline of
    which nobody is at work stays empty, for a person to fill. Raises Refused when no physician is.
    """
    team, wanted = TEAMS[track], _wanted(track, reasons)
    found = _loads(wanted, on)
    seats = [seat for one in wanted for seat in _seat(found[one], one, reasons.get(one, ""))]
    if not seats or seats[0].discipline != team.disciplines[0]:
        raise Refused(
            _("Ingen læge er på arbejde i dag. Vælg selv den behandlingsansvarlige læge.")
        )
    return Plan(track, seats[0].user, tuple(seats))


def check_plan(plan: Plan) -> None:
    """Raises Refused when a person cannot have the seat, or the track needs another discipline."""
    physician = Seat(plan.responsible, Discipline.PHYSICIAN, "")
    for seat in (physician, *plan.team):
        check_seat(seat)
    _check_disciplines(plan, {Discipline.PHYSICIAN} | {seat.discipline for seat in plan.team})
    people = Counter(seat.user.pk for seat in plan.team)
    for seat in plan.team:
        if people[seat.user.pk] > 1:
            raise Refused(_("%(name)s står to gange på teamet.") % {"name": seat.user.name})


def check_seat(seat: Seat) -> None:
    """Raises Refused when the person cannot sit there."""
    words = {"name": seat.user.name, "discipline": Discipline(seat.discipline).label.lower()}
    if not seat.user.is_active:
        raise Refused(_("%(name)s arbejder ikke længere i centret.") % words)
    if seat.user.role != seat.discipline:
        raise Refused(_("%(name)s er ikke %(discipline)s.") % words)


def _check_disciplines(plan: Plan, present: set[Discipline]) -> None:
    team, track = TEAMS[plan.track], Track(plan.track).label
    missing = [one.label.lower() for one in team.disciplines if one not in present]
    if missing:
        words = {"track": track, "missing": ", ".join(missing)}
        raise Refused(_("På teamet mangler: %(missing)s (spor: %(track)s).") % words)
    for one in sorted(present):
        if not team.allows(one):
            words = {"track": track, "discipline": Discipline(one).label.lower()}
            raise Refused(_("Sporet %(track)s har ingen %(discipline)s på teamet.") % words)


def _wanted(track: Track, reasons: Mapping[Discipline, str]) -> list[Discipline]:
    team = TEAMS[track]
    return [*team.disciplines, *(one for one in team.if_wanted if one in reasons)]


def _seat(candidates: list[Load], discipline: Discipline, reason: str) -> Iterator[Seat]:
    """The first of the candidates who is at work, if any."""
    for load in candidates:
        if not load.away:
            why = f"{reason.rstrip('.')}. {load.sentence}" if reason else load.sentence
            yield Seat(load.user, discipline, why)
            return


def _loads(disciplines: Iterable[Discipline], on: dt.date) -> dict[Discipline, list[Load]]:
    """The loads of several disciplines with one query."""
    found: dict[Discipline, list[Load]] = {one: [] for one in disciplines}
    away = Absence.objects.filter(user=OuterRef("pk"), first_day__lte=on, last_day__gte=on)
    people = User.objects.active().filter(role__in=list(found))
    carried = Count("team_places__pathway", filter=CARRIED, distinct=True)
    for user in people.annotate(carried=carried, is_away=Exists(away)):
        per_fte = user.carried / user.full_time_equivalent
        load = Load(user, user.carried, per_fte, user.is_away)
        found[Discipline(user.role)].append(load)
    return {one: sorted(them, key=_lightest_first) for one, them in found.items()}


def _lightest_first(load: Load) -> tuple[bool, Decimal, str, int]:
    return load.away, load.per_fte, danish_key(load.user.name), load.user.pk
