"""The centre as its letters show it, read from the file that the settings name."""

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

NO_BREAK = "\N{NO-BREAK SPACE}"
EXAMPLE = Path(__file__).with_name("letterhead.toml")


class MalformedLetterhead(ValueError):
    """Raised when the file cannot be used; says what it lacks or misspells."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes, and how to reach the centre, in one language."""

    name: str
    phone: str
    phone_hours: str
    website: str
    street: str
    town: str
    ean: str
    cvr: str
    waiting_times: str
    patient_guides: str
    video: str


def letterhead(language: str) -> Letterhead:
    """The letterhead in a language. Raises MalformedLetterhead."""
    return read(Path(settings.LETTERHEAD), language)


@cache
def read(path: Path, language: str) -> Letterhead:
    """The file's letterhead in a language; read once. Raises MalformedLetterhead."""
    try:
        written = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise MalformedLetterhead(f"The letterhead is not valid TOML: {error}.") from error
    return _checked({**_alike(written), **written.get(language, {})}, language)


def _alike(written: dict[str, Any]) -> dict[str, Any]:
    """What is the same in every language."""
    return {name: value for name, value in written.items() if not isinstance(value, dict)}


def _checked(words: dict[str, Any], language: str) -> Letterhead:
    if odd := {field.name for field in fields(Letterhead)} ^ words.keys():
        names = ", ".join(sorted(odd))
        raise MalformedLetterhead(f"The letterhead ({language}) lacks or misspells: {names}.")
    # A number is read and dialled as one, so that no line ends in the midst of it.
    whole = {name: words[name].replace(" ", NO_BREAK) for name in ("phone", "patient_guides")}
    return Letterhead(**{**words, **whole})
