"""Clicks made over real HTTP, and what they were answered."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults.centre import Centre
from tests.faults.workers import PATIENCE, Process

Answer = dict[str, Any]
FOUND = 302


class Clicking:
    """People at work in a process of their own."""

    def __init__(self, process: Process, answers: Path) -> None:
        self.process, self.file = process, answers

    def answers(self) -> list[Answer]:
        """What was answered so far."""
        lines = self.file.read_text().splitlines(keepends=True)
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def ended(self) -> list[Answer]:
        """Wait for the last answer."""
        assert self.process.wait(3 * PATIENCE) == 0
        return self.answers()


@contextmanager
def clicking(
    centre: Centre, port: int, clicks: str, threads: int, times: int
) -> Iterator[Clicking]:
    """Let people make these clicks (`tests.faults.people`), so many at a time, each so often."""
    file = centre.folder / "answers"
    orders = centre.folder / "clicks"
    orders.write_text(clicks)
    command = [sys.executable, "-m", "tests.faults.clicking", str(port), str(threads), str(times)]
    with orders.open() as given, file.open("w") as answers:
        process = subprocess.Popen(
            command, env=centre.environment, stdin=given, stdout=answers, start_new_session=True
        )
    try:
        yield Clicking(process, file)
    finally:
        process.kill()
        process.wait()


def sent_to(answers: list[Answer]) -> dict[str, set[str]]:
    """Where the clicks that sent a referral led, by what was clicked on; successes only."""
    led: dict[str, set[str]] = {}
    for answer in answers:
        if "path" in answer and answer["status"] == FOUND:
            led.setdefault(answer["path"], set()).add(answer["location"])
    return led


def accepted(answers: list[Answer]) -> Counter[str]:
    """How often each acceptance was answered with success."""
    return Counter(
        answer["form"] for answer in answers if "form" in answer and answer["status"] == FOUND
    )
