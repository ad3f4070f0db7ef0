"""A worker's work in processes that are killed at it: one for every line on the standard input."""

import os
import sys

import django

django.setup()

from correspondence import delivery  # noqa: E402  # models need the setup
from pathways import reminders  # noqa: E402


def remind_and_sweep() -> None:
    """Post the reminders that are due and send what waits, as the hourly and the minute's task."""
    reminders.remind()
    while delivery.sweep():
        pass


def start_one() -> None:
    """Start a process at work, say its number, wait for its end and say how it ended."""
    child = os.fork()
    if not child:
        remind_and_sweep()
        os._exit(0)
    say(child)
    _, status = os.waitpid(child, 0)
    say(os.waitstatus_to_exitcode(status))


def say(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for _ in sys.stdin:
        start_one()
