"""Where the places that patients are redirected to get their letters."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Place:
    """Where a destination gets its letters."""

    name: str
    street: str
    town: str

    @property
    def address(self) -> str:
        return f"{self.street}, {self.town}"


def address_of(destination: str) -> Place | None:
    """The destination's address by the setting DESTINATIONS; None for one that gets no letters."""
    return _places(settings.DESTINATIONS).get(destination) if settings.DESTINATIONS else None


@cache
def _places(path: str) -> dict[str, Place]:
    written = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    return {destination: Place(**words) for destination, words in written.items()}
