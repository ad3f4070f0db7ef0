"""Senders killed with -9 in real processes: what may have left is not sent again unasked."""

import datetime as dt
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import Settings

from correspondence import deciding, delivery, outbox
from correspondence.files import file_of
from correspondence.models import Attempt, Message
from staff.permissions import Role
from tests.correspondence.factories import a_message, an_email, status_of
from tests.correspondence.providers import Mails, a_mail_server
from tests.processes import on_the_test_database
from tests.staff.factories import person

Outcome, Status = Attempt.Outcome, Message.Status
AFTER_THE_GAP = delivery.GAP + dt.timedelta(seconds=1)
SWEEP = """
import django; django.setup()
from correspondence import delivery
print("ready", flush=True)
while delivery.sweep(): pass
"""


@contextmanager
def mail_server(settings: Settings, **answers: str) -> Iterator[Mails]:
    """A mail server for this process and for those that `a_sender` starts."""
    with a_mail_server(**answers) as mails:
        settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | {"email": "smtp"}
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mails.port
        yield mails


def a_sender(mails: Mails) -> "subprocess.Popen[str]":
    """A process that sweeps, once it is ready."""
    by_mail = {"OUTBOX_EMAIL": "smtp", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mails.port)}
    sender = subprocess.Popen(
        [sys.executable, "-c", SWEEP],
        env=on_the_test_database() | by_mail,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert sender.stdout
    assert sender.stdout.readline() == "ready\n"
    return sender


def kill(sender: "subprocess.Popen[str]") -> None:
    sender.kill()
    sender.wait(30)
    assert sender.stdout
    sender.stdout.close()


def outcomes(message: Message) -> list[str]:
    return list(message.tries.values_list("outcome", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_sender_killed_after_the_content_has_left_asks_a_person(settings: Settings) -> None:
    secretary, message = person(Role.SECRETARY), an_email()
    with mail_server(settings, end="silence") as mails:
        sender = a_sender(mails)
        assert mails.reached.wait(30)
        assert not delivery.deliver(message.pk), "a living sender has it in hand"
        kill(sender)
        assert outcomes(message) == [""]
        mails.answers.clear()
        with time_machine.travel(timezone.now() + AFTER_THE_GAP):
            while delivery.sweep():
                pass
        assert (status_of(message), outcomes(message)) == (Status.UNCERTAIN, [Outcome.UNCERTAIN])
        assert of(message, mails) == 1
        deciding.send_again(secretary, message.pk, after=1)
        assert delivery.deliver(message.pk)
        assert of(message, mails) == 2
    assert status_of(message) == Status.SENT


def of(message: Message, mails: Mails) -> int:
    """How many times the server was given the message."""
    return sum(str(message.identity).encode() in mail for mail in list(mails.taken))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_senders_killed_over_and_over_give_no_mail_twice_and_lose_none(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    how_many, kills, dice = 60, 8, random.Random(20261123)
    messages = [an_email(address=f"praksis{n}@example.dk") for n in range(how_many)]
    with mail_server(settings) as mails:
        for number in range(kills):
            sender, before = a_sender(mails), len(mails.taken)
            wait_until_more_than(before + number % 3, mails)
            time.sleep(dice.uniform(0, 0.03))
            kill(sender)
        with time_machine.travel(timezone.now() + AFTER_THE_GAP):
            while delivery.sweep():
                pass
    found = Counter((status_of(message), of(message, mails)) for message in messages)
    with capsys.disabled():
        sys.stdout.write(f"\n  {kills} kills, {how_many} mails: {dict(found)}\n")
    assert set(found) <= {(Status.SENT, 1), (Status.UNCERTAIN, 0), (Status.UNCERTAIN, 1)}
    assert found[Status.SENT, 1] >= how_many - kills
    assert found.total() == how_many


def wait_until_more_than(taken: int, mails: Mails) -> None:
    give_up = time.monotonic() + 30
    while len(mails.taken) <= taken and time.monotonic() < give_up:
        time.sleep(0.002)


def begun(message: Message) -> Attempt:
    """An attempt as a sender leaves it between its two steps."""
    with transaction.atomic():
        locked = Message.objects.select_for_update().get(pk=message.pk)
        attempt = delivery.begin(locked)
    assert attempt
    return attempt


@pytest.mark.django_db
def test_nobody_takes_a_message_between_the_two_steps_of_its_sender() -> None:
    message = a_message()
    attempt = begun(message)
    assert not delivery.deliver(message.pk)
    delivery.make(attempt)
    assert (status_of(message), outcomes(message)) == (Status.SENT, [Outcome.SENT])


@pytest.mark.django_db
def test_a_stopped_sender_is_relieved_where_repetitions_are_dropped() -> None:
    message = a_message()
    begun(message)
    with time_machine.travel(timezone.now() + AFTER_THE_GAP):
        assert delivery.sweep() == 1
    assert outcomes(message) == [Outcome.PUT_OFF, Outcome.SENT]
    assert message.tries.first().why == "Afsendelsen blev afbrudt."
    assert file_of(message).exists()


@pytest.mark.django_db
def test_a_sender_that_was_only_slow_hands_over_nothing() -> None:
    message = a_message()
    slow = begun(message)
    with time_machine.travel(timezone.now() + AFTER_THE_GAP):
        assert delivery.deliver(message.pk)
    file_of(message).unlink()
    delivery.make(slow)
    assert not file_of(message).exists()
    assert outcomes(message) == [Outcome.PUT_OFF, Outcome.SENT]


@pytest.mark.django_db
def test_what_is_withdrawn_between_the_two_steps_never_leaves() -> None:
    message = a_message()
    attempt = begun(message)
    assert outbox.withdraw(message.key) == 1
    delivery.make(attempt)
    assert not file_of(message).exists()
    assert (status_of(message), outcomes(message)) == (Status.WITHDRAWN, [Outcome.UNCERTAIN])


@pytest.mark.django_db
def test_a_message_that_stops_every_sender_is_put_aside_and_told_of_once(
    settings: Settings,
) -> None:
    message = a_message()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        begun(message)
        for _ in settings.OUTBOX_RETRY_MINUTES:
            clock.shift(AFTER_THE_GAP)
            begun(message)
        clock.shift(AFTER_THE_GAP)
        assert delivery.deliver(message.pk)
    assert status_of(message) == Status.FAILED
    assert len(outcomes(message)) == len(settings.OUTBOX_RETRY_MINUTES) + 1
    assert Message.objects.filter(address=settings.TRIAGE_EMAIL).count() == 1
