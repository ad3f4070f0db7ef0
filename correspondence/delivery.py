"""Delivery: each attempt is written down before it is made, and ended when it has been made.

1. Claim: under the row's lock, a new attempt is begun and committed. For a moment (GAP) the row is
   not due, so that nobody else takes it before step 2 has it.
2. Carry: the row is locked again, and held while the message is handed over and the attempt ended.

So an open attempt on a row that is due and not locked has no sender any more: it was stopped, and
nobody knows how far it came. A channel that drops repetitions is given the message again; otherwise
the message waits for a person. A sender that was only slow finds its attempt ended in step 2, and
hands over nothing.
"""

import datetime as dt
import logging
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence.channels import carry, drops_repetitions, printed
from correspondence.models import Attempt, Message, MessageQuerySet
from correspondence.parcels import MayHaveLeft, NotDelivered, NotRegistered
from correspondence.settling import after_failure, go_on_paper, settle, too_late_on_paper

BATCH: Final = 500
GAP: Final = dt.timedelta(seconds=5)  # many times what lies between the two steps
Outcome = Attempt.Outcome
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
    attempt = None
    with transaction.atomic(durable=True):
        due = messages.due(timezone.now()).exclude(channel__in=printed())
        message = due.select_for_update(no_key=True, skip_locked=True).first()
        if message is not None:
            attempt = begin(message)
    if attempt is not None:
        make(attempt)
    return message is not None


def begin(message: Message) -> Attempt | None:
    """The next attempt of a locked message, unless the last one leaves it to a person."""
    last = message.tries.last()
    if last and last.ended_at is None:
        settle(message, last, *_stopped(message))
    if message.status != Message.Status.QUEUED:
        return None
    message.next_attempt_at = timezone.now() + GAP
    message.save(update_fields=["next_attempt_at"])
    return Attempt.objects.create(message=message, number=last.number + 1 if last else 1)


def _stopped(message: Message) -> tuple[Outcome, str]:
    """What becomes of an attempt whose sender was stopped in the middle of it."""
    if drops_repetitions(message):
        return after_failure(message), _("Afsendelsen blev afbrudt.")
    return Outcome.UNCERTAIN, _("Afsendelsen blev afbrudt. Meddelelsen kan være nået frem.")


def make(attempt: Attempt) -> None:
    """Hand over and settle under the row's lock, if the attempt is still ours to make."""
    with transaction.atomic(durable=True):
        message = Message.objects.select_for_update(no_key=True).get(pk=attempt.message_id)
        if message.tries.filter(pk=attempt.pk, ended_at=None).exists():
            settle(message, attempt, *_tried(message))


def _tried(message: Message) -> tuple[Outcome, str]:
    try:
        carry(message)
    except MayHaveLeft as doubt:
        return Outcome.UNCERTAIN, doubt.why
    except NotRegistered as refusal:
        if instead := too_late_on_paper(message):
            return Outcome.FAILED, f"{refusal.why} {instead}"
        go_on_paper(message)
        return Outcome.FAILED, _("%(why)s Brevet sendes på papir.") % {"why": refusal.why}
    except NotDelivered as failure:
        return after_failure(message, for_good=failure.for_good), failure.why
    except Exception as error:  # one odd message must not hold up all those behind it
        # Its name only: the words of the error could be those of the message.
        logger.error("message %s: %s", message.pk, type(error).__name__)
        return after_failure(message), type(error).__name__
    return Outcome.SENT, ""
