"""A worker killed at any moment loses no reminder and sends none twice."""

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.utils import timezone

from correspondence.models import Message
from correspondence.tasks import sweep
from pathways.models import Appointment
from pathways.tasks import remind_appointments
from pathways.tracks import Track
from tests.faults.conftest import Tell
from tests.faults.workers import a_worker, ended, kill, wait_until
from tests.pathways.factories import a_pathway

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LONGEST = 0.1  # seconds: some messages take as long


def appointments(how_many: int) -> None:
    """Appointments in a few days that nobody was reminded of yet."""
    pathway, now = a_pathway(Track.FAST), timezone.now()
    Appointment.objects.bulk_create(
        Appointment(
            pathway=pathway,
            clinician=pathway.responsible,
            starts_at=now + dt.timedelta(days=4, minutes=n),
            booked_by=pathway.responsible,
            booked_at=now - dt.timedelta(days=30),
        )
        for n in range(how_many)
    )


def written(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*.txt")]


def state() -> Counter[str]:
    return Counter(Message.objects.values_list("status", flat=True))


def assert_each_sent_once(folder: Path, how_many: int) -> None:
    """One reminder per appointment, each sent, and one file for each, complete."""
    assert state() == {Message.Status.SENT: how_many}
    numbers = sorted(int(name.split("-")[0]) for name in written(folder))
    assert numbers == sorted(Message.objects.values_list("pk", flat=True))
    subjects = Message.objects.values_list("key", flat=True)
    assert len({key.split(":")[1] for key in subjects}) == how_many
    for path in folder.rglob("*.txt"):
        assert path.read_text().endswith("Venlig hilsen Tværfagligt Smertecenter\n")
    assert not list(folder.rglob("*.part"))


@pytest.mark.parametrize(
    ("how_many", "kills"), [(200, 30), pytest.param(1000, 200, marks=pytest.mark.faults)]
)
def test_kills_mid_send_lose_and_double_no_reminder(
    how_many: int, kills: int, folder: Path, environment: dict[str, str], tell: Tell
) -> None:
    dice = random.Random(20261122)
    appointments(how_many)
    seen: Counter[str] = Counter()
    with processes_at_work(environment) as start:
        for number in range(kills):
            seen += killed(start, dice, folder, once_it_sends=number % 2 == 1)
        seen["sent before a kill"] = state()[Message.Status.SENT]
        while state()[Message.Status.QUEUED]:
            time_passes()
            assert start().ended() == 0
    tell(f"{kills} kills, {how_many} reminders: {dict(seen)}")
    assert seen["killed at work"] > kills * 0.8
    assert seen["sent before a kill"] > kills / 4
    assert_each_sent_once(folder, how_many)


@dataclass
class Process:
    """A process at work, and where its end is read."""

    number: int
    answers: IO[str]

    def ended(self) -> int:
        return int(self.answers.readline())


@contextmanager
def processes_at_work(environment: dict[str, str]) -> Iterator[Callable[[], Process]]:
    """Starts processes that remind and sweep, quickly: each is forked off one that is ready."""
    command = [sys.executable, "-m", "tests.faults.work"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command, env=environment, stdin=pipe, stdout=pipe, text=True, bufsize=1
    ) as server:
        assert server.stdin
        assert server.stdout
        orders, answers = server.stdin, server.stdout

        def start() -> Process:
            orders.write("start\n")
            return Process(int(answers.readline()), answers)

        yield start
        orders.close()


def killed(
    start: Callable[[], Process], dice: random.Random, folder: Path, once_it_sends: bool
) -> Counter[str]:
    """Start one and kill it at a random moment, perhaps not before it sends; what the kill met."""
    before, untold = len(written(folder)), not_noted(folder)
    process, give_up = start(), time.monotonic() + 5
    while once_it_sends and len(written(folder)) == before and time.monotonic() < give_up:
        time.sleep(0.004)
    time.sleep(dice.uniform(0, LONGEST))
    with suppress(ProcessLookupError):
        os.kill(process.number, signal.SIGKILL)
    at_work = process.ended() == -signal.SIGKILL
    # Handed over, but not written down: what would reach the patient twice without an identity.
    lost_track = not_noted(folder) > untold
    return Counter({"killed at work": at_work, "between handing over and noting it": lost_track})


def not_noted(folder: Path) -> int:
    return len(written(folder)) - state()[Message.Status.SENT]


@pytest.mark.usefixtures("queue")
@pytest.mark.parametrize(
    ("how_many", "workers"), [(100, 4), pytest.param(1000, 25, marks=pytest.mark.faults)]
)
def test_real_workers_killed_over_and_over_lose_and_double_no_reminder(
    how_many: int,
    workers: int,
    folder: Path,
    environment: dict[str, str],
    tmp_path: Path,
    tell: Tell,
) -> None:
    dice = random.Random(20261123)
    appointments(how_many)
    at_work = 0
    for number in range(workers):
        remind_appointments.delay()
        sweep.delay()
        with a_worker(environment, tmp_path / f"worker-{number}.log") as worker:
            wait_until(partial(has_written, folder, number * how_many // (2 * workers)), worker)
            time.sleep(dice.uniform(0, 0.1))
            at_work += state()[Message.Status.QUEUED] > 0
            kill(worker)
    tell(f"{workers} workers killed, {at_work} at work, after which: {dict(state())}")
    assert at_work == workers
    with a_worker(environment, tmp_path / "last-worker.log") as worker:
        wait_until(swept_at_last, worker, pause=1)
        assert ended(worker) == 0
    assert_each_sent_once(folder, how_many)


def swept_at_last() -> bool:
    """Sweep again and again, as in the hours to come; whether nothing waits any more."""
    time_passes()
    sweep.delay()
    return not state()[Message.Status.QUEUED]


def time_passes() -> None:
    """Until what was put off, or was in a killed sender's hands, is due."""
    waiting = Message.objects.filter(status=Message.Status.QUEUED)
    waiting.update(next_attempt_at=timezone.now())


def has_written(folder: Path, more_than: int) -> bool:
    return len(written(folder)) > more_than


def test_the_tasks_carry_their_agreed_names() -> None:
    current_app.loader.import_default_modules()
    assert {
        "correspondence.tasks.deliver",
        "correspondence.tasks.sweep",
        "pathways.tasks.remind_appointments",
        "pathways.tasks.check_waiting_times",
        "referrals.tasks.remind_referrers",
        "referrals.tasks.check_waiting_times",
    } <= set(current_app.tasks)
    scheduled = {entry["task"] for entry in django_settings.CELERY_BEAT_SCHEDULE.values()}
    assert scheduled <= set(current_app.tasks)
