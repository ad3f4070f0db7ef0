"""Posting for many rows at once: the cost follows the messages that are missing, not the rows."""

from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import (
    DateTimeField,
    Exists,
    Expression,
    F,
    Func,
    OuterRef,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, Concat

from correspondence import outbox
from correspondence.models import Message

BATCH: Final = 200


class InUtc(Func):
    """A time in UTC as text, to the minute: 20261203T0930."""

    template = """to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MI')"""
    output_field = TextField()


class WallClock(Func):
    """What the clock on the wall shows, so that a day is a day also when the clock is changed."""

    template = f"(%(expressions)s AT TIME ZONE '{settings.TIME_ZONE}')"
    output_field = DateTimeField()


def key_of(*parts: str | Expression | F) -> Expression:
    """A message's key, put together by the database from words and columns."""
    return Concat(
        *(
            Value(part, TextField()) if isinstance(part, str) else Cast(part, TextField())
            for part in parts
        ),
        output_field=TextField(),
    )


def post_for_each(
    rows: "QuerySet[Any]", key: Expression, write: Callable[[Any], dict[str, Any]]
) -> int:
    """Post a message for every row that has none under its key; how many were posted.

    ``write`` gives the fields of the message. Rows that somebody is changing are left for the next
    time; those we write about cannot change until their messages are posted.
    """
    known = Message.objects.filter(key=OuterRef("message_key"))
    missing = rows.annotate(message_key=key).filter(~Exists(known)).order_by("pk")
    total = 0
    while posted := _post_some(missing, write):
        total += posted
    return total


@transaction.atomic
def _post_some(missing: "QuerySet[Any]", write: Callable[[Any], dict[str, Any]]) -> int:
    locked = missing.select_for_update(of=("self",), no_key=True, skip_locked=True)
    messages = [Message(key=row.message_key, **write(row)) for row in locked[:BATCH]]
    outbox.post_all(messages)
    return len(messages)
