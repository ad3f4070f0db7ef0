"""The last two weeks' nightly proofs."""

import datetime as dt
from typing import Final

from django.db.models import F, QuerySet
from django.utils import timezone

from correspondence.models import Message
from demo.agenda import Tale
from demo.house import House, at
from oversight.nights import NIGHTS_SHOWN, prove_tonight

NIGHT: Final = dt.time(3, 37)


def proved(house: House) -> Tale:
    """Each night what was posted has left the house, and the proof is made."""
    for days in range(NIGHTS_SHOWN, 0, -1):
        yield at(house.today - dt.timedelta(days=days), NIGHT)
        hand_over(Message.objects.waiting())
        prove_tonight(timezone.now())


def hand_over(waiting: "QuerySet[Message]") -> None:
    """The messages have left the house as soon as they were posted."""
    waiting.update(status=Message.Status.SENT, attempts=1, sent_at=F("created_at"))
