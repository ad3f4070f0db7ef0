"""What is to be done next, by whom and by when; and who is on the team."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.moves import lock, take_step
from casework.refusals import Refused
from pathways.lifecycle import Status, Verb
from pathways.models import Pathway, TeamMember
from pathways.team import Seat, check_seat
from pathways.times import check_open
from pathways.tracks import TEAMS, Discipline, Track
from staff import deadlines
from staff.models import User
from staff.permissions import Permission

NEXT_STEP_LENGTH = 200


def check_can_plan(user: User, pathway: Pathway) -> None:
    """Raises Refused when the person may not plan, or the pathway is closed."""
    if not user.has_perm(Permission.PLAN):
        raise Refused(_("Din rolle kan ikke planlægge forløb."))
    if not pathway.is_open:
        raise Refused(_("Forløbet er afsluttet."))


def lock_to_plan(user: User, pk: int, version: int | None) -> Pathway:
    """The pathway under its lock, for somebody who may plan it; needs a transaction.

    Raises Pathway.DoesNotExist for others' pathways, Stale and Refused.
    """
    pathway: Pathway = lock(Pathway.objects.visible_to(user), pk, version)
    check_can_plan(user, pathway)
    return pathway


@transaction.atomic
def set_next_step(
    user: User, pk: int, version: int, next_step: str, by: User, due_on: dt.date
) -> Pathway:
    """Say what is to be done next, who does it and by when. Raises Refused and Stale."""
    pathway = lock_to_plan(user, pk, version)
    if pathway.status == Status.PAUSED:
        check_end_of_pause(due_on, timezone.localdate(pathway.status_since), "due_on")
    plan_next(pathway, next_step, by, due_on)
    take_step(pathway, Verb.PLANNED, pathway.status, by=user, due_on=due_on, why=pathway.next_step)
    return pathway


def check_end_of_pause(day: dt.date, began: dt.date, field: str) -> None:
    """Raises Refused, at a form's field, for a day after the longest pause that began on a day."""
    if day > (last := deadlines.due("longest_pause", began)):
        until = {"day": date_format(last, "j.n.Y")}
        raise Refused(_("En pause kan højst vare til den %(day)s. Vælg en dag før.") % until, field)


def plan_next(pathway: Pathway, next_step: str, by: User, due_on: dt.date) -> None:
    """Set (not save) the next step.

    Raises Refused when it is empty, past, on a day that is closed, or nobody can do it.
    """
    words = " ".join(next_step.split())
    if not words:
        raise Refused(
            _("Skriv, hvad der skal ske. Et forløb skal altid have et næste skridt."), "next_step"
        )
    if due_on < timezone.localdate():
        raise Refused(
            _("Fristen for næste skridt er allerede gået. Vælg en dag fra i dag af."), "due_on"
        )
    check_open(due_on, "due_on")
    if not by.has_perm(Permission.PLAN):
        raise Refused(_("%(name)s kan ikke have næste skridt.") % {"name": by.name}, "next_step_by")
    pathway.next_step = words[:NEXT_STEP_LENGTH]
    pathway.next_step_by = by
    pathway.due_on = due_on


def coordinator(pathway: Pathway) -> User:
    """Who coordinates: the team's nurse (deck: "Sygeplejerskens opgave"), else the physician."""
    nurses = pathway.team.current().filter(discipline=Discipline.NURSE, user__is_active=True)
    nurse = nurses.select_related("user").first()
    return nurse.user if nurse else pathway.responsible


@transaction.atomic
def change_team(
    user: User,
    pk: int,
    version: int,
    *,
    why: str,
    join: Sequence[Seat] = (),
    leave: Sequence[User] = (),
    responsible: User | None = None,
) -> Pathway:
    """Let people join and leave a team, with a reason; the responsible physician may change.

    A next step of somebody who leaves goes to the coordinator. Raises Refused and Stale.
    """
    pathway = lock_to_plan(user, pk, version)
    if not why.strip():
        raise Refused(_("Skriv, hvorfor teamet ændres."), "why")
    joining = [*join, *_seat_of_responsible(pathway, responsible, join)]
    _check_change(pathway, joining, leave, responsible)
    pathway.responsible = responsible or pathway.responsible
    _reseat(pathway, joining, leave)
    if pathway.next_step_by in leave:
        pathway.next_step_by = coordinator(pathway)
    words = _change_words(joining, leave, responsible)
    due_on = pathway.due_on
    take_step(pathway, Verb.JOINED, pathway.status, by=user, due_on=due_on, why=f"{words}. {why}")
    return pathway


def _seat_of_responsible(
    pathway: Pathway, responsible: User | None, join: Sequence[Seat]
) -> list[Seat]:
    """The seat a new responsible physician needs: none when already on the team or joining."""
    if responsible is None or responsible in [seat.user for seat in join]:
        return []
    if pathway.team.current().filter(user=responsible).exists():
        return []
    return [Seat(responsible, Discipline.PHYSICIAN, "")]


def _check_change(
    pathway: Pathway, join: Sequence[Seat], leave: Sequence[User], responsible: User | None
) -> None:
    if not (join or leave or responsible):
        raise Refused(_("Vælg, hvem der skal på eller af teamet."))
    if responsible:
        check_seat(Seat(responsible, Discipline.PHYSICIAN, ""))
    for seat in join:
        check_seat(seat)
    if (responsible or pathway.responsible) in leave:
        raise Refused(_("Vælg en anden behandlingsansvarlig læge, før lægen går af teamet."))
    team = {place.user: place.discipline for place in pathway.team.current().select_related("user")}
    _check_places(team, join, leave)
    staying = {one for person, one in team.items() if person not in leave}
    _check_needed(pathway, staying | {seat.discipline for seat in join}, set(team.values()))


def _check_places(team: dict[User, str], join: Sequence[Seat], leave: Sequence[User]) -> None:
    for seat in join:
        if seat.user in team and seat.user not in leave:
            raise Refused(_("%(name)s er allerede på teamet.") % {"name": seat.user.name})
    for person in leave:
        if person not in team:
            raise Refused(_("%(name)s er ikke på teamet.") % {"name": person.name})


def _check_needed(pathway: Pathway, after: set[str], before: set[str]) -> None:
    """A discipline that the track needs may be replaced, not removed."""
    for one in TEAMS[Track(pathway.track)].disciplines:
        if one in before and one not in after:
            words = {"discipline": one.label.lower(), "track": pathway.get_track_display()}
            raise Refused(_("Sporet %(track)s kan ikke være uden %(discipline)s.") % words)


def _reseat(pathway: Pathway, join: Sequence[Seat], leave: Sequence[User]) -> None:
    places = pathway.team.current()
    places.filter(user__in=leave).update(until=timezone.localdate())
    TeamMember.objects.bulk_create(
        TeamMember(
            pathway=pathway, user=seat.user, discipline=seat.discipline, reason=seat.reason[:300]
        )
        for seat in join
    )


@override("da")
def _change_words(join: Sequence[Seat], leave: Sequence[User], responsible: User | None) -> str:
    """ "På teamet: Pia Psykolog. Af teamet: …", for the history."""
    said = [
        (_("På teamet: %(names)s"), [seat.user.name for seat in join]),
        (_("Af teamet: %(names)s"), [person.name for person in leave]),
        (_("Behandlingsansvarlig: %(names)s"), [responsible.name] if responsible else []),
    ]
    return ". ".join(words % {"names": ", ".join(names)} for words, names in said if names)
