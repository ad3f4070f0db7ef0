"""The settings name a carrier that exists for every channel."""

from collections.abc import Sequence
from typing import Any, Final

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error

LOCAL: Final = frozenset({"file", "console"})
ALLOWED: Final = {
    "portal": frozenset({"portal"}),
    "email": LOCAL | {"smtp"},
    "sms": LOCAL,
    "letter": LOCAL,
}


def carriers_exist(
    app_configs: Sequence[AppConfig] | None = None, **options: Any
) -> list[CheckMessage]:
    """One error for every channel whose carrier does not exist."""
    chosen = settings.OUTBOX_CHANNELS
    return [
        Error(f"OUTBOX_{channel.upper()}={chosen[channel]} is not one of: {', '.join(sorted(may))}")
        for channel, may in ALLOWED.items()
        if chosen[channel] not in may
    ]
