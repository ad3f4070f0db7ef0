"""An accepted patient gets a pathway with team, next step and due date: nobody falls through."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction

from casework.refusals import Refused
from pathways.lifecycle import Status, Verb
from pathways.models import Pathway
from pathways.opening import check_can_open
from pathways.tracks import Discipline, Track
from tests.pathways.factories import a_pathway, a_plan
from tests.patients.factories import a_patient

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 6, 9, 10, 0, tzinfo=dt.UTC)


@time_machine.travel(NOON, tick=False)
@pytest.mark.parametrize(
    ("track", "first_visit_by"),
    [
        (Track.FAST, dt.date(2026, 8, 7)),  # not Saturday the 8th
        (Track.SUBACUTE, dt.date(2026, 6, 23)),
        (Track.SINGLE, dt.date(2026, 9, 7)),
        (Track.INTERDISCIPLINARY, dt.date(2026, 12, 4)),
    ],
)
def test_a_new_pathway_waits_for_its_first_appointment(
    track: Track, first_visit_by: dt.date
) -> None:
    pathway = a_pathway(track)
    assert pathway.status == Status.WAITING
    assert pathway.next_step == "Giv patienten en første tid"
    assert pathway.due_on == dt.date(2026, 6, 19)
    assert pathway.first_visit_by == first_visit_by


def test_the_nurse_gives_the_first_appointment_and_the_physician_where_there_is_none() -> None:
    with_nurse, alone = a_pathway(Track.SINGLE), a_pathway(Track.FAST)
    assert with_nurse.next_step_by.role == "nurse"
    assert alone.next_step_by == alone.responsible


def test_the_team_sits_with_its_reasons_and_the_physician_belongs_to_it() -> None:
    pathway = a_pathway(Track.INTERDISCIPLINARY)
    assert [member.discipline for member in pathway.team.all()] == list(Discipline)
    assert pathway.team.get(discipline=Discipline.PHYSICIAN).user == pathway.responsible
    assert "Færrest patienter" in pathway.team.get(discipline=Discipline.PHYSICIAN).reason


def test_the_opening_is_signed_in_the_history() -> None:
    plan = a_plan(Track.SINGLE)
    pathway = a_pathway(plan=plan, by=plan.responsible)
    (step,) = pathway.transitions.all()
    assert (step.verb, step.from_status, step.to_status) == (Verb.OPENED, "", Status.WAITING)
    assert step.signature == f"{plan.responsible.name} (læge)"


def test_a_patient_has_one_open_pathway_at_a_time() -> None:
    patient = a_patient()
    a_pathway(patient=patient)
    with pytest.raises(Refused, match="Patienten er allerede i forløb i centret"):
        a_pathway(patient=patient)
    with pytest.raises(Refused, match="Monofaglig, læge: Anne Holm"):
        check_can_open(patient)
    assert Pathway.objects.count() == 1


@pytest.mark.parametrize("emptied", [{"next_step": ""}, {"due_on": None}])
def test_the_database_refuses_an_open_pathway_without_next_step_or_due_date(
    emptied: dict[str, str | None],
) -> None:
    pathway = a_pathway()
    with pytest.raises(IntegrityError), transaction.atomic():
        Pathway.objects.filter(pk=pathway.pk).update(**emptied)


def test_a_long_diagnosis_is_cut_to_its_column() -> None:
    assert len(a_pathway(diagnosis="x" * 500).diagnosis) == 200
