"""Workers killed in the middle of a backtest lose no referral and count none twice."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from redis import Redis

from admission.criteria import Facts
from demo.large import make_large_centre
from oversight import backtests, parts, tasks
from oversight.judging_anew import difference, judged
from oversight.models import Backtest, BacktestPart
from oversight.period import Period
from referrals.models import Judgement
from staff.models import User
from staff.permissions import Role
from tests.admission.factories import a_draft
from tests.processes import on_the_test_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SIZE = 400
KILLS = 4
WORKER = ["-m", "celery", "--app", "smertecenter", "worker", "--concurrency", "2"]
WORKER += ["--without-gossip", "--without-mingle", "--loglevel", "WARNING"]


@pytest.fixture
def _queue() -> Iterator[None]:
    """The broker's queues, empty before and after."""
    with Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete("celery", "unacked", "unacked_index", "unacked_mutex")
        yield
        broker.delete("celery", "unacked", "unacked_index", "unacked_mutex")


@pytest.mark.usefixtures("_queue")
def test_workers_killed_over_and_over_lose_and_double_nothing(tmp_path: Path) -> None:
    make_large_centre(timezone.localdate(), seed=1, size=SIZE)
    backtest, dice = started(), random.Random(20261123)
    for number in range(KILLS):
        before = done(backtest)
        tasks.set_to_work(backtest.pk)
        with a_worker(tmp_path / f"worker-{number}.log") as worker:
            wait_until(lambda: done(backtest) > before, worker)  # noqa: B023  # asked at once
            time.sleep(dice.uniform(0, 0.05))
            os.killpg(worker.pid, signal.SIGKILL)
        assert_whole(backtest)
    assert 0 < done(backtest) < backtest.parts.count(), "the kills met it at work"
    # What the broker still holds of the dead workers' tasks counts for nothing.
    assert parts.left_lying(timezone.now() + 2 * parts.QUIET) == [backtest.pk]
    tasks.set_to_work(backtest.pk)
    with a_worker(tmp_path / "last-worker.log") as worker:
        wait_until(lambda: not Backtest.objects.get(pk=backtest.pk).is_running, worker)
        worker.terminate()
        worker.wait(20)
    assert_whole(backtest)
    assert Backtest.objects.get(pk=backtest.pk).result["referrals"] == SIZE


def started() -> Backtest:
    physician = User.objects.filter(role=Role.PHYSICIAN).earliest("pk")
    draft = a_draft(physician, limits={"duration": 3, "subacute": "30"})
    today = timezone.localdate()
    return backtests.start(physician, draft.pk, Period(today.replace(year=2000), today))


def done(backtest: Backtest) -> int:
    return backtests.progress(backtest).done


def assert_whole(backtest: Backtest) -> None:
    """The flips are those of the parts that are done, each once, and so are the counts."""
    expected, counts = set(), Counter[str]()
    for part in BacktestPart.objects.filter(backtest=backtest, done_at__isnull=False):
        expected |= flips_between(backtest, part.first_pk, part.last_pk)
        counts.update(part.counts)
    found = list(backtest.flips.values_list("referral_id", flat=True))
    assert len(found) == len(set(found))
    assert set(found) == expected
    assert counts["flipped"] == len(expected)


def flips_between(backtest: Backtest, first: int, last: int) -> set[int]:
    base, draft = parts.base_of(backtest), backtest.rules
    rows: Any = Judgement.objects.filter(submission__referral__pk__range=(first, last))
    found = set()
    for referral, kept in rows.values_list("submission__referral_id", "facts"):
        facts = Facts.from_json(kept)
        if difference(judged(facts, base), judged(facts, draft)):
            found.add(referral)
    return found


@contextmanager
def a_worker(log: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A Celery worker with two processes, in a group of its own, ended when left at the latest."""
    with log.open("w") as lines:
        worker = subprocess.Popen(
            [sys.executable, *WORKER],
            env=on_the_test_database(),
            stdout=lines,
            stderr=lines,
            start_new_session=True,
        )
        try:
            yield worker
        finally:
            worker.kill()
            worker.wait()


def wait_until(condition: Callable[[], bool], worker: "subprocess.Popen[bytes]") -> None:
    give_up = time.monotonic() + 60
    while not condition():
        assert worker.poll() is None, "the worker ended by itself"
        assert time.monotonic() < give_up, "the worker does not get on"
        time.sleep(0.005)
