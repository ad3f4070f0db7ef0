"""Whether a line that could not be read may hold an opioid: unless all its words are known."""

import re
from collections.abc import Sequence
from typing import Final

from medication.dosage_forms import NAMES
from medication.drugs import Drug
from medication.patterns import AT_MOST, DAILY, NEEDED, PATTERNS, TIME_OF_DAY, TIMES, UNIT, WEEKLY
from medication.strength import PAIR, SINGLE
from medication.unread import WARNING_WORDS
from medication.writing import READ, left_over, take

# What may stand beside a medicine and names no other.
KNOWN_WORDS: Final = (
    *(pattern for pattern, _meaning in PATTERNS),
    *(
        re.compile(words)
        for words in (DAILY, WEEKLY, TIMES, TIME_OF_DAY, rf"\b{UNIT}", r"\b(?:og|til)\b")
    ),
    *(NEEDED, AT_MOST, *NAMES.values()),
    *(words for _why, words in WARNING_WORDS),
)
# Paracetamol, acetylsalicylic acid and ibuprofen: sold together with codeine or tramadol.
COMBINED_WITH_OPIOIDS: Final = frozenset({"N02BE01", "N02BA01", "M01AE01"})
LETTER: Final = re.compile(r"[^\W\d_]")


def may_be_opioid(drugs: Sequence[Drug], rest: str) -> bool:
    """Whether an opioid may stand on a line with these medicines; ``rest`` is what else it says.

    Two strengths in one may be a combination with an opioid, and so may a strength too many of a
    medicine that comes in such combinations.
    """
    if not drugs or any(drug.opioid for drug in drugs) or PAIR.search(rest):
        return True
    strengths = take(SINGLE, rest)
    may_be_combined = any(drug.atc in COMBINED_WITH_OPIOIDS for drug in drugs)
    if may_be_combined and len(strengths.found) > len(drugs):
        return True
    left = strengths.rest
    for words in KNOWN_WORDS:
        left = words.sub(READ, left)
    return bool(LETTER.search(left_over(left)))
