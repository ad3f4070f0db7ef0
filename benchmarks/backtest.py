"""How long does a change of the rules take to be held against the past? `make benchmark`.

Makes a centre of 100,000 referrals in a database of its own, drafts a change of the duration limit
from six months to three and of where active cancer belongs, and lets a real Celery worker with two
processes backtest it. Says how long that took and how many would be judged otherwise, judges every
referral anew one by one, and ends with 1 when a promise is broken: more than 60 seconds, or one
flip that is missing or wrong.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

import django

from tests.servers import start_missing

if TYPE_CHECKING:
    from oversight.models import Backtest

SIZE: Final = 100_000
PROCESSES: Final = 2
MOST_SECONDS: Final = 60
PATIENCE: Final = 600
WORKER: Final = ["-m", "celery", "--app", "smertecenter", "worker", "--loglevel", "WARNING"]


def main() -> int:
    """Backtest the whole history of a large centre by the clock, then check every flip."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    start_missing()
    django.setup()
    from benchmarks.queue import enter, made

    with ExitStack() as stack:
        centre = made(SIZE, stack)
        enter(centre.database)
        stack.enter_context(a_worker())
        backtest, seconds = tested()
        wrong = disagreements(backtest)
    result = backtest.result
    found = f"{result['referrals']:,} referrals, {result['flipped']:,} flips, {seconds:.1f} s"
    sys.stdout.write(f"{found}, {wrong} disagree with judging each anew\n")
    everything = result["referrals"] == SIZE and result["flipped"] > 0
    return 0 if everything and not wrong and seconds < MOST_SECONDS else 1


@contextmanager
def a_worker() -> Iterator[None]:
    """A Celery worker with two processes on this database, ready and warm."""
    from celery import current_app

    from tests.processes import on_the_test_database

    command = [sys.executable, *WORKER, "--concurrency", str(PROCESSES)]
    worker = subprocess.Popen(command, env=on_the_test_database())
    try:
        give_up = time.monotonic() + PATIENCE
        while not current_app.control.ping(timeout=1):
            if time.monotonic() > give_up or worker.poll() is not None:
                raise SystemExit("The worker does not answer.")
        yield
    finally:
        worker.terminate()
        worker.wait()


def tested() -> "tuple[Backtest, float]":
    """The finished backtest, and how many seconds it took from the start to the result."""
    from oversight import backtests
    from oversight.models import Backtest
    from staff.models import User
    from staff.permissions import Role

    physician = User.objects.filter(role=Role.PHYSICIAN).earliest("pk")
    started = time.monotonic()
    pk = backtests.start(physician, a_draft(physician).pk, whole_history()).pk
    shown = -1
    while (backtest := Backtest.objects.get(pk=pk)).is_running:
        percent = backtests.progress(backtest).percent
        if percent // 10 > shown // 10:
            sys.stdout.write(f"{percent:>3} % after {time.monotonic() - started:.1f} s\n")
            shown = percent
        if time.monotonic() - started > PATIENCE:
            raise SystemExit("The backtest does not get on.")
        time.sleep(0.1)
    return backtest, time.monotonic() - started


def a_draft(physician: Any) -> Any:
    from tests.admission.factories import a_draft

    return a_draft(physician, limits={"duration": 3}, destinations={"no_active_cancer": "alcohol"})


def whole_history() -> Any:
    """From the first referral to the last."""
    from django.db.models import Max, Min

    from oversight.period import Period
    from referrals.models import Referral

    ends = Referral.objects.aggregate(first=Min("received_on"), last=Max("received_on"))
    return Period(**ends)


def disagreements(backtest: "Backtest") -> int:
    """How many referrals the backtest says something else of than judging them one by one does."""
    from admission.rules import DECK
    from referrals.models import Judgement

    said = {
        flip.referral_id: (
            flip.verdicts,
            *(flip.track_before, flip.track_after),
            *(flip.destinations_before, flip.destinations_after),
        )
        for flip in backtest.flips.all()
    }
    draft, wrong = backtest.rules, 0
    judgements = Judgement.objects.filter(referral_is_latest())
    rows = judgements.values_list("submission__referral_id", "facts")
    for referral, facts in rows.iterator():
        wrong += said.pop(referral, None) != told(facts, DECK, draft)
    return wrong + len(said)


def referral_is_latest() -> Any:
    """The judgements that stand with their referrals."""
    from django.db.models import F, Q

    return Q(submission__referral__judgement_id=F("pk"))


def told(facts: Any, before: Any, after: Any) -> Any:
    """What differs between two judgings of the same facts; None when nothing does."""
    from admission.criteria import Facts
    from admission.judging import destinations, judge
    from admission.routing import propose

    known = Facts.from_json(facts)
    findings = [judge(known, rules) for rules in (before, after)]
    old, new = ({each.code: each.verdict.value for each in found} for found in findings)
    places = [[place.value for place in destinations(found)] for found in findings]
    tracks = [propose(known, rules).proposal or "" for rules in (before, after)]
    pairs = {code: [old.get(code), new.get(code)] for code in {*old, *new}}
    differing = {code: pair for code, pair in pairs.items() if pair[0] != pair[1]}
    if not differing and tracks[0] == tracks[1] and places[0] == places[1]:
        return None
    return (differing, *tracks, *places)


if __name__ == "__main__":
    sys.exit(main())
