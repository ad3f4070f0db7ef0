"""A referral over its due date is told of: its owner once, and later the managers once."""

import datetime as dt
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings

from correspondence.models import Message
from referrals import triage
from referrals.lifecycle import REFERRAL, Status
from referrals.models import Referral
from referrals.tasks import check_waiting_times
from referrals.waiting import check
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import PEOPLE, at, sent
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# A Monday. To be decided by the Monday after; escalated two weekdays later, on the Wednesday.
RECEIVED = dt.datetime(2026, 11, 2, 10, tzinfo=COPENHAGEN)
DUE = dt.datetime(2026, 11, 9, 23, tzinfo=COPENHAGEN)
DAY_AFTER = dt.datetime(2026, 11, 10, 0, 7, tzinfo=COPENHAGEN)
ESCALATED = dt.datetime(2026, 11, 11, 0, 7, tzinfo=COPENHAGEN)
LONG_AFTER = dt.datetime(2026, 12, 14, 9, 7, tzinfo=COPENHAGEN)

People = Mapping[Role, User]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(RECEIVED, tick=False) as traveller:
        yield traveller


def told() -> list[Message]:
    return list(Message.objects.filter(kind=Message.Kind.WAITING).order_by("pk"))


def addresses() -> list[str]:
    return [message.address for message in told()]


def test_on_the_due_date_itself_nobody_is_told(clock: time_machine.Traveller) -> None:
    sent()
    clock.move_to(DUE)
    assert check() == 0


def test_a_letter_to_the_patient_that_is_late_is_told_of_also_while_the_referrer_is_asked(
    clock: time_machine.Traveller, people: People
) -> None:
    referral, secretary = sent(), people[Role.SECRETARY]
    triage.ask(secretary, referral.pk, 1, "Siden hvornår?", [])
    clock.move_to(dt.datetime(2026, 11, 13, 0, 7, tzinfo=COPENHAGEN))
    check()
    check()
    (message,) = told()
    assert message.key == f"referral:{referral.pk}:notice:2026-11-12:owner"
    assert message.to_user == secretary


def test_the_day_after_its_owner_is_told_once(
    clock: time_machine.Traveller, people: People
) -> None:
    referral, secretary = sent(), people[Role.SECRETARY]
    triage.claim(secretary, referral.pk, 1)
    clock.move_to(DAY_AFTER)
    for _ in range(20):
        check_waiting_times()
        clock.shift(dt.timedelta(hours=1))
    (message,) = told()
    assert message.key == f"referral:{referral.pk}:overdue:2026-11-09:owner"
    assert (message.to_user, message.address) == (secretary, secretary.email)
    assert message.about == f"referral:{referral.pk}"


def test_without_an_owner_the_visitation_is_told(
    clock: time_machine.Traveller, settings: Settings
) -> None:
    sent()
    clock.move_to(DAY_AFTER)
    check()
    assert addresses() == [settings.TRIAGE_EMAIL]


@pytest.mark.parametrize("lost", [{"email": ""}, {"is_active": False}])
def test_an_owner_who_cannot_be_reached_does_not_leave_it_untold(
    lost: dict[str, object], clock: time_machine.Traveller, people: People, settings: Settings
) -> None:
    referral = sent()
    triage.claim(people[Role.SECRETARY], referral.pk, 1)
    User.objects.filter(pk=people[Role.SECRETARY].pk).update(**lost)
    clock.move_to(DAY_AFTER)
    check()
    assert addresses() == [settings.TRIAGE_EMAIL]


@pytest.mark.parametrize("status", [Status.AWAITING_SIGNATURE, Status.AWAITING_ADVICE])
def test_what_waits_for_a_physician_is_told_to_the_physician(
    status: Status, clock: time_machine.Traveller, people: People
) -> None:
    at(status, people)
    clock.move_to(LONG_AFTER)
    check()
    assert addresses()[0] == people[Role.PHYSICIAN].email


def test_while_the_referrer_is_to_answer_no_owner_is_told_but_in_the_end_the_manager(
    clock: time_machine.Traveller, people: People
) -> None:
    at(Status.AWAITING_REFERRER, people)
    clock.move_to(LONG_AFTER)
    check()
    about_the_answer = [message.address for message in told() if ":overdue:" in message.key]
    assert about_the_answer == [people[Role.MANAGER].email]


def test_still_open_two_weekdays_later_each_manager_is_told_once(
    clock: time_machine.Traveller, people: People
) -> None:
    referral, other = sent(), person(Role.MANAGER)
    clock.move_to(ESCALATED - dt.timedelta(minutes=10))
    check()
    assert len(told()) == 1
    clock.move_to(ESCALATED)
    for _ in range(3):
        check()
    _, first, second = told()
    assert {first.to_user, second.to_user} == {people[Role.MANAGER], other}
    assert first.key.startswith(f"referral:{referral.pk}:overdue:2026-11-09:manager:")


@pytest.mark.parametrize("status", REFERRAL.closed_statuses)
def test_what_is_closed_is_not_told_of(
    status: Status, clock: time_machine.Traveller, people: People
) -> None:
    at(status, people)
    clock.move_to(LONG_AFTER)
    assert check() == 0


def test_a_new_due_date_is_told_of_anew(clock: time_machine.Traveller, people: People) -> None:
    referral = sent()
    clock.move_to(DAY_AFTER)
    check()
    physician = people[Role.PHYSICIAN]
    triage.send_for_advice(people[Role.SECRETARY], referral.pk, 1, physician, "Se på den")
    assert check() == 0
    clock.move_to(DAY_AFTER + dt.timedelta(days=8))
    check()
    assert len({message.key for message in told()}) == len(told())
    assert physician.email in addresses()


def test_the_words_say_which_referral_and_hold_nothing_about_the_patient(
    clock: time_machine.Traveller, people: People
) -> None:
    referral = sent()
    clock.move_to(ESCALATED)
    check()
    owner, manager = told()
    reference = f"2026-{referral.pk:05d}"
    assert owner.subject == f"En henvisning ({reference}) er over fristen"
    assert manager.subject == f"En henvisning ({reference}) er stadig over fristen"
    assert "Fristen var mandag den 9. november 2026. Til visitation." in owner.body
    for message in told():
        assert message.patient is None
        for secret in (referral.patient.number, "Lonni", "Lauridsen", "Lænderyg"):
            assert secret not in f"{message.subject} {message.body}"


def test_the_cost_does_not_grow_with_the_referrals(
    clock: time_machine.Traveller, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    person(Role.MANAGER)
    per_pass, managers = 2 + 1 + 4, 1
    for batch in (PEOPLE[:1], PEOPLE[1:]):
        clock.move_to(RECEIVED)
        for number in batch:
            sent(number=number)
        clock.move_to(LONG_AFTER)
        with django_assert_num_queries(2 * (2 * per_pass + managers)):
            assert check() == 4 * len(batch)  # the decision and the letter, to owner and manager


@pytest.mark.django_db(transaction=True)
def test_sixteen_checks_at_once_tell_once(people: People) -> None:
    sent()
    Referral.objects.update(due_on=dt.date(2026, 11, 9))
    at_once(16, lambda _: check())
    assert len(told()) == 2
