"""The pathways of a large centre: who is treated by whom, how far, and what has happened."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from demo.filed import Filed, due, weekday_from
from demo.house import at
from pathways.lifecycle import Ending, Status, Verb
from pathways.models import Appointment, Contact
from pathways.tracks import TEAMS, Discipline, Track
from referrals.lifecycle import Status as ReferralStatus
from staff.models import User
from staff.permissions import Role
from staff.working_days import last_open, weekdays_between

Row = Mapping[str, Any]
WAITS, LASTS = 20, 60  # weekdays from the decision to the first visit, and to the end
DISCONTINUED: Final = 20  # one pathway of so many ends before its time
SLOTS: Final = 12  # half-hours in a clinician's day
FIRST_SLOT: Final = dt.datetime.combine(dt.date.min, dt.time(9))
HALF_HOUR: Final = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class PlanOf:
    """Who receives a patient, on which track."""

    track: Track
    responsible: User
    team: tuple[tuple[Discipline, User, str], ...]

    @property
    def coordinator(self) -> User:
        nurses = (user for discipline, user, _why in self.team if discipline == Discipline.NURSE)
        return next(nurses, self.responsible)

    def people(self) -> dict[str, Any]:
        """The plan's people as a decision keeps them."""
        team = [
            {"user": user.pk, "discipline": str(discipline), "reason": why}
            for discipline, user, why in self.team
        ]
        return {"responsible": self.responsible.pk, "team": team}


@dataclass(frozen=True, slots=True)
class Treated:
    """One pathway: its number, its referral, and how far it has come."""

    pk: int
    filed: Filed
    plan: PlanOf
    status: Status
    visit_at: dt.datetime
    ended_at: dt.datetime | None

    @property
    def opened_at(self) -> dt.datetime:
        return self.filed.last.at

    @property
    def due_on(self) -> dt.date | None:
        """The first visit for one who waits; two weekdays to six weeks on for one in treatment."""
        if self.ended_at:
            return None
        visit = self.visit_at.date()
        if self.status == Status.WAITING:
            return visit
        return weekday_from(visit, LASTS - WAITS - self.pk % 4)


def plan_of(one: Filed) -> PlanOf:
    """The track's team: of each discipline the person whose turn it is."""
    track = one.sample.track or Track.SINGLE
    seats = tuple(
        (discipline, one.people[Role(discipline)], one.sample.reasons.get(discipline, ""))
        for discipline in TEAMS[track].disciplines
    )
    return PlanOf(track, one.people[Role.PHYSICIAN], seats)


def treat(filed: Iterable[Filed], today: dt.date) -> list[Treated]:
    """The pathways that the accepted referrals opened, in their order."""
    booked: Counter[int] = Counter()
    accepted = [one for one in filed if one.status == ReferralStatus.ACCEPTED]
    return [_treated(pk, one, today, booked) for pk, one in enumerate(accepted, start=1)]


def _treated(pk: int, one: Filed, today: dt.date, booked: Counter[int]) -> Treated:
    plan, opened = plan_of(one), one.last.at
    age = weekdays_between(opened.date(), today)
    if age < WAITS:
        booked[plan.responsible.pk] += 1
        visit = _slot(today, booked[plan.responsible.pk])
        return Treated(pk, one, plan, Status.WAITING, visit, None)
    visit = at(weekday_from(opened.date(), WAITS - 1), dt.time(9 + pk % 6))
    if age < LASTS:
        return Treated(pk, one, plan, Status.ACTIVE, visit, None)
    status = Status.COMPLETED if pk % DISCONTINUED else Status.DISCONTINUED
    ended = at(weekday_from(opened.date(), LASTS - 1), dt.time(15))
    return Treated(pk, one, plan, status, visit, ended)


def _slot(today: dt.date, number: int) -> dt.datetime:
    """A clinician's so manieth free half-hour from tomorrow on."""
    days, slots = divmod(number - 1, SLOTS)
    return at(weekday_from(today, 1 + days), (FIRST_SLOT + slots * HALF_HOUR).time())


