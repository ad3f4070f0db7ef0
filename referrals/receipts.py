"""The receipts a referrer gets: letters, and therefore plain Danish."""

from letters.wording import date
from referrals.letters import DA, about_whom
from referrals.models import Referral


def received(referral: Referral) -> tuple[str, str]:
    """Subject and words: it is here, what happens now, and by when."""
    subject = f"Henvisning {referral.reference} er modtaget"
    return subject, _words(referral, "Vi har modtaget henvisningen")


def completed(referral: Referral) -> tuple[str, str]:
    """Subject and words: the answer is here, and the referral is being triaged again."""
    subject = f"Svaret på vores spørgsmål til henvisning {referral.reference} er modtaget"
    return subject, _words(
        referral, "Tak for svaret. Vi har modtaget de nye oplysninger til henvisningen"
    )


def _words(referral: Referral, opening: str) -> str:
    day = date(referral.due_on, DA) if referral.due_on else ""
    return "\n\n".join(
        (
            f"{opening} af {about_whom(referral)}.",
            f"Visitationen svarer senest {day}. Mangler der noget, spørger vi i portalen.",
        )
    )
