"""Posting a message: in the same transaction as the change it tells of, at most once per key."""

from typing import Any

from correspondence.models import Message


def post(*, key: str, **words: Any) -> Message:
    """Put a message in the outbox; a second call with the same key changes nothing.

    ``words`` are the fields of Message: kind, channel, recipient, address, subject, body, about,
    patient, unit, to_user. Returns the message that stands under the key.
    """
    Message.objects.bulk_create([Message(key=key, **words)], ignore_conflicts=True)
    message: Message = Message.objects.get(key=key)
    return message
