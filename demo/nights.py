"""The last two weeks' nightly proofs."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

import time_machine
from django.db.models import F, QuerySet
from django.utils import timezone

from correspondence.channels import printed
from correspondence.models import Attempt, Message
from demo.agenda import Tale
from demo.house import House, at
from oversight.nights import NIGHTS_SHOWN, prove_tonight

NIGHT: Final = dt.time(3, 37)


def proved(house: House) -> Tale:
    """Each night what was posted has left the house, and the proof is made."""
    for night in _nights(house):
        yield night
        _prove()


def prove_the_rest(house: House) -> None:
    """The nights from where the story stops until today: a weekend, on a Monday."""
    for night in _nights(house):
        if night > house.now:
            with time_machine.travel(night, tick=False):
                _prove()
    hand_over(Message.objects.waiting())


def _nights(house: House) -> Iterator[dt.datetime]:
    for days in range(NIGHTS_SHOWN, 0, -1):
        yield at(house.today - dt.timedelta(days=days), NIGHT)


def _prove() -> None:
    hand_over(Message.objects.waiting())
    prove_tonight(timezone.now())


def hand_over(posted: "QuerySet[Message]") -> None:
    """The messages have left the house as soon as they were posted, at the first attempt.

    Not those on paper, which are printed by day.
    """
    waiting = posted.exclude(channel__in=printed())
    Attempt.objects.bulk_create(
        Attempt(message_id=pk, number=1, began_at=at, ended_at=at, outcome=Attempt.Outcome.SENT)
        for pk, at in waiting.values_list("pk", "created_at")
    )
    waiting.update(status=Message.Status.SENT, sent_at=F("created_at"))
