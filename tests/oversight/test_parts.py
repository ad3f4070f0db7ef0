"""The parts of a backtest: each is done once, whatever happens."""

import datetime as dt
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from admission.criteria import Facts
from admission.models import RuleSet
from casework.refusals import Refused
from oversight import backtests, parts, tasks
from oversight.models import Backtest, BacktestPart, Flip
from oversight.parts import readable_facts
from oversight.period import usual_period
from referrals.models import Judgement, Referral
from staff.permissions import Role
from tests.admission.factories import a_draft
from tests.oversight.by_hand import keep, told, told_by_hand
from tests.oversight.past import begun, few_referrals, run, started
from tests.processes import on_the_test_database
from tests.referrals.cases import sent
from tests.staff.factories import person
from tests.threads import at_once


@pytest.mark.django_db
def test_a_part_that_is_done_is_not_done_again() -> None:
    few_referrals()
    backtest = started()
    run(backtest)
    before = told(backtest), Backtest.objects.get().result
    assert not parts.judge_next_part(backtest.pk)
    assert parts.finish(backtest.pk)
    for _ in range(3):
        tasks.backtest(backtest.pk)
    assert (told(backtest), Backtest.objects.get().result) == before


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_do_each_part_once() -> None:
    few_referrals(8)
    backtest = started()

    def work(_number: int) -> None:
        while parts.judge_next_part(backtest.pk):
            pass
        parts.finish(backtest.pk)

    at_once(6, work)
    assert told(backtest) == told_by_hand(backtest.rules)
    result = Backtest.objects.get().result
    assert result["referrals"] == Referral.objects.count()
    assert result["flipped"] == backtest.flips.count()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_start_one_backtest() -> None:
    few_referrals()
    draft = a_draft(person(Role.PHYSICIAN), limits={"duration": 3})
    begun: list[int] = []
    at_once(
        6, lambda _n: begun.append(backtests.start(draft.drafted_by, draft.pk, usual_period()).pk)
    )
    assert len(begun) == 6
    assert set(begun) == {Backtest.objects.get().pk}


@pytest.mark.django_db
def test_a_changed_draft_and_a_finished_backtest_can_be_tested_again() -> None:
    sent()
    first = started()
    draft, user = first.draft, first.started_by
    RuleSet.objects.filter(pk=draft.pk).update(version=2)
    second = backtests.start(user, draft.pk, usual_period())
    assert second != first
    run(second)
    assert backtests.start(user, draft.pk, usual_period()) not in (first, second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Backtest.objects.filter(pk=first.pk).update(draft_version=2)


@pytest.mark.django_db
def test_a_stopped_backtest_does_no_further_part_and_has_no_result() -> None:
    few_referrals()
    backtest, manager = started(), person(Role.MANAGER)
    assert parts.judge_next_part(backtest.pk)
    backtests.stop(manager, backtest.pk)
    assert not parts.judge_next_part(backtest.pk)
    assert parts.finish(backtest.pk)
    stopped = backtests.stop(person(Role.PHYSICIAN), backtest.pk)
    assert stopped.stopped_by == manager
    assert stopped.result is None
    assert backtests.progress(stopped).done == 1
    assert parts.left_lying(timezone.now() + dt.timedelta(hours=1)) == []


@pytest.mark.django_db
def test_a_finished_backtest_cannot_be_stopped() -> None:
    sent()
    backtest = run(started())
    with pytest.raises(Refused, match="allerede færdig"):
        backtests.stop(backtest.started_by, backtest.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda backtest: Backtest.objects.filter(pk=backtest.pk).update(result={}),
        lambda backtest: Backtest.objects.filter(pk=backtest.pk).delete(),
        lambda backtest: BacktestPart.objects.filter(backtest=backtest).update(counts={}),
        lambda backtest: BacktestPart.objects.filter(backtest=backtest).delete(),
        lambda backtest: Flip.objects.filter(backtest=backtest).update(verdicts={}),
        lambda backtest: Flip.objects.filter(backtest=backtest).delete(),
    ],
)
def test_what_was_found_can_be_neither_changed_nor_deleted(
    change: Callable[[Backtest], Any],
) -> None:
    sent(begun(4))
    backtest = run(started())
    with (
        pytest.raises((InternalError, ProgrammingError, IntegrityError)),
        transaction.atomic(),
    ):
        change(backtest)


