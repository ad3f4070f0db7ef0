"""Splits of several cases' time, put together one by one."""

from collections.abc import Iterable

from casework.clock import NOTHING, Shares
from casework.lifecycle import Holder


def add(shares: Iterable[Shares]) -> Shares:
    """Several splits as one."""
    held = dict.fromkeys(Holder, NOTHING)
    for each in shares:
        for holder, length in each.items():
            held[holder] += length
    return {holder: length for holder, length in held.items() if length}
