"""A referrer whose answer the centre waits for is reminded, once."""

import datetime as dt
from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

import pytest
import time_machine
from pytest_django import DjangoAssertNumQueries

from correspondence.models import Message
from referrals import intake, triage
from referrals.lifecycle import Status
from referrals.models import Question, Referral
from referrals.reminders import remind
from referrals.tasks import remind_referrers
from staff.models import ReferringUnit, User
from staff.permissions import Role
from tests.referrals.cases import PEOPLE, answered, at, sent, the_centre
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db

# A Monday; the fifth weekday after it is the next Monday.
ASKED = dt.datetime(2026, 11, 2, 14, tzinfo=ZoneInfo("Europe/Copenhagen"))
FIFTH_WEEKDAY = dt.datetime(2026, 11, 9, 0, 1, tzinfo=ZoneInfo("Europe/Copenhagen"))
Settle = Callable[[Referral], None]
A_MINUTE = dt.timedelta(minutes=2)


def asked(people: Mapping[Role, User] | None = None) -> Referral:
    """A referral about which the centre asked on the Monday."""
    with time_machine.travel(ASKED, tick=False):
        return at(Status.AWAITING_REFERRER, people or the_centre())


def reminded() -> list[Message]:
    found = Message.objects.filter(key__contains=":reminder").order_by("pk")
    return list(found.exclude(status=Message.Status.WITHDRAWN))


def test_the_reminder_comes_on_the_fifth_weekday_in_the_portal_and_by_email() -> None:
    referral = asked()
    with time_machine.travel(FIFTH_WEEKDAY - A_MINUTE, tick=False) as clock:
        assert remind() == 0
        clock.shift(A_MINUTE)
        assert remind() == 2
    question = Question.objects.get()
    key = f"referral:{referral.pk}:question:{question.pk}:reminder"
    portal, mail = reminded()
    assert (portal.key, portal.kind, portal.channel) == (key, "question_reminder", "portal")
    assert (mail.key, mail.kind, mail.channel) == (f"{key}:notice", "notice", "email")
    assert (portal.unit, mail.address) == (referral.unit, referral.unit.email)


def test_it_comes_once_however_often_the_task_runs() -> None:
    asked()
    with time_machine.travel(FIFTH_WEEKDAY, tick=False) as clock:
        for _ in range(24):
            remind_referrers()
            clock.shift(dt.timedelta(hours=1))
    assert len(reminded()) == 2


def test_it_says_which_referral_and_by_when_and_holds_no_patient() -> None:
    referral = asked()
    with time_machine.travel(FIFTH_WEEKDAY, tick=False):
        remind()
    portal, mail = reminded()
    assert "Vi stillede mandag den 2. november 2026 et spørgsmål" in portal.body
    assert "Svar senest onsdag den 11. november 2026" in portal.body
    for message in (portal, mail):
        assert referral.reference in message.body
        for secret in (referral.patient.number, "Lonni", "Lauridsen", "Lænderyg", "Hvad mangler"):
            assert secret not in f"{message.subject} {message.body}"


def test_a_unit_without_email_is_reminded_in_the_portal_only() -> None:
    asked()
    ReferringUnit.objects.update(email="")
    with time_machine.travel(FIFTH_WEEKDAY, tick=False):
        assert remind() == 1
    assert [message.channel for message in reminded()] == ["portal"]


def recall(referral: Referral) -> None:
    triage.recall(person(Role.SECRETARY), referral.pk, referral.version)


def answer(referral: Referral) -> None:
    answered(referral)


def withdraw(referral: Referral) -> None:
    intake.withdraw(referral.referrer, referral.pk, referral.version, "Flyttet")


@pytest.mark.parametrize("settle", [recall, answer, withdraw])
def test_a_question_that_is_settled_reminds_nobody(settle: Settle) -> None:
    referral = asked()
    with time_machine.travel(FIFTH_WEEKDAY, tick=False):
        settle(referral)
        assert remind() == 0


@pytest.mark.parametrize("settle", [recall, answer, withdraw])
def test_a_reminder_that_has_not_left_is_taken_back_when_the_question_is_settled(
    settle: Settle,
) -> None:
    referral = asked()
    with time_machine.travel(FIFTH_WEEKDAY, tick=False):
        assert remind() == 2
        settle(referral)
    assert reminded() == []


def test_a_second_question_has_its_own_reminder() -> None:
    people = the_centre()
    referral = asked(people)
    with time_machine.travel(FIFTH_WEEKDAY, tick=False) as clock:
        remind()
        answer(referral)
        referral.refresh_from_db()
        triage.ask(people[Role.SECRETARY], referral.pk, referral.version, "Og hvornår?", [])
        assert remind() == 0
        clock.shift(dt.timedelta(days=7))
        assert remind() == 2


def test_the_cost_does_not_grow_with_the_questions(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    secretary = person(Role.SECRETARY)
    with time_machine.travel(ASKED, tick=False):
        referrals = [sent(number=number) for number in PEOPLE]
    costs = []
    for batch in (referrals[:1], referrals[1:]):
        with time_machine.travel(ASKED, tick=False):
            for referral in batch:
                triage.ask(secretary, referral.pk, referral.version, "Hvad mangler?", [])
        with (
            time_machine.travel(FIFTH_WEEKDAY, tick=False),
            django_assert_num_queries(2 * (2 + 1 + 4)) as queries,
        ):
            assert remind() == 2 * len(batch)
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.django_db(transaction=True)
def test_sixteen_tasks_at_once_remind_once() -> None:
    asked()
    Question.objects.update(asked_at=ASKED)
    at_once(16, lambda _: remind())
    assert len(reminded()) == 2