@pytest.mark.django_db
def test_a_backtest_that_nobody_is_at_is_set_to_work_again() -> None:
    sent()
    backtest = started()
    now = timezone.now()
    assert parts.left_lying(now) == []
    later = now + dt.timedelta(minutes=1)
    assert parts.left_lying(later) == [backtest.pk]
    parts.judge_next_part(backtest.pk)
    # Every part is done, but whoever did the last one died before the result was written.
    assert parts.left_lying(later) == [backtest.pk]
    tasks.backtest(backtest.pk)
    assert Backtest.objects.get().finished_at
    assert parts.left_lying(later) == []


START_ONE = """
import django; django.setup()
from oversight.models import Backtest
from tests.oversight.past import started
backtest = started()
assert Backtest.objects.running().get() == backtest
"""


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_a_backtest_starts_all_the_same_and_waits_for_the_sweep() -> None:
    sent()
    environment = on_the_test_database() | {"REDIS_URL": "redis://127.0.0.1:1/0"}
    command = [sys.executable, "-c", START_ONE]
    ran = subprocess.run(
        command, env=environment, check=False, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    later = timezone.now() + dt.timedelta(minutes=1)
    assert parts.left_lying(later) == [Backtest.objects.get().pk]


@pytest.mark.django_db
def test_a_start_rings_for_workers_once_it_is_committed(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sent()
    with django_capture_on_commit_callbacks() as callbacks:
        backtest = started()
    mine = [each for each in callbacks if isinstance(each, partial)]
    rings = [each.args for each in mine if each.func is tasks.set_to_work]
    assert rings == [(backtest.pk,)]


@pytest.mark.django_db
@pytest.mark.parametrize("kept", [True, False])
def test_a_part_takes_the_same_queries_however_many_referrals_it_has(kept: bool) -> None:
    referrals, numbers = few_referrals(8), []
    if not kept:
        keep(Judgement.objects.all(), {})
    for size in (2, 8):
        backtest = started()
        BacktestPart.objects.filter(backtest=backtest).update(done_at=timezone.now(), counts={})
        first, last = referrals[0].pk, referrals[size - 1].pk
        BacktestPart.objects.create(backtest=backtest, first_pk=first, last_pk=last)
        with CaptureQueriesContext(connection) as captured:
            assert parts.judge_next_part(backtest.pk)
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 7


@pytest.mark.django_db
def test_a_part_that_keeps_failing_is_left_alone_and_the_others_are_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first, *_others = few_referrals()
    backtest = started()
    with monkeypatch.context() as broken:
        broken.setattr(parts, "readable_facts", partial(failing_at, first))
        tried = 0
        while backtest.parts.filter(done_at=None, tries__lt=BacktestPart.MOST_TRIES).exists():
            with suppress(ZeroDivisionError):
                parts.judge_next_part(backtest.pk)
            tried += 1
    stuck = backtest.parts.get(done_at=None)
    assert (stuck.first_pk, stuck.tries, tried) == (first.pk, 3, 3 + 3 - 1)
    assert not parts.finish(backtest.pk)
    assert not parts.judge_next_part(backtest.pk)
    assert parts.left_lying(timezone.now() + dt.timedelta(hours=1)) == []
    told = backtests.progress(backtest)
    assert (told.stuck, told.goes_on) == ((1,), False)
    assert backtests.stop(backtest.started_by, backtest.pk).stopped_at


def failing_at(bad: Referral, referral: Referral) -> Facts | None:
    if referral == bad:
        raise ZeroDivisionError
    return readable_facts(referral)
