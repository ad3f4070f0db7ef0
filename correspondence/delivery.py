"""Delivery: claim a message under its row lock, hand it over, and write down how it went."""

import datetime as dt
import logging
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from correspondence.channels import NotDelivered, carry
from correspondence.models import Message, MessageQuerySet

BATCH: Final = 500
logger = logging.getLogger(__name__)


def deliver(pk: int) -> bool:
    """Try one message if it is due and nobody else has it; whether it was tried."""
    return _try_first(Message.objects.filter(pk=pk))


def sweep(most: int = BATCH) -> int:
    """Try what is due, the longest waiting first, until nothing is left or `most` are tried."""
    tried = 0
    while tried < most and _try_first(Message.objects.order_by("next_attempt_at", "pk")):
        tried += 1
    return tried


def _try_first(messages: MessageQuerySet) -> bool:
    """The row stays locked from the claim to the commit, so that a killed sender claims nothing.

    If it is killed after handing over, the message is handed over again under the same identity,
    and the carrier drops it.
    """
    with transaction.atomic():
        unclaimed = messages.due(timezone.now()).select_for_update(skip_locked=True)
        message = unclaimed.first()
        if message is not None:
            _try(message)
            message.save(update_fields=WRITTEN_DOWN)
    return message is not None


def _try(message: Message) -> None:
    message.attempts += 1
    try:
        carry(message)
    except NotDelivered as failure:
        _put_off(message, failure.why, for_good=failure.for_good)
    except Exception as error:  # one odd message must not hold up all those behind it
        # Its name only: the words of the error could be those of the message.
        logger.error("message %s: %s", message.pk, type(error).__name__)
        _put_off(message, type(error).__name__)
    else:
        _settle(message)


WRITTEN_DOWN: Final = ("status", "attempts", "sent_at", "last_error", "next_attempt_at")


def _settle(message: Message) -> None:
    message.status = Message.Status.SENT
    message.sent_at = timezone.now()
    message.last_error = ""


def _put_off(message: Message, why: str, *, for_good: bool = False) -> None:
    """Try again after the next of the agreed waits; give up after the last, or when told to."""
    waits = settings.OUTBOX_RETRY_MINUTES
    message.last_error = why[:300]
    if for_good or message.attempts > len(waits):
        message.status = Message.Status.FAILED
        return
    wait = dt.timedelta(minutes=waits[message.attempts - 1])
    message.next_attempt_at = timezone.now() + wait
