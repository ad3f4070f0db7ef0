"""The hourly check of referrals: who has one over its due date is told, later the managers."""

from dataclasses import replace
from typing import Final

from django.utils.translation import override

from correspondence.overdue import Kind, tell_managers, tell_owners
from referrals.lifecycle import REFERRAL, Status, Turn
from referrals.models import Referral
from staff.models import User

# While it is the referrer's turn, the referrer is reminded instead (referrals.reminders).
WITH_THE_CENTRE: Final = [
    status for status in REFERRAL.open_statuses if REFERRAL[status].turn != Turn.REFERRER
]


def check() -> int:
    """Tell owners, or the visitation, and later the managers; how many messages were posted."""
    referrals = Referral.objects.select_related("owner")
    ours = referrals.filter(status__in=WITH_THE_CENTRE)
    return (
        tell_owners(ours, REFERRALS)
        + tell_managers(referrals, REFERRALS)
        + tell_owners(referrals, NOTICES)
        + tell_managers(referrals, NOTICES)
    )


def _owners(referral: Referral) -> list[User | None]:
    return [referral.owner]


def _title(referral: Referral) -> str:
    return f"En henvisning ({referral.reference})"


def _details(referral: Referral) -> str:
    standing = REFERRAL[referral.status]
    with override("da"):
        where, what = Status(referral.status).label, standing.next_action
        return f"{where}. Det næste er: {what}. Log ind i Smertecenter for at åbne den."


def _notice(referral: Referral) -> str:
    return f"Brevet til patienten om en henvisning ({referral.reference})"


REFERRALS = Kind("referral", _owners, _title, _details)
# Sundhedsloven § 90 counts from the receipt, whosever turn it is.
NOTICES = replace(REFERRALS, title=_notice, due="notify_by", past="notice")
