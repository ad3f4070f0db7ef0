"""What must not reach production."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def demo_is_off(**kwargs: Any) -> list[CheckMessage]:
    """Demo mode lets anybody sign in as anybody."""
    if not settings.DEMO:
        return []
    return [Error("DEMO is on: anybody could sign in without a password.", id="staff.E001")]
