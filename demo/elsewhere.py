"""Waiting times in other places, to show how the letters tell them: all of them invented."""

import datetime as dt
from typing import Final, NamedTuple

from referrals.models import WaitingTime

SOURCE: Final = "Opdigtet til demonstrationen"


class Wait(NamedTuple):
    """So many weeks, as known so many days ago."""

    place: str
    weeks: int
    days_ago: int


WAITS: Final = (
    Wait("Privathospitalet ved Parken (eksempel)", 7, 12),
    Wait("Smerteklinik Nord (eksempel)", 26, 12),
    Wait("Smertecenter Vest (eksempel)", 40, 130),  # too old to be told
)


def waiting_times(today: dt.date) -> None:
    """What the manager has written down."""
    WaitingTime.objects.bulk_create(
        WaitingTime(
            place=each.place,
            weeks=each.weeks,
            known_on=today - dt.timedelta(days=each.days_ago),
            source=SOURCE,
        )
        for each in WAITS
    )
