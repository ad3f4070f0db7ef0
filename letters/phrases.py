"""Sentences that several letters to patients share, in plain words and in each language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from letters.languages import name_in
from letters.letterhead import letterhead
from letters.models import Letter
from patients.models import Patient

Language = Letter.Language
Phrase = Mapping[str, str]

# Sundhedsloven § 17: who is 15 decides for themselves, and is written to. Before that the parents.
OWN_LETTERS_AGE: Final = 15
DEAR: Final[Phrase] = {Language.DANISH: "Kære {name}", Language.ENGLISH: "Dear {name}"}
DEAR_PARENTS: Final[Phrase] = {
    Language.DANISH: "Til forældrene til {name}",
    Language.ENGLISH: "To the parents of {name}",
}
PARENTS_OF: Final[Phrase] = {
    Language.DANISH: "Forældrene til {name}",
    Language.ENGLISH: "The parents of {name}",
}
CALL_US: Final[Phrase] = {
    Language.DANISH: "{You} kan ringe til os på telefon {phone}, {phone_hours}.",
    Language.ENGLISH: "You can call us on {phone}, {phone_hours}.",
}
GUIDES: Final[Phrase] = {
    Language.DANISH: (
        "Regionens patientvejledere kan fortælle {to_you} om {your} rettigheder og hjælpe {to_you} "
        "med at vælge. De svarer på telefon {patient_guides}."
    ),
    Language.ENGLISH: (
        "The region's patient advisers can tell you about your rights and help you choose. Call "
        "them on {patient_guides}."
    ),
}
INTERPRETER: Final[Phrase] = {
    Language.DANISH: (
        "Vi har noteret, at du har brug for tolk ({spoken}). Vi sørger for en tolk til dine "
        "samtaler hos os."
    ),
    Language.ENGLISH: (
        "We have noted that you need an interpreter ({spoken}). We will arrange for one at your "
        "appointments with us."
    ),
}
INTERPRETER_BOOKED: Final[Phrase] = {
    Language.DANISH: "Vi har bestilt en tolk ({spoken}) til dig.",
    Language.ENGLISH: "We have booked an interpreter ({spoken}) for you.",
}
NO_INTERPRETER: Final[Phrase] = {
    Language.DANISH: "Har du brug for tolk, så ring til os i god tid.",
    Language.ENGLISH: "If you need an interpreter, please call us in good time.",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """How a letter calls its reader (``you``), and the patient (``who``), who may be their child.

    Each as it stands in a sentence: *du*, *dig*, *dine*; *jeres barn*, *jeres barn*, *jeres barns*.
    """

    you: str
    to_you: str
    your: str
    who: str
    whom: str
    whose: str

    @property
    def at_first(self) -> str:
        """The reader as a sentence begins."""
        return self.you.capitalize()


PATIENT: Final[Mapping[str, Reader]] = {
    Language.DANISH: Reader("du", "dig", "dine", "du", "dig", "dine"),
    Language.ENGLISH: Reader("you", "you", "your", "you", "you", "your"),
}
PARENTS: Final[Mapping[str, Reader]] = {
    Language.DANISH: Reader("I", "jer", "jeres", "jeres barn", "jeres barn", "jeres barns"),
    Language.ENGLISH: Reader("you", "you", "your", "your child", "your child", "your child's"),
}


def is_for_parents(patient: Patient) -> bool:
    """Whether the patient's letters go to the parents."""
    return patient.age < OWN_LETTERS_AGE


def reader_of(patient: Patient, language: str) -> Reader:
    """Who reads the patient's letters."""
    return (PARENTS if is_for_parents(patient) else PATIENT)[language]


def recipient(patient: Patient, language: str) -> str:
    """The line over the address."""
    phrase = PARENTS_OF[language] if is_for_parents(patient) else "{name}"
    return phrase.format(name=patient.name)


def dear(patient: Patient, language: str) -> str:
    """How a letter begins."""
    phrase = DEAR_PARENTS if is_for_parents(patient) else DEAR
    return phrase[language].format(name=patient.name)


def call_us(language: str, to: Reader | None = None) -> str:
    """How to reach the centre."""
    head, you = letterhead(language), (to or PATIENT[language]).at_first
    return CALL_US[language].format(You=you, phone=head.phone, phone_hours=head.phone_hours)


def guides(language: str, to: Reader | None = None) -> str:
    """Who helps with the rights (sundhedsloven § 51), and where to call."""
    reader, phone = to or PATIENT[language], letterhead(language).patient_guides
    return GUIDES[language].format(to_you=reader.to_you, your=reader.your, patient_guides=phone)


def interpreter(patient: Patient, language: str, booked: str = "") -> str:
    """That there will be an interpreter (sundhedsloven § 50), or how to ask for one.

    ``booked`` is the language that one is booked for already.
    """
    if booked:
        return INTERPRETER_BOOKED[language].format(spoken=name_in(language, booked))
    if spoken := patient.interpreter_language:
        return INTERPRETER[language].format(spoken=name_in(language, spoken))
    return NO_INTERPRETER[language]


def place(language: str) -> str:
    """Where the centre is."""
    head = letterhead(language)
    return f"{head.name}, {head.street}, {head.town}"
