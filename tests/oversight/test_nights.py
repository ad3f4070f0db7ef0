"""One proof a night, whoever makes it, and managers who are told once."""

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from correspondence.models import Message
from oversight import tasks
from oversight.models import Proof
from oversight.nights import latest, prove_tonight
from smertecenter.schedule import HOURLY_FROM_THREE
from staff.models import User
from staff.permissions import Role
from tests.correspondence.factories import a_message
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db
A_NIGHT = dt.datetime(2026, 6, 9, 1, 37, tzinfo=dt.UTC)  # 3.37 in Denmark
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def something_failed() -> None:
    failed = a_message(key="failed")
    Message.objects.filter(pk=failed.pk).update(status=Message.Status.FAILED)


def told() -> list[str]:
    return list(
        Message.objects.filter(about__startswith="proof:").values_list("address", flat=True)
    )


def test_a_night_is_proved_once_and_the_first_proof_stands() -> None:
    with time_machine.travel(A_NIGHT):
        tasks.prove()
        something_failed()
        tasks.prove()
    proof = Proof.objects.get()
    assert (proof.night, proof.holds, proof.figures["failed"]) == (dt.date(2026, 6, 9), True, 0)


def test_managers_are_told_once_of_a_night_that_does_not_hold() -> None:
    managers = [person(Role.MANAGER), person(Role.MANAGER)]
    person(Role.MANAGER, email="")
    person(Role.MANAGER, is_active=False)
    person(Role.SECRETARY)
    something_failed()
    for night in (9, 9, 10):
        with time_machine.travel(A_NIGHT.replace(day=night)):
            tasks.prove()
    assert sorted(told()) == sorted([manager.email for manager in managers] * 2)
    message = Message.objects.filter(about="proof:2026-06-09").first()
    assert message
    assert "Meddelelser, der ikke kunne sendes: 1" in message.body
    assert "tirsdag den 9. juni 2026" in message.body
    assert "Lonni" not in message.body


def test_without_a_manager_who_can_be_written_to_the_visitation_is_told_once() -> None:
    person(Role.MANAGER, email="")
    something_failed()
    for _again in range(2):
        prove_tonight(A_NIGHT)
    assert told() == [settings.TRIAGE_EMAIL]


def test_nobody_is_told_that_nothing_is_lost() -> None:
    person(Role.MANAGER)
    prove_tonight(timezone.now())
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_four_beats_at_the_same_time_make_one_proof() -> None:
    person(Role.MANAGER)
    something_failed()
    at_once(4, lambda _number: prove_tonight(A_NIGHT))
    assert Proof.objects.count() == 1
    assert len(told()) == 1


@pytest.mark.parametrize("statement", ["UPDATE {} SET holds = TRUE", "DELETE FROM {}"])
def test_a_proof_is_never_changed(statement: str) -> None:
    prove_tonight(A_NIGHT)
    refused = pytest.raises(DatabaseError, match="Cannot update or delete")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(Proof._meta.db_table))


@pytest.mark.parametrize(
    "day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25), dt.date(2026, 6, 9)], ids=str
)
def test_every_night_has_the_hour_once_also_when_the_clock_is_changed(day: dt.date) -> None:
    assert min(vars(HOURLY_FROM_THREE)["hour"]) == 3
    local = dt.datetime.combine(day, dt.time(3, 37), COPENHAGEN)
    assert local.astimezone(dt.UTC).astimezone(COPENHAGEN).time() == dt.time(3, 37)
    assert local.utcoffset() == local.replace(fold=1).utcoffset()


class TestTheNightsShown:
    def test_a_night_without_a_proof_is_missed_and_told(self) -> None:
        for day in (5, 7):
            prove_tonight(A_NIGHT.replace(day=day))
        nights = latest(dt.date(2026, 6, 8))
        assert [(night.day, made is not None) for night, made in nights] == [
            (7, True),
            (6, False),
            (5, True),
        ]

    def test_two_weeks_are_shown(self) -> None:
        for day in range(1, 21):
            prove_tonight(A_NIGHT.replace(day=day))
        assert [night.day for night, _made in latest(dt.date(2026, 6, 20))] == list(
            range(20, 6, -1)
        )

    def test_the_page_tells_each_nights_result(self, client_for: Callable[[User], Client]) -> None:
        prove_tonight(A_NIGHT)
        something_failed()
        prove_tonight(A_NIGHT.replace(day=11))
        with time_machine.travel(A_NIGHT.replace(day=12, hour=0)):
            manager = client_for(person(Role.MANAGER))
            page = manager.get(reverse("oversight:proof")).content.decode()
        shown = [page.index(words) for words in ("Krævede handling", "Ikke kontrolleret")]
        assert shown == sorted(shown)
        assert page.rindex("Intet tabt") > shown[1]

    def test_before_the_first_night_the_page_says_so(
        self, client_for: Callable[[User], Client]
    ) -> None:
        page = client_for(person(Role.MANAGER)).get(reverse("oversight:proof")).content.decode()
        assert "Den første natlige kontrol er ikke kørt endnu." in page


def test_a_figure_that_was_not_counted_then_is_0_today(
    client_for: Callable[[User], Client],
) -> None:
    Proof.objects.create(night=timezone.localdate(), figures={"open_referrals": 7}, holds=True)
    answer = client_for(person(Role.MANAGER)).get(reverse("oversight:proof"))
    [night] = answer.context["nights"]
    assert [number for _label, number in night["sums"]] == [7, 0, 0, 0, 0]