def pathways(treated: Iterable[Treated]) -> Iterator[Row]:
    for one in treated:
        completed = one.status == Status.COMPLETED
        yield {
            "id": one.pk,
            "version": len(list(_steps(one))),
            "status_since": one.ended_at or _since(one),
            "due_on": one.due_on,
            "closed_at": one.ended_at,
            "patient_id": one.filed.patient_pk,
            "track": one.plan.track,
            "status": one.status,
            "responsible_id": one.plan.responsible.pk,
            "unit_id": one.filed.people[Role.REFERRER].unit_id,
            "diagnosis": one.filed.sample.diagnosis,
            "opened_at": one.opened_at,
            "first_visit_by": last_open(due(f"first_visit.{one.plan.track}", one.opened_at.date())),
            "next_step": _next_step(one),
            "next_step_by_id": _next_by(one).pk,
            "ended_because": Ending.PATIENT if one.status == Status.DISCONTINUED else "",
            "summary": "Forløbet er gennemført som planlagt." if completed else "",
            "follow_up_by_gp": False if completed else None,
        }


def _since(one: Treated) -> dt.datetime:
    return one.opened_at if one.status == Status.WAITING else one.visit_at


def _next_step(one: Treated) -> str:
    if one.ended_at:
        return ""
    if one.status == Status.WAITING:
        return f"Første samtale hos {one.plan.responsible.name}"
    return "Følg op på medicinændringen"


def _next_by(one: Treated) -> User:
    return one.plan.responsible if one.status == Status.WAITING else one.plan.coordinator


def _steps(one: Treated) -> Iterator[tuple[Verb, Status | str, Status, dt.datetime, User]]:
    """What has happened: verb, from, to, when, by whom."""
    booker, physician = one.filed.people[Role.SECRETARY], one.plan.responsible
    opened = one.opened_at
    yield Verb.OPENED, "", Status.WAITING, opened, one.filed.last.by
    booked_at = min(opened + HALF_HOUR, one.visit_at)
    yield Verb.BOOKED, Status.WAITING, Status.WAITING, booked_at, booker
    if one.status == Status.WAITING:
        return
    yield Verb.ATTENDED, Status.WAITING, Status.ACTIVE, one.visit_at, physician
    if one.ended_at:
        ended = Verb.DISCHARGED if one.status == Status.COMPLETED else Verb.DISCONTINUED
        yield ended, Status.ACTIVE, one.status, one.ended_at, physician


ENDED: Final = {
    Verb.DISCHARGED: "Epikrisen er sendt. Der er ikke behov for opfølgning.",
    Verb.DISCONTINUED: "Patienten ønsker at stoppe.",
}


def pathway_transitions(treated: Iterable[Treated]) -> Iterator[Row]:
    for one in treated:
        for sequence, (verb, came_from, to, moment, by) in enumerate(_steps(one), start=1):
            yield {
                "sequence": sequence,
                "at": moment,
                "by_id": by.pk,
                "by_name": by.name,
                "by_role": str(Role(by.role).label),
                "from_status": came_from,
                "to_status": to,
                "why": ENDED.get(verb, ""),
                "case_id": one.pk,
                "verb": verb,
            }


def team_places(treated: Iterable[Treated]) -> Iterator[Row]:
    for one in treated:
        for discipline, user, why in one.plan.team:
            yield {
                "pathway_id": one.pk,
                "user_id": user.pk,
                "discipline": discipline,
                "reason": why[:300],
                "since": one.opened_at.date(),
            }


def appointments(treated: Iterable[Treated]) -> Iterator[Row]:
    """Everybody's first visit, attended or still to come."""
    for one in treated:
        booked = one.status == Status.WAITING
        yield {
            "pathway_id": one.pk,
            "clinician_id": one.plan.responsible.pk,
            "starts_at": one.visit_at,
            "status": Appointment.Status.BOOKED if booked else Appointment.Status.ATTENDED,
            "booked_by_id": one.filed.people[Role.SECRETARY].pk,
            "booked_at": one.opened_at + HALF_HOUR,
            "settled_by_id": None if booked else one.plan.responsible.pk,
            "settled_at": None if booked else one.visit_at,
        }


def contacts(treated: Iterable[Treated]) -> Iterator[Row]:
    """One call in the phone hour from every third who has been here."""
    for one in treated:
        if one.pk % 3 == 0 and one.status != Status.WAITING:
            yield {
                "patient_id": one.filed.patient_pk,
                "pathway_id": one.pk,
                "key": uuid.UUID(int=one.pk, version=4),
                "taken_by_id": one.plan.coordinator.pk
                if one.plan.coordinator.role == Role.NURSE
                else one.filed.people[Role.NURSE].pk,
                "at": at(weekday_from(one.visit_at.date(), 1), dt.time(10)),
                "caller": Contact.Caller.PATIENT,
                "identity_checked": True,
                "reason": Contact.Reason.MEDICINE,
                "said": "Spørger til dosis efter samtalen.",
                "advice": "Fortsæt som aftalt.",
                "follow_up": Contact.FollowUp.NOTHING,
            }
