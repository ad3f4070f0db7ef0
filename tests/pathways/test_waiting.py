"""A pathway whose next step is near, or was not done by, its day is told of, once to each."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings

from casework.models import DeadlineNotice
from correspondence.models import Message
from pathways.closing import discontinue
from pathways.models import Pathway
from pathways.planning import set_next_step
from pathways.tasks import check_waiting_times
from pathways.tracks import Track
from pathways.waiting import check
from staff.models import User
from staff.permissions import Role
from tests.pathways.factories import a_pathway
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# A Monday. The next step is due on the Friday; told on the Saturday, escalated on the Tuesday.
OPENED = dt.datetime(2026, 11, 2, 10, tzinfo=COPENHAGEN)
DUE = dt.date(2026, 11, 6)
DAY_AFTER = dt.datetime(2026, 11, 7, 0, 7, tzinfo=COPENHAGEN)
ESCALATED = dt.datetime(2026, 11, 10, 0, 7, tzinfo=COPENHAGEN)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OPENED, tick=False) as traveller:
        yield traveller


def planned(by: User | None = None) -> Pathway:
    """A pathway whose next step is due on the Friday."""
    pathway = a_pathway(Track.FAST)
    physician = pathway.responsible
    User.objects.filter(pk=physician.pk).update(email="anne@example.dk")
    return set_next_step(
        physician, pathway.pk, pathway.version, "Ring om svimmelhed", by or physician, DUE
    )


def told() -> list[Message]:
    return list(Message.objects.filter(kind=Message.Kind.WAITING).order_by("pk"))


def test_who_is_to_take_the_next_step_is_told_once_the_day_after(
    clock: time_machine.Traveller,
) -> None:
    nurse = person(Role.NURSE, email="nina@example.dk")
    pathway = planned(by=nurse)
    assert check() == 0
    clock.move_to(DAY_AFTER)
    for _ in range(20):
        check_waiting_times()
        clock.shift(dt.timedelta(hours=1))
    (message,) = told()
    notice = DeadlineNotice.objects.get()
    assert (notice.of, notice.case_id, notice.clock) == ("pathway", pathway.pk, "due")
    assert (notice.due_on, notice.stage, notice.told) == (DUE, "overdue", nurse)
    assert message.key == f"deadlines:{notice.run}:{nurse.pk}"
    assert (message.to_user, message.address) == (nurse, "nina@example.dk")


def test_the_day_before_yesterday_it_was_near(clock: time_machine.Traveller) -> None:
    pathway = planned()
    clock.move_to(OPENED + dt.timedelta(days=2))
    for _ in range(3):
        check()
    (message,) = told()
    assert message.subject == f"Et forløb (nr. {pathway.pk}) har frist snart"
    assert "Fristen er fredag den 6. november 2026." in message.body


@pytest.mark.parametrize("lost", [{"email": ""}, {"is_active": False}])
def test_else_the_responsible_physician_is_told(
    lost: dict[str, object], clock: time_machine.Traveller
) -> None:
    nurse = person(Role.NURSE, email="nina@example.dk")
    planned(by=nurse)
    User.objects.filter(pk=nurse.pk).update(**lost)
    clock.move_to(DAY_AFTER)
    check()
    assert [message.address for message in told()] == ["anne@example.dk"]


def test_a_first_visit_later_than_the_track_promises_is_told_of_once(
    clock: time_machine.Traveller,
) -> None:
    pathway = a_pathway(Track.SUBACUTE)
    physician = pathway.responsible
    User.objects.filter(pk=physician.pk).update(email="anne@example.dk")
    late = pathway.first_visit_by + dt.timedelta(days=60)
    set_next_step(physician, pathway.pk, pathway.version, "Giv en første tid", physician, late)
    clock.move_to(OPENED + dt.timedelta(days=9))
    assert check() == 0
    for _ in range(6):
        clock.shift(dt.timedelta(days=1))
        check()
    near, past = DeadlineNotice.objects.order_by("pk")
    assert (near.clock, near.due_on, near.stage) == ("first_visit", pathway.first_visit_by, "soon")
    assert (past.clock, past.due_on) == ("first_visit", dt.date(2026, 11, 16))
    assert all(message.subject.startswith("Første tid i et forløb") for message in told())


def test_else_the_visitation_is_told(clock: time_machine.Traveller, settings: Settings) -> None:
    planned()
    User.objects.update(email="")
    clock.move_to(DAY_AFTER)
    check()
    assert [message.address for message in told()] == [settings.TRIAGE_EMAIL]


def test_still_open_two_weekdays_later_the_manager_is_told_once(
    clock: time_machine.Traveller,
) -> None:
    manager = person(Role.MANAGER, email="mads@example.dk")
    planned()
    clock.move_to(ESCALATED - dt.timedelta(minutes=10))
    check()
    assert len(told()) == 1
    clock.move_to(ESCALATED)
    check()
    check()
    assert [message.to_user for message in told()][1:] == [manager]


def test_a_pathway_that_ended_is_not_told_of(clock: time_machine.Traveller) -> None:
    pathway = planned()
    discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "Flyttet")
    clock.move_to(ESCALATED)
    assert check() == 0


def test_the_words_hold_nothing_about_the_patient(clock: time_machine.Traveller) -> None:
    pathway = planned()
    clock.move_to(DAY_AFTER)
    check()
    (message,) = told()
    assert message.subject == f"Et forløb (nr. {pathway.pk}) er over fristen"
    assert "Fristen var fredag den 6. november 2026." in message.body
    for secret in (pathway.patient.number, "Lonni", "Rygsmerter", "svimmelhed"):
        assert secret not in f"{message.subject} {message.body}"


def test_the_cost_does_not_grow_with_the_pathways(
    clock: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person(Role.MANAGER, email="mads@example.dk")
    looks, transaction, statement, names, people, posted = 2, 3, 1, 1, 2, 1
    for how_many in (1, 20):
        clock.move_to(OPENED)
        for _ in range(how_many):
            planned()
        clock.move_to(ESCALATED)
        with django_assert_num_queries(looks + transaction + statement + names + people + posted):
            assert check() == 2 * how_many
