"""Frozen verdicts: one file for each approved version, never written twice."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from admission.answers_kept import answers
from admission.rules import DECK, Rules

FOLDER: Final = Path(__file__).parent

# The versions that are shipped; what a centre approves for itself stands in its own database.
SHIPPED: Final[Mapping[int, Rules]] = {DECK.number: DECK}


def file_of(number: int) -> Path:
    return FOLDER / f"version_{number}.json"


def write(number: int) -> Path:
    """Freeze the verdicts of a shipped version; raises FileExistsError if they already are."""
    with file_of(number).open("x", encoding="utf-8") as file:
        json.dump(answers(SHIPPED[number]), file, ensure_ascii=False, indent=1)
        file.write("\n")
    return file_of(number)
