"""Laying a message down in the outbox, once per key; letters on paper for the day's print."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from correspondence.channels import printed
from correspondence.models import Message
from staff.working_days import is_open

ONE_DAY = dt.timedelta(days=1)


def lay_down(*, key: str, **words: Any) -> Message:
    """The message that stands under the key, written now unless it was before."""
    Message.objects.bulk_create([timed(Message(key=key, **words))], ignore_conflicts=True)
    message: Message = Message.objects.get(key=key)
    return message


def timed(message: Message) -> Message:
    """The message, due at the next print when it goes on paper; others are due as they are."""
    if message.channel in printed():
        message.next_attempt_at = next_print(message.next_attempt_at)
    return message


def next_print(after: dt.datetime) -> dt.datetime:
    """When the letters on paper are printed next: at the agreed hour of a day we are open."""
    local = timezone.localtime(after)
    day = local.date() if local.hour < settings.OUTBOX_PRINT_HOUR else local.date() + ONE_DAY
    while not is_open(day):
        day += ONE_DAY
    return _print_of(day)


def last_print(before: dt.datetime) -> dt.datetime:
    """When the letters on paper were printed last, at that time or before it."""
    local = timezone.localtime(before)
    day = local.date() if local.hour >= settings.OUTBOX_PRINT_HOUR else local.date() - ONE_DAY
    while not is_open(day):
        day -= ONE_DAY
    return _print_of(day)


def _print_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(settings.OUTBOX_PRINT_HOUR)))
