"""A mail server that takes a message and does not say so: it is not sent again by itself."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from correspondence import delivery
from correspondence.models import Message
from tests.correspondence.factories import an_email
from tests.faults.centre import HOST
from tests.faults.conftest import Tell
from tests.faults.mail_server import ANSWER, Mailbox, a_mail_server

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

Status = Message.Status
HOW_MANY = 3
DAYS = 3


@pytest.fixture(autouse=True)
def _by_smtp(settings: Settings) -> None:
    settings.OUTBOX_CHANNELS = settings.OUTBOX_CHANNELS | {"email": "smtp"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = HOST, 1


def swept_for_days() -> None:
    """Sweep now and every hour of some days, however often a message is put off."""
    now = timezone.now()
    for hour in range(DAYS * 24):
        with time_machine.travel(now + dt.timedelta(hours=hour)):
            delivery.sweep()


def posted(settings: Settings, port: int) -> list[Message]:
    settings.EMAIL_PORT = port
    return [an_email() for _ in range(HOW_MANY)]


def states(messages: list[Message]) -> set[str]:
    found = Message.objects.filter(pk__in=[message.pk for message in messages])
    return set(found.values_list("status", flat=True))


def of(messages: list[Message], mailbox: Mailbox) -> list[str]:
    """The messages among what the server took, by their identities, as often as it took them."""
    ours = {str(message.identity) for message in messages}
    taken = [name.strip("<>").partition("@")[0] for name in mailbox.taken]
    return sorted(name for name in taken if name in ours)


@pytest.mark.parametrize("behaviour", ["hang up", "say nothing"])
def test_what_it_may_have_taken_waits_for_a_person(
    behaviour: str, settings: Settings, tell: Tell
) -> None:
    with a_mail_server(behaviour) as (mailbox, port):
        messages = posted(settings, port)
        swept_for_days()
    times = of(messages, mailbox)
    tell(f"a mail server that takes a message to {behaviour}: {len(times)} of {HOW_MANY} sent once")
    assert times == sorted(str(message.identity) for message in messages), "each once"
    assert states(messages) == {Status.UNCERTAIN}


def test_one_that_answers_gets_each_once(settings: Settings) -> None:
    with a_mail_server(ANSWER) as (mailbox, port):
        messages = posted(settings, port)
        swept_for_days()
    assert of(messages, mailbox) == sorted(str(message.identity) for message in messages)
    assert states(messages) == {Status.SENT}


def test_one_that_cannot_be_reached_gets_each_once_when_it_can(settings: Settings) -> None:
    with a_mail_server(ANSWER) as (_, closed):
        pass
    messages = posted(settings, closed)
    delivery.sweep()
    assert states(messages) == {Status.QUEUED}
    with a_mail_server(ANSWER) as (mailbox, port):
        settings.EMAIL_PORT = port
        swept_for_days()
    assert of(messages, mailbox) == sorted(str(message.identity) for message in messages)
    assert states(messages) == {Status.SENT}
