"""The ways out of the house, behind one small interface."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.db import transaction

from correspondence.files import to_console, to_file, to_portal
from correspondence.gateway import to_gateway
from correspondence.models import Message
from correspondence.parcels import MayHaveLeft, NotDelivered, Parcel, packed
from correspondence.smtp import to_smtp

PRINT: Final = "print"  # the name of what no carrier takes: it waits for the day's print


@dataclass(frozen=True, slots=True)
class Carrier:
    """Hands a parcel over: it returns when the parcel was taken, else raises.

    NotDelivered says that it was not taken, MayHaveLeft that nobody can tell. With
    ``drops_repetitions``, a second handing over of the same message does not reach the recipient:
    then it may be tried again after a doubt; without it, only a person may say so.
    """

    hand_over: Callable[[Parcel], None]
    drops_repetitions: bool


CARRIERS: Final[Mapping[str, Carrier]] = MappingProxyType(
    {
        "portal": Carrier(to_portal, drops_repetitions=True),
        "file": Carrier(to_file, drops_repetitions=True),
        "console": Carrier(to_console, drops_repetitions=False),
        # Mail systems may drop a second mail with the same Message-ID; few do.
        "smtp": Carrier(to_smtp, drops_repetitions=False),
        "gateway": Carrier(to_gateway, drops_repetitions=False),
    }
)


def carrier_of(message: Message) -> Carrier:
    """The carrier that the settings name for the message's channel."""
    return CARRIERS[settings.OUTBOX_CHANNELS[message.channel]]


def drops_repetitions(message: Message) -> bool:
    """Whether the message may be handed over again without reaching the recipient twice."""
    carrier = CARRIERS.get(settings.OUTBOX_CHANNELS[message.channel])
    return carrier is not None and carrier.drops_repetitions


def printed() -> list[str]:
    """The channels whose messages wait for the day's print instead of being carried."""
    return [channel for channel, name in settings.OUTBOX_CHANNELS.items() if name == PRINT]


def carry(message: Message) -> None:
    """Hand a message over.

    Raises NotDelivered, MayHaveLeft, and whatever else goes wrong before anything has left.
    """
    carrier = carrier_of(message)
    with transaction.atomic():
        parcel = packed(message)
    try:
        carrier.hand_over(parcel)
    except (NotDelivered, MayHaveLeft):
        raise
    except Exception as error:
        if carrier.drops_repetitions:
            raise
        raise MayHaveLeft(type(error).__name__) from None
