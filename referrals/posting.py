"""What leaves the house about a referral: to the portal, with an e-mail, and to the patient."""

from collections.abc import Iterable, Mapping
from typing import Final

from correspondence import mailing, outbox
from correspondence.models import Message
from letters.content import Block, Content, read
from letters.models import Letter
from letters.wording import closing
from letters.writing import drafted, keep
from referrals import letters
from referrals.models import Referral
from staff.models import User

Kind = Letter.Kind
MESSAGES: Final[Mapping[str, Message.Kind]] = {
    Kind.RECEIPT: Message.Kind.RECEIPT,
    Kind.QUESTION: Message.Kind.QUESTION,
    Kind.ACCEPTED: Message.Kind.DECISION,
    Kind.REDIRECTED: Message.Kind.DECISION,
    Kind.DECLINED: Message.Kind.DECISION,
    Kind.ADVICE: Message.Kind.ADVICE,
}


def post_to_unit(referral: Referral, verb: str, letter: Letter) -> None:
    """Post a letter in the referrer's portal, and an e-mail without clinical content about it."""
    key = f"{about(referral)}:{verb}:{referral.version}"
    words = {"subject": letters.notice_subject(), "body": letters.notice(referral)}
    mailing.to_unit(keep(letter, key), MESSAGES[letter.kind], **words)


def letter_to_unit(
    referral: Referral,
    kind: str,
    title: str,
    text: str,
    by: User | None = None,
    on_top: Iterable[Block] = (),
) -> Letter:
    """The letter that would be posted now: what is known ``on_top``, then the words."""
    unit = referral.unit
    return drafted(
        kind=kind,
        recipient=unit.name,
        address=unit.address,
        content=Content(
            title=title, blocks=(*on_top, *read(text)), closing=closing(letters.DA, by)
        ),
        signed_by=by,
        about=about(referral),
        patient=referral.patient,
        unit=unit,
    )


def post_to_patient(referral: Referral, verb: str, letter: Letter) -> None:
    """Post a letter that was drafted for the patient."""
    key = f"{about(referral)}:{verb}:{referral.version}:patient"
    mailing.to_patient(keep(letter, key))


def withdraw_question_reminder(referral: Referral) -> None:
    """Take back a reminder that has not left: the centre waits for no answer any more."""
    outbox.withdraw(f"{about(referral)}:question:")


def about(referral: Referral) -> str:
    """What the outbox calls a referral."""
    return f"referral:{referral.pk}"
