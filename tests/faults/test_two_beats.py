"""Two beats start everything twice: nothing is told twice."""

import re
from collections import Counter
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from tests.faults.centre import WAITING, Centre
from tests.faults.conftest import Tell
from tests.faults.whole import HALF_DONE, proof
from tests.faults.workers import CELERY, Process, a_worker, running, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

APP = "tests.faults.hurried"
TASKS = (
    "pathways.tasks.remind_appointments",
    "pathways.tasks.check_waiting_times",
    "referrals.tasks.check_waiting_times",
    "correspondence.tasks.sweep",
)
MESSAGES = "SELECT count(*) FROM correspondence_message"
LEFT = f"{MESSAGES} WHERE channel <> 'portal' AND status = 'sent'"
CASES_TOLD_OF = "SELECT count(DISTINCT (of, case_id)) FROM casework_deadlinenotice"
MORE = "more"


@pytest.mark.parametrize(
    ("cases", "rounds"), [(12, 2), pytest.param(100, 30, marks=pytest.mark.faults)]
)
def test_nothing_is_told_twice(cases: int, rounds: int, centre: Centre, tell: Tell) -> None:
    centre.python("-m", "tests.faults.overdue", str(cases))
    with ExitStack() as stack:
        worker = stack.enter_context(
            a_worker(centre.environment, centre.log("worker"), "--concurrency", "3", app=APP)
        )
        beats = [stack.enter_context(a_beat(centre, number)) for number in (1, 2)]
        wait_until(lambda: done(centre) >= 2 * rounds, worker, *beats)
        wait_until(lambda: centre.count(WAITING) == 0, worker, *beats)
    told, notices = lines_told(centre), centre.count("SELECT count(*) FROM casework_deadlinenotice")
    tell(
        f"two beats started each task {started(centre, 1)} and {started(centre, 2)} times: "
        f"{cases} reminders, {notices} notices about {2 * cases} cases, {told.total()} times told"
    )
    assert centre.count(f"{MESSAGES} WHERE kind = 'reminder'") == cases
    assert centre.count(CASES_TOLD_OF) == 2 * cases
    assert told.total() == notices, "each notice stands in one e-mail"
    assert [line for line, times in told.items() if times > 1 and line[2] != MORE] == []
    assert centre.count(HALF_DONE["things told twice"]) == 0
    assert len(centre.sent()) == centre.count(LEFT)
    assert proof(centre) == "Nothing is lost."


def lines_told(centre: Centre) -> Counter[tuple[str, str, str]]:
    """What each person was told under which heading, and how often; the unlisted in numbers."""
    told = Counter[tuple[str, str, str]]()
    bodies = "SELECT address, body FROM correspondence_message WHERE kind = 'waiting'"
    for address, body in centre.rows(bodies):
        for section in body.split("\n\n"):
            heading, *lines = section.split("\n")
            for line in lines:
                more = re.fullmatch(r"… og (\d+) til\.", line)
                told[address, heading, MORE if more else line] += int(more[1]) if more else 1
    return told


def a_beat(centre: Centre, number: int) -> AbstractContextManager[Process]:
    schedule = ["--schedule", str(centre.folder / f"beat-{number}"), "--pidfile=", "-l", "INFO"]
    return running([*CELERY, APP, "beat", *schedule], centre.environment, log_of(centre, number))


def log_of(centre: Centre, number: int) -> Path:
    return centre.log(f"beat-{number}")


def done(centre: Centre) -> int:
    """How often the worker has done the task that it has done least often."""
    log = centre.log("worker").read_text()
    return min(len(re.findall(rf"{task}\[\S+\] succeeded", log)) for task in TASKS)


def started(centre: Centre, number: int) -> int:
    """How often a beat has started the task that it has started least often."""
    log = log_of(centre, number).read_text()
    return min(log.count(f"{task})") for task in TASKS)
