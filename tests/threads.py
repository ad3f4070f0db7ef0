"""Running things at the same time, as people and workers do."""

import threading
from collections.abc import Callable
from functools import partial

from django.db import connection


def at_once(how_many: int, act: Callable[[int], object]) -> None:
    """Run it in as many threads, all let go at the same moment; each is given its number."""
    gate = threading.Barrier(how_many)

    def run(number: int) -> None:
        gate.wait()
        act(number)

    for thread in [in_thread(partial(run, number)) for number in range(how_many)]:
        thread.join(60)


def in_thread(act: Callable[[], object]) -> threading.Thread:
    """Start it on a connection of its own, closed afterwards."""

    def run() -> None:
        try:
            act()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread
