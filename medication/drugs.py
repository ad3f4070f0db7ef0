"""The medicines that are known by name: what a practice writes, and the substance behind it."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

TABLE: Final = Path(__file__).parent / "drugs.csv"
NOT_SAID: Final = "?"
# A name may be written in one word with its form: "fentanylplaster".
JOINED: Final = r"(?:depot)?(?:plast(?:er|re)|tabl(?:et(?:ter)?)?|kaps(?:el|ler)?)"
# A fentanyl patch marked 12 µg/h gives off 12.5 (product characteristics: marked 12 so that it is
# not taken for 125); the published tables count it as 12.5 too (Opioids Aware: 12 is 30 mg).
GIVEN_OFF: Final[Mapping[tuple[str, str, Decimal], Decimal]] = {
    ("N02AB03", "patch", Decimal(12)): Decimal("12.5")
}


@dataclass(frozen=True, slots=True)
class Drug:
    """One name of a medicine.

    ``forms`` are codes of `FORMS`; the first is meant when a line names none, unless
    ``form_must_be_said``. ``combined`` gives mg of the opioid for each strength written on the
    box of a combination, as a pair of numbers; it is empty for a single substance.
    """

    name: str
    substance: str
    atc: str
    opioid: bool
    forms: tuple[str, ...]
    form_must_be_said: bool
    combined: Mapping[tuple[Decimal, Decimal], Decimal] = field(hash=False)


@cache
def known() -> tuple[Drug, ...]:
    """Every name in the table, in its order."""
    return tuple(drug for row in rows(TABLE) for drug in _drugs(row))


def rows(table: Path) -> Iterator[dict[str, str]]:
    """The rows of one of this room's tables; lines that begin with # are its commentary."""
    with table.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(line for line in lines if not line.startswith("#"))


def decimal(written: str) -> Decimal:
    """A number with a comma or a point before its decimals."""
    return Decimal(written.replace(",", "."))


def find(folded: str) -> tuple[list[Drug], str]:
    """The drugs named in a folded text, longest name first, and the text without the names."""
    found = [_by_name()[" ".join(name.split())] for name in _names().findall(folded)]
    return found, _names().sub(" ¦ ", folded)


@cache
def _by_name() -> Mapping[str, Drug]:
    return {drug.name.lower(): drug for drug in known()}


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(_by_name(), key=len, reverse=True)
    names = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
    return re.compile(rf"(?<![\w-])(?:{names})(?:(?![\w-])|(?={JOINED}\b))")


def _drugs(row: Mapping[str, str]) -> Iterator[Drug]:
    forms = row["forms"].split()
    for name in row["name"].split("|"):
        yield Drug(
            name=name,
            substance=row["substance"],
            atc=row["atc"],
            opioid=row["opioid"] == "yes",
            forms=tuple(form for form in forms if form != NOT_SAID),
            form_must_be_said=NOT_SAID in forms,
            combined=MappingProxyType(dict(_combined(row["strengths"]))),
        )


def _combined(written: str) -> Iterator[tuple[tuple[Decimal, Decimal], Decimal]]:
    for strength in written.split():
        box, opioid = strength.split("=")
        first, second = box.split("/")
        yield (decimal(first), decimal(second)), decimal(opioid)
