"""Words that letters share, in the language of the letter whatever language the writer works in."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from letters.content import content_of
from letters.letterhead import letterhead
from letters.models import Letter
from patients.models import LetterLanguage
from staff.models import User

Language = LetterLanguage
Text = TypeVar("Text")
DAYS: Final[Mapping[str, str]] = {
    Language.DANISH: r"l \d\e\n j. F Y",
    Language.ENGLISH: "l j F Y",
}
DATES: Final[Mapping[str, str]] = {Language.DANISH: "j. F Y", Language.ENGLISH: "j F Y"}
CLOCKS: Final[Mapping[str, str]] = {Language.DANISH: "klokken %H.%M", Language.ENGLISH: "%H:%M"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words around a letter's content."""

    page: str
    of: str
    phone: str
    enclosures: str
    signed: str
    replaces: str
    regards: str


WORDS: Final[Mapping[str, Words]] = {
    Language.DANISH: Words(
        page="Side",
        of="af",
        phone="Telefon",
        enclosures="Bilag",
        signed="Underskrevet elektronisk af {name}, {role}, {day} {clock}.",
        replaces="Dette brev erstatter brevet af {day}.",
        regards="Venlig hilsen",
    ),
    Language.ENGLISH: Words(
        page="Page",
        of="of",
        phone="Phone",
        enclosures="Enclosed",
        signed="Signed electronically by {name}, {role}, on {day} at {clock}.",
        replaces="This letter replaces the letter of {day}.",
        regards="Kind regards",
    ),
}


def language_of(kind: str, wanted: str, texts: Mapping[str, Text]) -> Language:
    """The language a letter is written in: the wanted one, if the setting LETTER_LANGUAGES has it
    for the kind and there is a text in it; else Danish.
    """
    allowed = settings.LETTER_LANGUAGES.get(kind, ())
    return Language(wanted) if wanted in allowed and wanted in texts else Language.DANISH


def day(date: dt.date, language: str) -> str:
    """A day as one says it: "torsdag den 3. december 2026", "Thursday 3 December 2026"."""
    return _formatted(date, DAYS, language)


def date(date: dt.date, language: str) -> str:
    """A day without its weekday: "3. december 2026", "3 December 2026"."""
    return _formatted(date, DATES, language)


def clock(at: dt.datetime, language: str) -> str:
    """A local time as one says it: "klokken 10.30", "10:30"."""
    return f"{timezone.localtime(at):{CLOCKS[language]}}"


def _formatted(date: dt.date, formats: Mapping[str, str], language: str) -> str:
    with override(language):
        return date_format(date, formats[language], use_l10n=False)


def closing(language: str, by: User | None = None) -> tuple[str, ...]:
    """The lines under a letter: regards, the name and role of who stands behind it, the centre."""
    with override(language):
        name = (f"{by.name}, {by.get_role_display()}",) if by else ()
    return WORDS[language].regards, *name, letterhead(language).name


def replacing(letter: Letter) -> str:
    """The line that says which letter this one replaces; empty when it replaces none."""
    if letter.replaces is None:
        return ""
    written = timezone.localdate(letter.replaces.written_at)
    return WORDS[letter.language].replaces.format(day=date(written, letter.language))


def as_text(letter: Letter) -> str:
    """The letter without its title, as it stands in the portal and in an e-mail."""
    return "\n\n".join(filter(None, [replacing(letter), content_of(letter.content).as_text()]))
