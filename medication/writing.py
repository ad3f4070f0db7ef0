"""How practices write: one way of writing for what is written in many, and what means nothing."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, Inexact, localcontext
from typing import Final

# What has been read is replaced by a mark, so that what stood on each side is never joined.
READ: Final = " ¦ "
AS_NEEDED: Final = " § "

# A number that is no part of a longer one. "1.000" is none: a thousand to some, one to others.
NUMBER: Final = r"(?<![\d.,/])(?:0|[1-9]\d*)(?:,\d{1,3}|\.\d{1,2})?(?!\d|/\d|[.,]\d)"
COUNT: Final = r"(?<![\d.,/])(?:0|[1-9]\d?)(?:[.,]\d{1,2})?(?!\d|/\d|[.,]\d)"

FRACTIONS: Final[Mapping[str, str]] = {
    "½": "5",
    "¼": "25",
    "¾": "75",
    "1/2": "5",
    "1/4": "25",
    "3/4": "75",
}
SPELLED: Final[Mapping[str, str]] = {
    "en halv": "0,5",
    "et halvt": "0,5",
    "halv": "0,5",
    "halvt": "0,5",
    "halvanden": "1,5",
    "en": "1",
    "én": "1",
    "et": "1",
    "ét": "1",
    "to": "2",
    "tre": "3",
    "fire": "4",
    "fem": "5",
    "seks": "6",
    "otte": "8",
}
SAME: Final = str.maketrans(
    {
        "×": "x",
        "*": "x",
        "μ": "µ",
        "–": "-",
        "—": "-",
        "−": "-",
        "®": " ",
        "\N{NO-BREAK SPACE}": " ",
    }
)
A_FRACTION: Final = re.compile(
    r"(?:(?<![\d.,/])(\d{1,2}) ?)?(½|¼|¾|(?<![\d.,/])(?:1/2|1/4|3/4)(?![\d/]))"
)
SPELLED_COUNT: Final = re.compile(
    rf"\b({'|'.join(sorted(SPELLED, key=len, reverse=True))})"
    r"(?= (?:gange?|tbl|tabl|kaps|depot|plast|stk|ml|supp|pust)|\b x )"
)

# Words that change nothing about what is taken. Whatever is not here makes the line unread.
HARMLESS: Final = re.compile(
    r"""\b(?:
        fast | p\.?\s?o | per\ os | peroralt? | oralt? | à | á | a | af | skiftes | skift | stk
      | mod\ (?:stærke\ |svære\ |neuropatiske\ )?(?:nerve|ryg|gennembruds|muskel)?smerter
      | som\ smertestillende | synkes\ hele | i\ fast\ dosering | t | tbl | tabl(?:et(?:ter)?)?
      | kaps(?:ler|el)? | krka | orion | sandoz | teva | stada | actavis | orifarm | 2care4
      | accord | aristo | alternova | dak | nycomed | hexal | lannacher | retard | depot
    )\b\.?""",
    re.VERBOSE,
)
PUNCTUATION: Final = re.compile(r"[\s.,;:()¦§\"'”“«»-]+")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a pattern found in a text, and the text with a mark in its place."""

    found: list[re.Match[str]]
    rest: str


def fold(text: str) -> str:
    """A line in lower case, fractions and spelled numbers as decimals, one sign for each thing."""
    plain = " ".join(text.translate(SAME).lower().split())
    decimals = A_FRACTION.sub(lambda found: f"{found[1] or 0},{FRACTIONS[found[2]]}", plain)
    return SPELLED_COUNT.sub(lambda found: SPELLED[found[1]], decimals)


def take(pattern: re.Pattern[str], text: str, mark: str = READ) -> Taken:
    """Everything a pattern finds, out of the text."""
    found = list(pattern.finditer(text))
    return Taken(found, " ".join(pattern.sub(mark, text).split()) if found else text)


def left_over(text: str) -> str:
    """What nothing has read and no list calls harmless; empty when all is understood."""
    return PUNCTUATION.sub(" ", HARMLESS.sub(READ, text)).strip()


def number(written: str) -> Decimal:
    """A number as it is written in Danish."""
    return Decimal(written.replace(",", "."))


def exactly(total: Decimal, part: Decimal) -> Decimal | None:
    """How many times a part goes into a total; None when the decimals never end."""
    with localcontext() as context:
        context.clear_flags()
        times = total / part
        return None if context.flags[Inexact] else times
