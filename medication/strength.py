"""How strong one unit is: "30 mg", "25 µg/t", "2 mg/ml", "10/5 mg"."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from medication.drugs import Drug, decimal
from medication.unread import NotRead, Why
from medication.writing import NUMBER, number, take

PER_HOUR, PER_ML, GRAMS, MILLIGRAMS, MICROGRAMS = "µg/h", "mg/ml", "g", "mg", "µg"
MICRO: Final = r"(?:µg|mcg|ug|mikrogram|mikrogr|mikrog|mikg)\.?"
END: Final = r"(?:\b|(?=x ?\d))"
UNITS: Final = (
    (PER_HOUR, rf"{MICRO} ?(?:/|pr\.?|i) ?(?:timen?|timer|t|h)"),
    (PER_ML, r"mg ?(?:/|pr\.?) ?ml"),
    (MILLIGRAMS, r"(?:mg|milligram)"),
    (GRAMS, r"(?:g|gram)"),
    (MICROGRAMS, MICRO),
)
IN_MILLIGRAMS: Final = {GRAMS: Decimal(1000), MILLIGRAMS: Decimal(1), MICROGRAMS: Decimal("0.001")}
SINGLE: Final = re.compile(
    rf"(?P<number>{NUMBER}) ?(?P<unit>{'|'.join(words for _, words in UNITS)}){END}"
)
PLAIN: Final = r"\d+(?:[.,]\d+)?"
PAIR: Final = re.compile(
    rf"(?<![\d.,/])(?P<first>{PLAIN})(?: ?mg)? ?[/+] ?(?P<second>{PLAIN}) ?mg\b(?! ?/)"
)


@dataclass(frozen=True, slots=True)
class Strength:
    """A number and its unit; of a combination the opioid's part."""

    number: Decimal
    unit: str


def strength_of(drug: Drug, text: str) -> tuple[Strength, str]:
    """The one strength in a folded text, and the rest. Raises NotRead."""
    pairs = take(PAIR, text)
    singles = take(SINGLE, pairs.rest)
    if len(pairs.found) + len(singles.found) > 1:
        raise NotRead(Why.TWO_STRENGTHS)
    if pairs.found:
        return _of_pair(drug, pairs.found[0]), pairs.rest
    if not singles.found:
        raise NotRead(Why.NO_STRENGTH)
    strength = _of_single(singles.found[0])
    if drug.combined and strength.number not in drug.combined.values():
        raise NotRead(Why.COMBINATION)
    return strength, singles.rest


def amounts_in(text: str) -> tuple[list[Strength], str]:
    """Every amount of substance in a folded text ("højst 40 mg dgl."), and the rest."""
    taken = take(SINGLE, text)
    return [_of_single(found) for found in taken.found], taken.rest


def _of_pair(drug: Drug, found: re.Match[str]) -> Strength:
    box = decimal(found["first"]), decimal(found["second"])
    if not drug.combined:
        raise NotRead(Why.TWO_STRENGTHS)
    if box not in drug.combined:
        raise NotRead(Why.COMBINATION)
    return Strength(drug.combined[box], MILLIGRAMS)


def _of_single(found: re.Match[str]) -> Strength:
    unit = next(code for code, words in UNITS if re.fullmatch(words, found["unit"]))
    strength = Strength(number(found["number"]), unit)
    if not strength.number:
        raise NotRead(Why.NO_STRENGTH)
    return strength
