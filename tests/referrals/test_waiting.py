"""A referral's due date, near or past, is told of once: to its owner, later to the managers."""

import datetime as dt
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries, Settings

from casework.models import DeadlineNotice
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
SOON = dt.datetime(2026, 11, 5, 0, 7, tzinfo=COPENHAGEN)
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


def notices(**of: object) -> list[tuple[str, str, str]]:
    """Which due date was told of at which stage, in the order in which they were."""
    rows = DeadlineNotice.objects.filter(**of).order_by("pk")
    return [(row.clock, f"{row.due_on}", row.stage) for row in rows]


THE_DUE_DATE = [("due", "2026-11-09", "soon"), ("due", "2026-11-09", "overdue")]


def test_two_weekdays_before_it_is_said_that_the_due_date_is_near(
    clock: time_machine.Traveller, settings: Settings
) -> None:
    referral = sent()
    clock.move_to(SOON - dt.timedelta(minutes=8))
    assert check() == 0
    clock.move_to(SOON)
    for _ in range(20):
        check_waiting_times()
        clock.shift(dt.timedelta(hours=1))
    (message,) = told()
    assert message.address == settings.TRIAGE_EMAIL
    assert message.about == f"referral:{referral.pk}"
    assert message.subject == f"En henvisning ({referral.reference}) har frist snart"
    assert "Fristen er mandag den 9. november 2026." in message.body


def test_on_the_due_date_itself_nobody_hears_that_it_has_passed(
    clock: time_machine.Traveller,
) -> None:
    sent()
    clock.move_to(DUE)
    check()
    assert notices() == [("due", "2026-11-09", "soon")]


def test_a_short_due_date_that_somebody_has_just_set_is_not_near_before_tomorrow(
    clock: time_machine.Traveller, people: People
) -> None:
    referral = sent()
    physician = people[Role.PHYSICIAN]
    triage.decline(people[Role.SECRETARY], referral.pk, 1, "Nej", "Vi kan ikke.", physician)
    assert check() == 0
    clock.shift(dt.timedelta(days=1))
    assert check() == 1
    assert addresses() == [physician.email]


def test_a_letter_to_the_patient_that_is_late_is_told_of_also_while_the_referrer_is_asked(
    clock: time_machine.Traveller, people: People
) -> None:
    referral, secretary = sent(), people[Role.SECRETARY]
    triage.ask(secretary, referral.pk, 1, "Siden hvornår?", [])
    clock.move_to(dt.datetime(2026, 11, 13, 0, 7, tzinfo=COPENHAGEN))
    check()
    check()
    assert notices(clock="notice") == [("notice", "2026-11-12", "overdue")]
    assert [message.to_user for message in told()].count(secretary) == 1


def test_the_day_after_its_owner_is_told_once(
    clock: time_machine.Traveller, people: People
) -> None:
    referral, secretary = sent(), people[Role.SECRETARY]
    triage.claim(secretary, referral.pk, 1)
    clock.move_to(DAY_AFTER)
    for _ in range(20):
        check_waiting_times()
        clock.shift(dt.timedelta(hours=1))
    message = told()[0]
    assert notices(stage="overdue", clock="due") == [("due", "2026-11-09", "overdue")]
    assert DeadlineNotice.objects.get(stage="overdue").told == secretary
    assert (message.to_user, message.address) == (secretary, secretary.email)
    assert message.subject == "1 frist er overskredet, 1 frist er nær"  # the letter's, too
    assert message.body.count(f"En henvisning ({referral.reference}).") == 1


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
    assert notices(clock="due") == [("due", "2026-11-11", "escalated")]
    assert people[Role.MANAGER].email in addresses()


def test_still_open_two_weekdays_later_each_manager_is_told_once(
    clock: time_machine.Traveller, people: People
) -> None:
    sent()
    other = person(Role.MANAGER)
    clock.move_to(ESCALATED - dt.timedelta(minutes=10))
    check()
    assert len(told()) == 1
    clock.move_to(ESCALATED)
    for _ in range(3):
        check()
    assert notices(stage="escalated") == [("due", "2026-11-09", "escalated")]
    managers = [message.to_user for message in told() if "stadig over" in message.subject]
    assert set(managers) == {people[Role.MANAGER], other}
    assert len(managers) == 2


def test_where_no_manager_can_be_written_to_the_visitation_is_told(
    clock: time_machine.Traveller, settings: Settings
) -> None:
    sent()
    clock.move_to(ESCALATED)
    check()
    assert notices(stage="escalated") == [("due", "2026-11-09", "escalated")]
    assert set(addresses()) == {settings.TRIAGE_EMAIL}


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
    clock.shift(dt.timedelta(hours=1))
    check()
    assert notices(clock="due") == [("due", "2026-11-09", "overdue")]
    clock.move_to(DAY_AFTER + dt.timedelta(days=8))
    check()
    assert ("due", "2026-11-17", "overdue") in notices()
    assert physician.email in addresses()


def test_who_has_several_gets_one_email_with_all_of_them(
    clock: time_machine.Traveller, people: People, settings: Settings
) -> None:
    referrals = [sent(number=number) for number in PEOPLE]
    clock.move_to(DAY_AFTER)
    check()
    (message,) = told()
    assert message.subject == "4 frister er overskredet, 4 frister er nær"
    assert message.address == settings.TRIAGE_EMAIL
    for referral in referrals:
        assert message.body.count(referral.reference) == 2  # the decision, and the letter
    assert message.body.index("Over fristen:") < message.body.index("Fristen er nær:")
    assert message.about == ""


def test_a_long_email_counts_what_it_does_not_list(
    clock: time_machine.Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("correspondence.deadline_emails.MOST_LISTED", 3)
    for number in PEOPLE:
        sent(number=number)
    clock.move_to(SOON)
    check()
    (message,) = told()
    assert message.body.count("En henvisning (") == 3
    assert "… og 1 til." in message.body


def test_the_words_say_which_referral_and_hold_nothing_about_the_patient(
    clock: time_machine.Traveller, people: People
) -> None:
    referral = sent()
    Referral.objects.update(notify_by=LONG_AFTER)
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
    looks, statements, managers, names, posted, transaction = 2, 2, 1, 2, 1, 3
    for batch in (PEOPLE[:1], PEOPLE[1:]):
        clock.move_to(RECEIVED)
        for number in batch:
            sent(number=number)
        clock.move_to(LONG_AFTER)
        with django_assert_num_queries(
            looks + statements + managers + names + posted + transaction
        ):
            assert check() == 4 * len(batch)  # the decision and the letter, to owner and manager
    with django_assert_num_queries(looks + transaction):
        assert check() == 0


@pytest.mark.django_db(transaction=True)
def test_sixteen_checks_at_once_tell_once(people: People) -> None:
    for number in PEOPLE:
        sent(number=number)
    Referral.objects.update(due_on=dt.date(2026, 11, 9))
    at_once(16, lambda _: check())
    assert len(notices()) == len(set(notices())) * len(PEOPLE)
    listed = "\n".join(message.body for message in told())
    for referral in Referral.objects.all():
        owner_and_manager = 2
        assert listed.count(f"En henvisning ({referral.reference})") == owner_and_manager
