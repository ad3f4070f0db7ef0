"""The Danish pain diagnoses a referrer may choose from, and what each one hints at."""

import csv
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

SOURCE = Path(__file__).with_name("diagnoses.csv")

# ICD-10 chapter II, malignant neoplasms, in SKS form (a leading D).
MALIGNANT_CATEGORIES = ("DC00", "DC97")

# The Danish way to type the three letters on a foreign keyboard.
DANISH_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


class Hint(StrEnum):
    """What a diagnosis says about the referral, to be held against the referrer's answers."""

    PAIN = "pain"
    ACTIVE_CANCER = "exclusion:active_cancer"
    HEADACHE = "exclusion:headache"
    ILLEGAL_DRUGS = "exclusion:illegal_drugs"
    UNCONTROLLED_ALCOHOL = "exclusion:uncontrolled_alcohol"
    NEUROSTIMULATION = "expertise:neurostimulation"
    OPIOID_DEPENDENCE = "expertise:opioid_dependence"
    PSYCHOLOGICAL = "complexity:psychological"


# What says the same in a diagnosis of the referrer's own words, and as a code among them.
HINTING_WORDS = {
    Hint.ACTIVE_CANCER: re.compile(
        r"kræft|cancer|[ck]arcinom|metasta|sarkom|leukæmi|lymfom|myelom|(?<!ikke.)(?<!non.)malign"
    ),
    Hint.HEADACHE: re.compile(r"hovedpine|migræne|migraine|\bhorton"),
    Hint.UNCONTROLLED_ALCOHOL: re.compile(r"alkohol(?:afhængig|misbrug|isme|iker)"),
    Hint.ILLEGAL_DRUGS: re.compile(
        r"kokain|heroin|amfetamin|ecstasy|\bhash|stofmisbrug|(?:cannabis|blandings)misbrug"
    ),
}
CODE_IN_WORDS = re.compile(r"\bd?([a-z]\d{2}(?:\.?\d)?)\b")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One SKS diagnosis; `text` is Danish and official, and is not translated."""

    code: str
    text: str
    hints: frozenset[Hint] = field(default_factory=frozenset)

    @property
    def malignant(self) -> bool:
        """Whether the code itself says cancer: malignant pain, or any of DC00-DC97."""
        first, last = MALIGNANT_CATEGORIES
        return Hint.ACTIVE_CANCER in self.hints or first <= self.code[:4] <= last

    def hints_at(self, hint: Hint) -> bool:
        """Whether the diagnosis speaks for `hint`."""
        return self.malignant if hint is Hint.ACTIVE_CANCER else hint in self.hints

    def __str__(self) -> str:
        return f"{self.text} ({self.code})"


def _listed() -> Iterator[tuple[str, Diagnosis]]:
    with SOURCE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            hints = frozenset(Hint(hint) for hint in row["hint"].split(";"))
            yield row["sks_code"], Diagnosis(row["sks_code"], row["danish_text"], hints)


DIAGNOSES: Mapping[str, Diagnosis] = MappingProxyType(dict(_listed()))


def find(code: str) -> Diagnosis | None:
    """The listed diagnosis with this SKS code, else the listed category it belongs to, else None.

    Case, dots, spaces and additional codes ("DS721+TUL1") are forgiven: "dg43.1" is Migræne (DG43),
    and so is "G43" as ICD-10 writes it.
    """
    typed = code.upper().replace(".", "").replace(" ", "").partition("+")[0]
    written = (typed, f"D{typed}")
    prefixes = (sks[:length] for sks in written for length in range(len(sks), 1, -1))
    return next((DIAGNOSES[prefix] for prefix in prefixes if prefix in DIAGNOSES), None)


@lru_cache(maxsize=4096)
def hints_in(words: str) -> frozenset[Hint]:
    """What a diagnosis in the referrer's own words hints at: a reason to ask, never to decide."""
    text = unicodedata.normalize("NFC", words).casefold()
    named = {hint for hint, pattern in HINTING_WORDS.items() if pattern.search(text)}
    coded = (_by_code(code) for code in CODE_IN_WORDS.findall(text))
    return frozenset(named.union(*coded))


def _by_code(code: str) -> frozenset[Hint]:
    diagnosis = find(code) or Diagnosis(f"D{code.upper()}", code)
    return frozenset(hint for hint in HINTING_WORDS if diagnosis.hints_at(hint))


def search(text: str) -> list[Diagnosis]:
    """The diagnoses in which every typed word stands, in code or text; all of them for no words.

    Words may come in any order, in part, without accents and with ae, oe, aa for æ, ø, å.
    """
    words = plain(text).split()
    return [diagnosis for diagnosis in DIAGNOSES.values() if _matches(diagnosis, words)]


def _matches(diagnosis: Diagnosis, words: list[str]) -> bool:
    where = plain(f"{diagnosis.code} {diagnosis.text}")
    return all(word in where for word in words)


def plain(text: str) -> str:
    """Lower case without accents, punctuation or Danish letters: to compare, not to show."""
    danish = unicodedata.normalize("NFC", text).casefold().translate(DANISH_LETTERS)
    letters = unicodedata.normalize("NFKD", danish)
    return "".join(letter for letter in letters if letter.isalnum() or letter.isspace())
