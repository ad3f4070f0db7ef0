"""What may happen in a pathway, each by the room's own function."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from django.utils import timezone

from demo.case import DONE, Act, Case
from demo.medicine import taper
from pathways.appointments import attend, book, cancel, move, stay_away
from pathways.closing import discharge, discontinue
from pathways.interpreters import Interpreter, book_interpreter, lose_interpreter
from pathways.lifecycle import Ending
from pathways.models import Appointment
from pathways.planning import change_team, set_next_step
from pathways.reopening import reopen
from pathways.team import Seat, loads
from pathways.times import Time
from pathways.tracks import Discipline
from patients import access
from patients.models import Access
from staff.models import User
from staff.working_days import add_weekdays, first_open

Moments = Iterable[dt.datetime]


class Outcome(Enum):
    """What becomes of an appointment."""

    ATTENDED = auto()
    MOVED = auto()
    CANCELLED = auto()
    STAYED_AWAY = auto()


@dataclass(frozen=True, kw_only=True)
class Visit(Act):
    """An appointment, booked now for ``ahead`` weekdays from now, and what comes of it.

    A patient who came has ``next_step`` as the next step, done by somebody of the discipline ``by``
    (the one visited when there is none) within so many weekdays. Where the visit ``tapers``, what
    the patient takes from now on is taken down.
    """

    discipline: Discipline
    ahead: int
    next_step: str
    within: int = 10
    by: Discipline | None = None
    minutes: int = 45
    form: Appointment.Form = Appointment.Form.VISIT
    outcome: Outcome = Outcome.ATTENDED
    tapers: bool = False

    def happen(self, case: Case) -> Iterator[dt.datetime]:
        appointment = self._book(case)
        yield from _interpreter_later(case, appointment)
        if self.outcome is Outcome.MOVED:
            yield case.after(2)
            appointment = self._move(case, appointment)
        if self.outcome is Outcome.CANCELLED:
            yield case.after(2)
            why = "Patienten er syg"
            cancel(case.secretary, appointment.pk, case.pathway.version, why)
            return
        yield appointment.starts_at + dt.timedelta(minutes=self.minutes)
        self._settle(case, appointment)

    def _time(self, case: Case, clinician: User, ahead: int) -> Time:
        day = add_weekdays(timezone.localdate(), ahead)
        starts_at = case.house.free_time(clinician, day)
        return Time(clinician, starts_at, self.minutes, self.form)

    def _book(self, case: Case) -> Appointment:
        pathway = case.pathway
        time = self._time(case, case.of_team(pathway, self.discipline), self.ahead)
        interpreter = _interpreter(case)
        return book(case.secretary, pathway.pk, pathway.version, time, interpreter=interpreter)

    def _move(self, case: Case, appointment: Appointment) -> Appointment:
        time = self._time(case, appointment.clinician, self.ahead + 3)
        why = "Patienten kan ikke den dag"
        interpreter = _interpreter(case)
        return move(case.secretary, appointment.pk, case.pathway.version, time, why, interpreter)

    def _settle(self, case: Case, appointment: Appointment) -> None:
        clinician, pathway = appointment.clinician, case.pathway
        if self.outcome is Outcome.STAYED_AWAY:
            stay_away(clinician, appointment.pk, pathway.version)
            return
        access.record(clinician, pathway.patient, Access.Purpose.TREATMENT, "patientens side")
        by = case.of_team(pathway, self.by or self.discipline)
        due_on = first_open(add_weekdays(timezone.localdate(), self.within))
        attend(clinician, appointment.pk, pathway.version, self.next_step, by, due_on)
        if self.tapers:
            taper(case, clinician)


def _interpreter(case: Case) -> Interpreter | None:
    """Of those who need one, every third has it with the time; for every third nobody books it."""
    if not case.story.person.language or case.number % 3 != 1:
        return None
    return Interpreter(f"Tolkebureauet, nr. {4000 + case.number}")


def _interpreter_later(case: Case, appointment: Appointment) -> Iterator[dt.datetime]:
    """Every third has it an hour later, and another one when that one cannot come."""
    if not case.story.person.language or case.number % 3 != 2:
        return
    who, pk = case.secretary, appointment.pk
    yield case.after(0)
    book_interpreter(who, pk, case.pathway.version, f"Tolkebureauet, nr. {4000 + case.number}")
    yield case.after(0)
    lose_interpreter(who, pk, case.pathway.version)
    book_interpreter(who, pk, case.pathway.version, f"Tolketjenesten, nr. {case.number}")


@dataclass(frozen=True, kw_only=True)
class NextStep(Act):
    """Somebody on the team sets the next step."""

    next_step: str
    by: Discipline
    within: int

    def happen(self, case: Case) -> Moments:
        pathway = case.pathway
        by = case.of_team(pathway, self.by)
        due_on = first_open(add_weekdays(timezone.localdate(), self.within))
        set_next_step(by, pathway.pk, pathway.version, self.next_step, by, due_on)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Join(Act):
    """One more discipline comes on the team."""

    discipline: Discipline
    why: str

    def happen(self, case: Case) -> Moments:
        pathway = case.pathway
        lightest = loads(self.discipline, timezone.localdate())[0]
        seat = Seat(lightest.user, self.discipline, lightest.sentence)
        physician = pathway.responsible
        change_team(physician, pathway.pk, pathway.version, why=self.why, join=[seat])
        return DONE


@dataclass(frozen=True, kw_only=True)
class Discharge(Act):
    """The physician ends the pathway; without ``advice`` the GP need not follow up."""

    summary: str
    advice: str = ""

    def happen(self, case: Case) -> Moments:
        pathway = case.pathway
        physician = pathway.responsible
        follow_up = bool(self.advice)
        discharge(physician, pathway.pk, pathway.version, self.summary, follow_up, self.advice)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Discontinue(Act):
    """The physician ends the pathway before it is completed."""

    ending: Ending
    why: str

    def happen(self, case: Case) -> Moments:
        pathway = case.pathway
        physician = pathway.responsible
        discontinue(physician, pathway.pk, pathway.version, self.ending, self.why)
        return DONE


@dataclass(frozen=True, kw_only=True)
class Reopen(Act):
    """The physician opens again what was broken off by mistake."""

    why: str
    next_step: str
    within: int = 5

    def happen(self, case: Case) -> Moments:
        pathway = case.pathway
        physician = pathway.responsible
        due_on = first_open(add_weekdays(timezone.localdate(), self.within))
        reopen(physician, pathway.pk, pathway.version, self.why, self.next_step, physician, due_on)
        return DONE
