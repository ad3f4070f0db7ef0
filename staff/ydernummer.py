"""Ydernumre: the numbers by which Danish regions know a practice."""

import re
from typing import Final

from django.utils.translation import gettext

YDERNUMMER: Final = re.compile(r"[0-9]{5,6}")


def read_ydernummer(text: str) -> str:
    """Six digits, zero padded as in MedCom's referral; the five that doctors write are accepted.

    Raises ValueError with a sentence for the person who typed.
    """
    digits = "".join(text.split())
    if not YDERNUMMER.fullmatch(digits):
        raise ValueError(gettext("Ydernummeret skal have 5 eller 6 cifre."))
    return digits.zfill(6)
