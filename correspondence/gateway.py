"""SMS and Digital Post by the house's own gateway, over HTTP.

The message is posted as JSON to `<OUTBOX_GATEWAY>/<channel>`, with its identity as
`Idempotency-Key`. 2xx: taken. 404 or 410: the receiver is exempt or unknown. 408, 429 and 503:
not now; nor at 401, 403 and 407, where our access is at fault and not the message. Other 4xx:
never. Anything else, or silence, leaves a doubt.
"""

import json
from base64 import b64encode
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from correspondence.models import Message
from correspondence.parcels import MayHaveLeft, NotDelivered, NotRegistered, Parcel

TAKEN: Final = range(200, 300)
UNKNOWN: Final = frozenset({404, 410})
NO_ACCESS: Final = frozenset({401, 403, 407})
NOT_NOW: Final = frozenset({408, 429, 503}) | NO_ACCESS
NEVER: Final = range(400, 500)


def to_gateway(parcel: Parcel) -> None:
    """Post the message. Raises NotDelivered, NotRegistered, or MayHaveLeft after silence."""
    connection, path = _connection(parcel.message.channel)
    body, head = json.dumps(_content(parcel)).encode(), _head(parcel.message)
    try:
        _connect(connection)
        try:
            connection.request("POST", path, body=body, headers=head)
            status = connection.getresponse().status
        except (OSError, HTTPException):
            raise MayHaveLeft(_("Modtagersystemet svarede ikke.")) from None
    finally:
        connection.close()
    _judge(status, parcel.message)


def _connection(channel: str) -> tuple[HTTPConnection, str]:
    address = urlsplit(settings.OUTBOX_GATEWAY)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = kind(address.netloc, timeout=settings.OUTBOX_GATEWAY_TIMEOUT)
    return connection, f"{address.path.rstrip('/')}/{channel}"


def _connect(connection: HTTPConnection) -> None:
    try:
        connection.connect()
    except (OSError, HTTPException):
        raise NotDelivered(_("Modtagersystemet svarer ikke.")) from None


def _head(message: Message) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "Idempotency-Key": str(message.identity),
        "Authorization": f"Bearer {settings.OUTBOX_GATEWAY_TOKEN}",
    }


def _content(parcel: Parcel) -> dict[str, Any]:
    message = parcel.message
    by_number = message.channel == Message.Channel.DIGITAL_POST and message.patient
    return {
        "id": str(message.identity),
        "to": message.patient.number if by_number and message.patient else message.address,
        "name": message.recipient,
        "subject": message.subject,
        "text": message.body,
        "pdf": b64encode(parcel.pdf).decode() if parcel.pdf else None,
    }


def _judge(status: int, message: Message) -> None:
    why = _("Modtagersystemet svarede %(code)s.") % {"code": status}
    if status in TAKEN:
        return
    if status in UNKNOWN and message.channel == Message.Channel.DIGITAL_POST:
        raise NotRegistered
    if status in NEVER or status in NOT_NOW:
        raise NotDelivered(why, for_good=status not in NOT_NOW)
    raise MayHaveLeft(why)
