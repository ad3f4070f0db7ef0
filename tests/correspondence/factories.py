"""Messages for tests, posted by the real function."""

from itertools import count
from typing import Any

from correspondence import outbox
from correspondence.models import Message

serial = count(1)


def a_message(**fields: Any) -> Message:
    """A posted SMS; any field may be given."""
    words = {
        "key": f"test:{next(serial)}",
        "kind": Message.Kind.REMINDER,
        "channel": Message.Channel.SMS,
        "recipient": "Lonni Lauridsen",
        "address": "+4520304050",
        "subject": "Husk din tid",
        "body": "Husk din tid torsdag kl. 10.30. Æblegrød på øen i åen.",
    }
    return outbox.post(**words | fields)


def an_email(**fields: Any) -> Message:
    """A posted e-mail to a practice."""
    mail = {"channel": Message.Channel.EMAIL, "address": "laegerne@example.dk"}
    return a_message(**{"kind": Message.Kind.NOTICE, "recipient": "Lægerne Søborg"} | mail | fields)


def status_of(message: Message) -> str:
    """The message's state as the database has it now."""
    status: str = Message.objects.values_list("status", flat=True).get(pk=message.pk)
    return status
