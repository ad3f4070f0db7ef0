"""The hourly check of referrals: decisions and letters to patients near, or past, their day."""

from dataclasses import replace
from typing import Final

from django.utils.translation import override

from correspondence.overdue import tell
from correspondence.watches import Watch
from referrals.lifecycle import REFERRAL, Status, Turn
from referrals.models import Referral

# While it is the referrer's turn, the referrer is reminded instead (referrals.reminders).
WITH_THE_CENTRE: Final = [
    status for status in REFERRAL.open_statuses if REFERRAL[status].turn != Turn.REFERRER
]


def check() -> int:
    """Tell owners, or the visitation, and later the managers; how many notices were written."""
    return tell([REFERRALS, LETTERS])


def _title(referral: Referral) -> str:
    return f"En henvisning ({referral.reference})"


def _letter(referral: Referral) -> str:
    return f"Brevet til patienten om en henvisning ({referral.reference})"


def _details(referral: Referral) -> str:
    standing = REFERRAL[referral.status]
    with override("da"):
        where, what = Status(referral.status).label, standing.next_action
        return f"{where}. Det næste er: {what}."


REFERRALS: Final = Watch(
    cases=Referral.objects.all(),
    of="referral",
    clock="due",
    due="due_on",
    runs_at=REFERRAL.open_statuses,
    owner_at=WITH_THE_CENTRE,
    owners=("owner_id",),
    title=_title,
    details=_details,
    ending="Log ind i Smertecenter for at åbne den i køen »Visitation«.",
)
# Sundhedsloven § 90 counts from the receipt, whosever turn it is.
LETTERS: Final = replace(
    REFERRALS, clock="notice", due="notify_by", owner_at=REFERRAL.open_statuses, title=_letter
)
