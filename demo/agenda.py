"""Telling what happened in its order: each tale waits for its moment, and the clock moves to it.

The rooms' functions ask the clock, and much of what they write can never be changed afterwards. So
the past is not written with altered dates; it happens, at its own time.
"""

import datetime as dt
import heapq
from collections.abc import Callable, Iterator
from typing import TypeAlias

import time_machine

# Does what happens next each time it is resumed, and yields the moment to be resumed at.
Tale: TypeAlias = Iterator[dt.datetime]


class Agenda:
    """The tales that still go on, by their next moments; tales of one moment by their numbers."""

    def __init__(self) -> None:
        self._waiting: list[tuple[dt.datetime, int, Tale]] = []
        self._numbers = 0

    def add(self, tale: Tale) -> None:
        """Let a tale begin at the first moment that it names."""
        self._numbers += 1
        self._resume(self._numbers, tale)

    def run(self, until: dt.datetime, told: Callable[[float], None]) -> None:
        """Tell everything up to a moment; ``told`` hears which share of the time has passed."""
        begin = self._waiting[0][0]
        while self._waiting and self._waiting[0][0] <= until:
            moment, number, tale = heapq.heappop(self._waiting)
            with time_machine.travel(moment, tick=False):
                self._resume(number, tale)
            told((moment - begin) / (until - begin))
        told(1)

    def _resume(self, number: int, tale: Tale) -> None:
        moment = next(tale, None)
        if moment is not None:
            heapq.heappush(self._waiting, (moment, number, tale))
