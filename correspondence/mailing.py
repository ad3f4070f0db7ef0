"""Posting letters: each message carries the letter's words and, as PDF, the letter itself."""

from typing import Any

from correspondence import outbox
from correspondence.models import BESIDE, Message
from correspondence.reach import reach
from letters.content import content_of
from letters.models import Letter
from letters.wording import as_text

Channel, Kind = Message.Channel, Message.Kind


def to_patient(letter: Letter) -> Message:
    """Post a letter to its patient, by Digital Post or on paper."""
    return _post(letter, Kind.PATIENT_NOTICE, patient_fields(letter))


def to_unit(letter: Letter, kind: str, *, subject: str, body: str) -> Message:
    """Post a letter in the portal of the referring unit, and an e-mail that it is there.

    ``subject`` and ``body`` are the e-mail's: nothing clinical, and no patient.
    """
    posted = in_portal(letter, kind)
    tell_unit(letter, subject, body)
    return posted


def in_portal(letter: Letter, kind: str) -> Message:
    """Post a letter in the portal of the referring unit."""
    return _post(letter, kind, {"channel": Channel.PORTAL, **_words(letter)})


def tell_unit(letter: Letter, subject: str, body: str) -> None:
    """Post the e-mail that there is a letter in the portal, to a unit that has an address."""
    assert letter.unit is not None  # a unit's letter
    if letter.unit.email:
        outbox.post(
            key=f"{letter.key}{BESIDE}",
            kind=Kind.NOTICE,
            channel=Channel.EMAIL,
            recipient=letter.unit.name,
            address=letter.unit.email,
            subject=subject,
            body=body,
            about=letter.about,
            unit=letter.unit,
        )


def to_address(letter: Letter) -> Message:
    """Post a letter on paper to the address that stands on it."""
    where = {"channel": Channel.LETTER, "address": letter.address}
    return _post(letter, Kind.DECISION, {**where, **_words(letter)})


def patient_fields(letter: Letter) -> dict[str, Any]:
    """The fields of a message to the letter's patient: where it goes and what it says."""
    assert letter.patient is not None  # a patient's letter
    channel, address = reach(letter.patient)
    return {"channel": channel, "address": address, **_words(letter)}


def _words(letter: Letter) -> dict[str, Any]:
    return {
        "recipient": letter.recipient,
        "subject": content_of(letter.content).title,
        "body": as_text(letter),
        "letter": letter,
    }


def _post(letter: Letter, kind: str, fields: dict[str, Any]) -> Message:
    return outbox.post(
        key=letter.key,
        kind=kind,
        about=letter.about,
        patient=letter.patient,
        unit=letter.unit,
        **fields,
    )
