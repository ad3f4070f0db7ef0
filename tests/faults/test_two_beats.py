"""Two beats start everything twice: nothing is told twice."""

import time
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from tests.faults.centre import Centre
from tests.faults.conftest import Tell
from tests.faults.whole import HALF_DONE
from tests.faults.workers import CELERY, Process, a_worker, running, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

APP = "tests.faults.hurried"
TASKS = ("remind_appointments", "check_waiting_times", "sweep")
MESSAGES = "SELECT count(*) FROM correspondence_message"


@pytest.mark.parametrize(
    ("cases", "rounds"), [(15, 5), pytest.param(200, 60, marks=pytest.mark.faults)]
)
def test_nothing_is_told_twice(cases: int, rounds: int, centre: Centre, tell: Tell) -> None:
    centre.python("-m", "tests.faults.overdue", str(cases))
    before = centre.count(MESSAGES)
    with ExitStack() as stack:
        worker = stack.enter_context(
            a_worker(centre.environment, centre.log("worker"), "--concurrency", "3", app=APP)
        )
        beats = [stack.enter_context(a_beat(centre, number)) for number in (1, 2)]
        wait_until(lambda: all(started(centre, n) >= rounds for n in (1, 2)), worker, *beats)
        time.sleep(1)
        wait_until(lambda: not waiting(centre), worker, *beats)
    told = centre.count(MESSAGES) - before
    tell(
        f"two beats started each task {started(centre, 1)} and {started(centre, 2)} times: "
        f"{told} messages about {2 * cases} cases, {len(centre.sent())} files"
    )
    reminders = "WHERE kind = 'reminder'"
    overdue = "SELECT count(DISTINCT about) FROM correspondence_message WHERE kind = 'waiting'"
    assert centre.count(f"{MESSAGES} {reminders}") == cases
    assert centre.count(overdue) == 2 * cases
    assert centre.count(HALF_DONE["things told twice"]) == 0
    assert len(set(centre.sent())) == len(centre.sent())
    assert len(centre.sent()) == centre.count(f"{MESSAGES} WHERE channel <> 'portal'")


def a_beat(centre: Centre, number: int) -> AbstractContextManager[Process]:
    schedule = ["--schedule", str(centre.folder / f"beat-{number}"), "--pidfile=", "-l", "INFO"]
    return running([*CELERY, APP, "beat", *schedule], centre.environment, log_of(centre, number))


def log_of(centre: Centre, number: int) -> Path:
    return centre.log(f"beat-{number}")


def started(centre: Centre, number: int) -> int:
    """How often a beat has started the task that it has started least often."""
    log = log_of(centre, number).read_text()
    return min(log.count(f"{task})") for task in TASKS)


def waiting(centre: Centre) -> int:
    return centre.count(f"{MESSAGES} WHERE status = 'queued'")
