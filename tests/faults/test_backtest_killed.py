"""Workers killed in the middle of a backtest lose no referral and count none twice."""

import random
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

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
from tests.faults.conftest import Tell
from tests.faults.workers import a_worker, ended, kill, wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

TWO = ("--concurrency", "2")


@pytest.mark.usefixtures("queue")
@pytest.mark.parametrize(
    ("size", "kills"), [(200, 2), pytest.param(1000, 10, marks=pytest.mark.faults)]
)
def test_workers_killed_over_and_over_lose_and_double_nothing(
    size: int, kills: int, environment: dict[str, str], tmp_path: Path, tell: Tell
) -> None:
    make_large_centre(timezone.localdate(), seed=1, size=size)
    backtest, dice = started(), random.Random(20261123)
    for number in range(kills):
        before = done(backtest)
        tasks.set_to_work(backtest.pk)
        with a_worker(environment, tmp_path / f"worker-{number}.log", *TWO) as worker:
            wait_until(lambda: done(backtest) > before, worker)  # noqa: B023  # asked at once
            time.sleep(dice.uniform(0, 0.05))
            kill(worker)
        assert_whole(backtest)
    assert 0 < done(backtest) < backtest.parts.count(), "the kills met it at work"
    # What the broker still holds of the dead workers' tasks counts for nothing.
    assert parts.left_lying(timezone.now() + 2 * parts.QUIET) == [backtest.pk]
    tasks.set_to_work(backtest.pk)
    with a_worker(environment, tmp_path / "last-worker.log", *TWO) as worker:
        wait_until(lambda: not Backtest.objects.get(pk=backtest.pk).is_running, worker)
        assert ended(worker) == 0
    assert_whole(backtest)
    judged_in_all = Backtest.objects.get(pk=backtest.pk).result["referrals"]
    tell(f"{kills} workers killed: {judged_in_all} of {size} referrals judged anew, each once")
    assert judged_in_all == size


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
