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
    *(re.compile(words) for words in (DAILY, WEEKLY, TIMES, TIME_OF_DAY, rf"\b{UNIT}", r"\bog\b")),
    *(NEEDED, AT_MOST, *NAMES.values()),
    *(words for _why, words in WARNING_WORDS),
)
LETTER: Final = re.compile(r"[^\W\d_]")


def may_be_opioid(drugs: Sequence[Drug], rest: str) -> bool:
    """Whether an opioid may stand on a line with these medicines; ``rest`` is what else it says.

    Two strengths in one may be a combination with an opioid, and so may a strength too many.
    """
    if not drugs or any(drug.opioid for drug in drugs) or PAIR.search(rest):
        return True
    strengths = take(SINGLE, rest)
    if len(strengths.found) > len(drugs):
        return True
    left = strengths.rest
    for words in KNOWN_WORDS:
        left = words.sub(READ, left)
    return bool(LETTER.search(left_over(left)))
