"""How a case moves, seen on a pathway: the table, the history and the database's guards."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from casework.moves import lock, take_step
from casework.refusals import Refused, Stale
from pathways.lifecycle import PATHWAY, Status, Verb
from pathways.models import Pathway, PathwayTransition
from pathways.tracks import Track
from staff.permissions import Role
from tests.patients.factories import a_patient
from tests.staff.factories import a_practice, person

pytestmark = pytest.mark.django_db
DUE = dt.date(2026, 12, 1)
ILLEGAL = [
    (source, target)
    for source in Status
    for target in Status
    if source != target and (source, target) not in set(PATHWAY.moves())
]


@pytest.fixture
def pathway() -> Pathway:
    physician = person(Role.PHYSICIAN, name="Anne Holm")
    new = Pathway(
        patient=a_patient(),
        track=Track.SINGLE,
        responsible=physician,
        unit=a_practice(),
        diagnosis="Fibromyalgi",
        first_visit_by=DUE,
        next_step="Giv patienten en første tid",
        next_step_by=physician,
    )
    take_step(new, Verb.OPENED, Status.WAITING, by=physician, due_on=DUE)
    return new


def at(pathway: Pathway, status: Status) -> Pathway:
    if pathway.status != status:
        closes = not PATHWAY[status].is_open
        pathway.paused_because = "other" if status == Status.PAUSED else ""
        pathway.ended_because = "moved" if status == Status.DISCONTINUED else ""
        due_on = None if closes else DUE
        take_step(pathway, Verb.PLANNED, status, by=None, due_on=due_on, why="Derfor")
    return pathway


def refused_by_the_database(**change: Any) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        Pathway.objects.update(**change)
    return str(refusal.value)


def test_a_step_writes_who_what_when_from_and_to(pathway: Pathway) -> None:
    nurse = person(Role.NURSE, name="Bente Dam")
    take_step(pathway, Verb.ATTENDED, Status.ACTIVE, by=nurse, due_on=DUE, why="mødte til tiden")
    step = pathway.transitions.last()
    assert (step.sequence, step.from_status, step.to_status) == (2, "waiting", "active")
    assert step.signature == "Bente Dam (sygeplejerske)"
    assert step.why == "mødte til tiden"
    assert step.sentence.startswith("Bente Dam (sygeplejerske) noterede fremmøde ")


def test_what_the_system_does_is_signed_by_the_system(pathway: Pathway) -> None:
    step = take_step(pathway, Verb.PLANNED, Status.WAITING, by=None, due_on=DUE)
    assert step.signature == "Systemet"


def test_the_time_in_a_status_starts_when_the_status_does(pathway: Pathway) -> None:
    since = pathway.status_since
    take_step(pathway, Verb.PLANNED, Status.WAITING, by=None, due_on=DUE)
    assert pathway.status_since == since
    take_step(pathway, Verb.ATTENDED, Status.ACTIVE, by=None, due_on=DUE)
    assert pathway.status_since > since


@pytest.mark.parametrize(("source", "target"), ILLEGAL)
def test_a_move_that_the_table_lacks_is_refused_with_a_sentence(
    pathway: Pathway, source: Status, target: Status
) -> None:
    with pytest.raises(Refused):
        take_step(at(pathway, source), Verb.PLANNED, target, by=None, due_on=DUE)


@pytest.mark.parametrize(("source", "target"), ILLEGAL)
def test_a_move_that_the_table_lacks_is_refused_by_the_database_too(
    pathway: Pathway, source: Status, target: Status
) -> None:
    at(pathway, source)
    is_open = PATHWAY[target].is_open
    closed_at = None if is_open else pathway.status_since
    message = refused_by_the_database(
        status=target, due_on=DUE if is_open else None, closed_at=closed_at
    )
    assert "allowed_moves" in message or "transition" in message.lower()


def test_a_closed_case_takes_no_step(pathway: Pathway) -> None:
    at(pathway, Status.COMPLETED)
    with pytest.raises(Refused):
        take_step(pathway, Verb.PLANNED, Status.COMPLETED, by=None, due_on=None)


def test_the_database_refuses_an_open_case_without_a_due_date(pathway: Pathway) -> None:
    assert "pathway_open_has_due_date" in refused_by_the_database(due_on=None)


def test_the_database_refuses_a_closed_case_that_still_has_one(pathway: Pathway) -> None:
    message = refused_by_the_database(status=Status.COMPLETED)
    assert "pathway_open_has_due_date" in message


def test_a_transition_is_never_changed_nor_deleted(pathway: Pathway) -> None:
    for change in (
        lambda: PathwayTransition.objects.update(why="noget andet"),
        lambda: PathwayTransition.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_transition_is_never_changed_by_raw_sql(pathway: Pathway) -> None:
    for statement in (
        "UPDATE pathways_pathwaytransition SET why = 'noget andet'",
        "DELETE FROM pathways_pathwaytransition",
    ):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_two_steps_never_share_a_number(pathway: Pathway) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PathwayTransition.objects.create(
            case=pathway,
            sequence=1,
            at=pathway.status_since,
            by_name="Systemet",
            to_status=Status.WAITING,
            verb=Verb.PLANNED,
        )


def test_who_decides_on_an_old_page_hears_who_came_first(pathway: Pathway) -> None:
    read_at = pathway.version
    take_step(
        pathway, Verb.PLANNED, Status.WAITING, by=person(Role.NURSE, name="Bente Dam"), due_on=DUE
    )
    with pytest.raises(Stale, match=r"Bente Dam \(sygeplejerske\) satte næste skridt"):
        lock(Pathway.objects.all(), pathway.pk, read_at)


def test_a_case_outside_the_queryset_does_not_exist(pathway: Pathway) -> None:
    with pytest.raises(Pathway.DoesNotExist):
        lock(Pathway.objects.none(), pathway.pk)
