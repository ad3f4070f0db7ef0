"""Posting a message: in the same transaction as the change it tells of, at most once per key."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from celery import Task
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.refusals import Refused
from correspondence import tasks
from correspondence.doorbell import ring
from correspondence.models import Message
from correspondence.models.message import MessageQuerySet
from patients.models import Patient

BATCH: Final = 500


def post(*, key: str, **words: Any) -> Message:
    """Put a message in the outbox; a second call with the same key changes nothing.

    ``words`` are the fields of Message: kind, channel, recipient, address, subject, body, about,
    patient, unit, to_user. Returns the message that stands under the key.
    """
    Message.objects.bulk_create([Message(key=key, **words)], ignore_conflicts=True)
    message: Message = Message.objects.get(key=key)
    if message.status == Message.Status.QUEUED:
        _ring_on_commit(tasks.deliver, message.pk)
    return message


def post_all(messages: Iterable[Message]) -> None:
    """Post many at once; those whose key is taken change nothing."""
    posted = Message.objects.bulk_create(messages, ignore_conflicts=True, batch_size=BATCH)
    if posted:
        _ring_on_commit(tasks.sweep)


def withdraw(key_prefix: str) -> int:
    """Take back what has not left the house yet under keys with the prefix; how many.

    Waits for a sender that has one of them in hand: afterwards each has left or never will. Change
    the case first, then withdraw, so that no message about the old state is posted in between.
    """
    return _withdraw(Message.objects.filter(key__startswith=key_prefix))


def withdraw_from(patient: Patient) -> int:
    """Take back everything to a patient that has not left the house yet; how many.

    For somebody who has died: what is about them but goes to the referrer or to staff still goes.
    """
    return _withdraw(Message.objects.filter(patient=patient, unit=None, to_user=None))


def _withdraw(messages: MessageQuerySet) -> int:
    waiting = [Message.Status.QUEUED, Message.Status.FAILED]
    found = messages.filter(status__in=waiting)
    return found.update(status=Message.Status.WITHDRAWN)


@transaction.atomic
def resend(pk: int) -> Message:
    """Put a failed message back in the queue. Raises Refused when it has not failed."""
    message: Message = Message.objects.select_for_update().get(pk=pk)
    if message.status != Message.Status.FAILED:
        raise Refused(_("Kun en mislykket meddelelse kan sendes igen."))
    message.status, message.attempts = Message.Status.QUEUED, 0
    message.next_attempt_at = timezone.now()
    message.save(update_fields=["status", "attempts", "next_attempt_at"])
    _ring_on_commit(tasks.deliver, message.pk)
    return message


def _ring_on_commit(task: "Task[..., Any]", *arguments: int) -> None:
    transaction.on_commit(partial(ring, task, *arguments))
