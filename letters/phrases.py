"""Sentences that several letters to patients share, in plain words and in each language."""

from collections.abc import Mapping
from typing import Final

from letters.letterhead import letterhead
from letters.models import Letter
from patients.models import Patient

Language = Letter.Language
Phrase = Mapping[str, str]

DEAR: Final[Phrase] = {Language.DANISH: "Kære {name}", Language.ENGLISH: "Dear {name}"}
CALL_US: Final[Phrase] = {
    Language.DANISH: "Du kan ringe til os på telefon {phone}, {phone_hours}.",
    Language.ENGLISH: "You can call us on {phone}, {phone_hours}.",
}
GUIDES: Final[Phrase] = {
    Language.DANISH: (
        "Regionens patientvejledere kan fortælle dig om dine rettigheder og hjælpe dig med at "
        "vælge. De svarer på telefon {patient_guides}."
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


def dear(patient: Patient, language: str) -> str:
    return DEAR[language].format(name=patient.name)


def call_us(language: str) -> str:
    """How to reach the centre."""
    head = letterhead(language)
    return CALL_US[language].format(phone=head.phone, phone_hours=head.phone_hours)


def guides(language: str) -> str:
    """Who helps with the rights (sundhedsloven § 51), and where to call."""
    return GUIDES[language].format(patient_guides=letterhead(language).patient_guides)


def interpreter(patient: Patient, language: str, booked: str = "") -> str:
    """That there will be an interpreter (sundhedsloven § 50), or how to ask for one.

    ``booked`` is the language that one is booked for already.
    """
    if booked:
        return INTERPRETER_BOOKED[language].format(spoken=booked)
    if spoken := patient.interpreter_language:
        return INTERPRETER[language].format(spoken=spoken)
    return NO_INTERPRETER[language]


def place(language: str) -> str:
    """Where the centre is."""
    head = letterhead(language)
    return f"{head.name}, {head.street}, {head.town}"
