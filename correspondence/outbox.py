"""Posting a message: in the same transaction as the change it tells of, at most once per key."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final

from celery import Task
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import tasks
from correspondence.doorbell import ring
from correspondence.models import BESIDE, Attempt, Message, MessageQuerySet
from correspondence.posting import lay_down, timed
from letters.models import Letter
from patients.models import Patient

BATCH: Final = 500
Status = Message.Status


def post(*, key: str, **words: Any) -> Message:
    """Put a message in the outbox; a second call with the same key changes nothing.

    ``words`` are the fields of Message: kind, channel, recipient, address, subject, body, about,
    letter, patient, unit, to_user. Returns the message that stands under the key.
    """
    message = lay_down(key=key, **words)
    if message.status == Message.Status.QUEUED:
        ring_on_commit(tasks.deliver, message.pk)
    return message


def post_all(messages: Iterable[Message]) -> None:
    """Post many at once; those whose key is taken change nothing."""
    posted = Message.objects.bulk_create(
        map(timed, messages), ignore_conflicts=True, batch_size=BATCH
    )
    if posted:
        ring_on_commit(tasks.sweep)


def withdraw(key_prefix: str) -> int:
    """Take back what has not left the house yet under keys with the prefix; how many were reached.

    What may have left stays in doubt, but is not sent again any more; what is printed stays so, and
    is to be taken out.

    Waits for a sender that has one of them in hand: afterwards each has left or never will. Change
    the case first, then withdraw, so that no message about the old state is posted in between.
    """
    return _withdraw(Message.objects.filter(key__startswith=key_prefix))


def withdraw_letter(letter: Letter) -> int:
    """Take back a letter that is replaced, and the e-mail about it, where they have not left."""
    about_it = Q(letter=letter) | Q(key=f"{letter.key}{BESIDE}")
    return _withdraw(Message.objects.filter(about_it))


def withdraw_from(patient: Patient) -> int:
    """Take back everything to a patient that has not left the house yet; how many.

    For somebody who has died: what is about them but goes to the referrer, to staff or, as a
    forwarded referral, to another hospital still goes.
    """
    to_patient = Message.objects.filter(patient=patient, unit=None, to_user=None)
    # Without a join: a message that is just being sent is looked at anew once its row is free.
    forwarded = Letter.objects.filter(patient=patient, kind=Letter.Kind.FORWARDED)
    return _withdraw(to_patient.exclude(letter__in=forwarded))


@transaction.atomic
def _withdraw(messages: MessageQuerySet) -> int:
    """An attempt that stands open has been stopped, or is ended here before it hands over.

    While the update waits for a sender, that one may post the letter on paper that goes in the
    message's place; only the next update sees it.
    """
    reached = 0
    while found := _overtake(messages):
        reached += found
    gone = messages.filter(status=Status.WITHDRAWN)
    Attempt.objects.filter(message__in=gone, ended_at=None).update(
        ended_at=timezone.now(),
        outcome=Attempt.Outcome.UNCERTAIN,
        why=_("Trukket tilbage, mens den var ved at blive sendt."),
    )
    return reached


def _overtake(messages: MessageQuerySet) -> int:
    """In one statement, so that no sender and no verdict moves a message past it meanwhile."""
    to_a_person = [Status.UNCERTAIN, Status.PRINTED]
    open_ones = [Status.QUEUED, Status.FAILED, *to_a_person]
    stays = When(status__in=to_a_person, then=F("status"))
    return messages.filter(is_overtaken=False, status__in=open_ones).update(
        is_overtaken=True, status=Case(stays, default=Value(Status.WITHDRAWN))
    )


def ring_on_commit(task: "Task[..., Any]", *arguments: int) -> None:
    """Start the task once what it is to find is committed."""
    transaction.on_commit(partial(ring, task, *arguments))
