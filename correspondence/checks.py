"""The settings name a carrier that exists for every channel."""

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

LOCAL: Final = frozenset({"file", "console"})
ALLOWED: Final = {
    "portal": frozenset({"portal"}),
    "digital_post": LOCAL | {"gateway"},
    "email": LOCAL | {"smtp"},
    "sms": LOCAL | {"gateway"},
    "letter": frozenset({"print", "gateway"}),
}


def carriers_exist(
    app_configs: Sequence[AppConfig] | None = None, **options: Any
) -> list[CheckMessage]:
    """One error for every channel whose carrier does not exist, and one for a missing gateway."""
    chosen = settings.OUTBOX_CHANNELS
    errors: list[CheckMessage] = [
        Error(f"OUTBOX_{channel.upper()}={chosen[channel]} is not one of: {', '.join(sorted(may))}")
        for channel, may in ALLOWED.items()
        if chosen[channel] not in may
    ]
    if "gateway" in chosen.values() and not settings.OUTBOX_GATEWAY:
        errors.append(Error("OUTBOX_GATEWAY is empty, and a channel goes by the gateway"))
    return errors
