"""The addresses of a running centre's servers, for `manage.py` in another terminal."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

BASE = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("SMERTECENTER_VAR") or BASE / "var")  # whatever is made while running
REMEMBERED = VAR / "environment"


def remember(values: Mapping[str, str]) -> None:
    """Write what `adopt` will find, for the eyes of this user only."""
    REMEMBERED.touch(mode=0o600)
    REMEMBERED.write_text("".join(f"{name}={value}\n" for name, value in values.items()))


def forget() -> None:
    """The servers are gone."""
    REMEMBERED.unlink(missing_ok=True)


def adopt() -> None:
    """Use a running centre's environment, wherever ours says nothing."""
    if REMEMBERED.exists():
        for line in REMEMBERED.read_text().splitlines():
            name, _, value = line.partition("=")
            os.environ.setdefault(name, value)


def required(name: str) -> str:
    """The variable's value; a sentence that says how to get one when it is not set."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(
            f"{name} is not set. In production, set it in the environment; on your own machine, "
            "`make run` sets everything, and `manage.py` finds it while the centre runs."
        )
    return value
