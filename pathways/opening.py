"""Opening a pathway: the accepted patient gets a track, a team and a first next step."""

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.moves import take_step
from casework.refusals import Refused
from letters.models import Letter
from pathways.lifecycle import PATHWAY, Ending, Status, Verb
from pathways.models import Pathway, TeamMember
from pathways.team import Plan, Seat, check_plan
from pathways.tracks import Discipline
from patients.models import Patient
from staff import deadlines
from staff.models import ReferringUnit, User
from staff.working_days import last_open

ONE_OPEN = "one_open_pathway_per_patient"
DIAGNOSIS_LENGTH = 200


def has_died(patient: Patient) -> bool:
    """Whether a pathway ended because the patient died: no other is opened, no letter written."""
    return Pathway.objects.filter(patient=patient, ended_because=Ending.DIED).exists()


def check_may_be_written_to(letter: Letter) -> None:
    """Raises Refused for a letter to a patient who has died."""
    if letter.is_to_patient and letter.patient and has_died(letter.patient):
        raise Refused(_("Patienten er registreret som død. Der sendes ikke mere til patienten."))


def check_can_open(patient: Patient) -> None:
    """Raises Refused when the patient has died, or has an open pathway, saying where."""
    if has_died(patient):
        raise Refused(_("Patienten er registreret som død."))
    pathway = Pathway.objects.still_open().filter(patient=patient).select_related("responsible")
    if found := pathway.first():
        raise Refused(_already_here(found))


def open_pathway(
    *, patient: Patient, unit: ReferringUnit, plan: Plan, diagnosis: str, by: User
) -> Pathway:
    """Open the pathway that a decision gives a patient, waiting for its first appointment.

    The notice to the patient (sundhedsloven § 90) sets the first due date. Raises Refused when the
    plan does not hold or the patient has an open pathway.
    """
    check_plan(plan)
    check_can_open(patient)
    pathway = _new(patient, unit, plan, diagnosis)
    due_on = deadlines.due(PATHWAY[Status.WAITING].deadline, timezone.localdate())
    try:
        with transaction.atomic():
            take_step(pathway, Verb.OPENED, Status.WAITING, by=by, due_on=due_on)
            _seat_team(pathway, plan)
    except IntegrityError as error:
        if ONE_OPEN not in str(error):
            raise
        check_can_open(patient)
        raise
    return pathway


@override("da")  # what is recorded is Danish, whoever records it
def _new(patient: Patient, unit: ReferringUnit, plan: Plan, diagnosis: str) -> Pathway:
    return Pathway(
        patient=patient,
        unit=unit,
        track=plan.track,
        responsible=plan.responsible,
        diagnosis=diagnosis[:DIAGNOSIS_LENGTH],
        first_visit_by=first_visit_by(plan.track, timezone.localdate()),
        next_step=str(PATHWAY[Status.WAITING].next_action),
        next_step_by=_who_books(plan),
    )


def first_visit_by(track: str, opened_on: dt.date) -> dt.date:
    """The last day for the first visit of a pathway that is opened on a day: the centre is open."""
    return last_open(deadlines.due(f"first_visit.{track}", opened_on))


def _who_books(plan: Plan) -> User:
    """The team's nurse coordinates (deck: "Sygeplejerskens opgave"); without one, the physician."""
    nurses = (seat.user for seat in plan.team if seat.discipline == Discipline.NURSE)
    return next(nurses, plan.responsible)


def _seat_team(pathway: Pathway, plan: Plan) -> None:
    seats = list(plan.team)
    if plan.responsible not in [seat.user for seat in seats]:
        seats.insert(0, Seat(plan.responsible, Discipline.PHYSICIAN, ""))
    TeamMember.objects.bulk_create(
        TeamMember(
            pathway=pathway, user=seat.user, discipline=seat.discipline, reason=seat.reason[:300]
        )
        for seat in seats
    )


def _already_here(pathway: Pathway) -> str:
    words = {"track": pathway.get_track_display(), "physician": pathway.responsible.name}
    return _("Patienten er allerede i forløb i centret (%(track)s, læge: %(physician)s).") % words
