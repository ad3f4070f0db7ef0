"""What leaves the house about a referral: to the portal, with an e-mail, and to the patient."""

from typing import Any

from correspondence import outbox
from correspondence.models import Message
from referrals import letters
from referrals.models import Referral

Kind, Channel = Message.Kind, Message.Channel


def post_to_unit(referral: Referral, verb: str, kind: str, subject: str, body: str) -> None:
    """Post a letter in the referrer's portal, and an e-mail without clinical content about it."""
    key = f"referral:{referral.pk}:{verb}:{referral.version}"
    portal = {"channel": Channel.PORTAL, "patient": referral.patient}
    _post(referral, key, kind=kind, subject=subject, body=body, **portal)
    if referral.unit.email:
        _post(
            referral,
            f"{key}:notice",
            kind=Kind.NOTICE,
            channel=Channel.EMAIL,
            address=referral.unit.email,
            subject=letters.notice_subject(),
            body=letters.notice(referral),
        )


def _post(referral: Referral, key: str, **words: Any) -> None:
    unit = referral.unit
    outbox.post(key=key, recipient=unit.name, about=about(referral), unit=unit, **words)


def post_to_patient(referral: Referral, verb: str, subject: str, body: str) -> None:
    """Post a letter to the patient's address."""
    patient = referral.patient
    outbox.post(
        key=f"referral:{referral.pk}:{verb}:{referral.version}:patient",
        kind=Kind.PATIENT_NOTICE,
        channel=Channel.LETTER,
        recipient=patient.name,
        address=f"{patient.street}, {patient.postal_code} {patient.city}".strip(" ,"),
        subject=subject,
        body=body,
        about=about(referral),
        patient=patient,
    )


def withdraw_question_reminder(referral: Referral) -> None:
    """Take back a reminder that has not left: the centre waits for no answer any more."""
    outbox.withdraw(f"{about(referral)}:question:")


def about(referral: Referral) -> str:
    """What the outbox calls a referral."""
    return f"referral:{referral.pk}"
