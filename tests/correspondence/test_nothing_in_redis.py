"""The broker learns ids and nothing else, and may forget everything."""

import base64
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from redis import Redis

from correspondence import delivery, outbox
from correspondence.models import Message
from tests.correspondence.factories import a_letter_to, a_message, an_email, status_of
from tests.patients.factories import a_patient

Channel, Status = Message.Channel, Message.Status
SECRETS = ("Lonni", "Lauridsen", "Æblegrød", "Husk", "+4520304050", "20304050", "glæder", "050560")


@pytest.fixture
def broker() -> Iterator["Redis"]:
    """The broker, its queue empty before and after."""
    with Redis.from_url(settings.REDIS_URL) as redis:
        redis.delete("celery")
        yield redis
        redis.delete("celery")


def post_some_of_each() -> list[Message]:
    patient = a_patient()
    outbox.post_all(
        [Message(key="many", kind="reminder", channel="sms", body="Husk", address="+4520304050")]
    )
    return [
        a_message(patient=patient),
        an_email(),
        a_letter_to(patient),
        a_message(channel=Channel.PORTAL, kind=Message.Kind.DECISION, patient=patient),
        Message.objects.get(key="many"),
    ]


@pytest.mark.django_db(transaction=True)
def test_only_ids_are_queued(broker: "Redis") -> None:
    messages = post_some_of_each()
    notes = [json.loads(note) for note in broker.lrange("celery", 0, -1)]
    assert len(notes) == len(messages)
    for note in notes:
        arguments, named, _embedded = json.loads(base64.b64decode(note["body"]))
        assert all(isinstance(argument, int) for argument in arguments)
        assert named == {}
    assert secrets_in(broker) == []


def secrets_in(broker: "Redis") -> list[str]:
    """Which of the secrets stand anywhere in the whole database of the broker."""
    found = []
    for key in broker.scan_iter():
        kept = broker.dump(key) + key
        listed: list[Any] = broker.lrange(key, 0, -1) if broker.type(key) == b"list" else []
        bodies = [base64.b64decode(json.loads(note)["body"]) for note in listed]
        whole = b"\n".join([kept, *listed, *bodies]).decode(errors="replace")
        found += [secret for secret in SECRETS if secret in whole]
    return found


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_forgets_everything_loses_nothing(broker: "Redis") -> None:
    messages = post_some_of_each()
    broker.delete("celery")
    assert delivery.sweep() == len(messages)
    assert {status_of(message) for message in messages} == {Status.SENT}
