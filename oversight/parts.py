"""The work of a backtest: one part after another, each claimed, judged and written as one."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Final

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from admission.criteria import Facts
from admission.rules import Rules
from admission.versions import numbered
from oversight.counting import Counts, counted, counted_flipped, result_of
from oversight.judging_anew import Comparison, Difference, Judged, difference, proposed
from oversight.models import Backtest, BacktestPart, Flip
from referrals.judging import facts_judged
from referrals.models import Referral

# Longer than a part takes; after that somebody else goes on.
QUIET: Final = dt.timedelta(seconds=10)
READ: Final = (
    *("received_on", "status", "patient__birth_date", "patient__sex", "unit_id"),
    *("judgement__facts", "judgement__submission_id"),
)
NOT_KEPT: Final = Q(judgement__facts={})


def judge_next_part(pk: int) -> bool:
    """Judge the next part of a running backtest that nobody else has; whether there was one.

    The part's row stays locked from the claim to the commit, so that a killed worker claims and
    leaves nothing. A part that raises counts that it was tried, and raises.
    """
    part = None
    try:
        with transaction.atomic():
            part = _claimed(pk)
            if part:
                _judge(part)
                part.done_at = timezone.now()
                part.save(update_fields=["counts", "done_at"])
    except Exception:
        if part:
            BacktestPart.objects.filter(pk=part.pk).update(tries=F("tries") + 1)
        raise
    return part is not None


def _claimed(pk: int) -> BacktestPart | None:
    """A part nobody has, the least often tried first; one that failed too often is left alone."""
    to_do = BacktestPart.objects.filter(
        backtest=pk, done_at=None, backtest__stopped_at=None, tries__lt=BacktestPart.MOST_TRIES
    )
    free = to_do.select_for_update(of=("self",), skip_locked=True).select_related("backtest")
    return free.order_by("tries", "pk").first()


def _judge(part: BacktestPart) -> None:
    """Judge the part's referrals by both versions; note the counts, write the flips."""
    versions = Comparison.of(base_of(part.backtest), part.backtest.rules)
    counts: Counts = Counter()
    flips = list(_flips(part, versions, counts))
    Flip.objects.bulk_create(flips)
    part.counts = dict(counts)


def base_of(backtest: Backtest) -> Rules:
    """The rules of the version that the draft was begun from."""
    version = numbered(backtest.base_number)
    assert version is not None  # an approved version is never deleted
    return version.rules


def _flips(part: BacktestPart, versions: Comparison, counts: Counts) -> Iterator[Flip]:
    for referral in _referrals_of(part):
        facts = readable_facts(referral)
        if facts is None:
            counts["unreadable"] += 1
            continue
        counts.update(counted(referral, proposed(facts, versions.base)))
        if versions.surely_agree(facts):
            continue
        before, after = versions.judged(facts)
        if found := difference(before, after):
            counts.update(counted_flipped(referral, before, after, found))
            yield _flip(part, referral, before, after, found)


def _referrals_of(part: BacktestPart) -> Iterator[Referral]:
    """The part's referrals; only where the facts were not kept is read what was sent."""
    within = Referral.objects.filter(pk__range=(part.first_pk, part.last_pk))
    tested: QuerySet[Referral] = in_period(
        within, part.backtest.period_from, part.backtest.period_to
    )
    yield from tested.exclude(NOT_KEPT).select_related("patient", "judgement").only(*READ)
    sent = ("patient", "unit", "judgement__submission__referral__unit")
    yield from tested.filter(NOT_KEPT).select_related(*sent)


def in_period(
    referrals: "QuerySet[Referral]", first: dt.date, last: dt.date
) -> "QuerySet[Referral]":
    """The judged referrals received from the first to the last day."""
    return referrals.filter(received_on__range=(first, last), judgement__isnull=False)


def readable_facts(referral: Referral) -> Facts | None:
    """The facts last judged; None when they were kept in a way that cannot be read any more."""
    assert referral.judgement is not None
    try:
        return facts_judged(referral.judgement)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return None


def _flip(
    part: BacktestPart, referral: Referral, before: Judged, after: Judged, found: Difference
) -> Flip:
    return Flip(
        backtest=part.backtest,
        referral=referral,
        judgement=referral.judgement,
        verdicts=found.verdicts,
        track_before=before.track,
        track_after=after.track,
        destinations_before=list(before.destinations),
        destinations_after=list(after.destinations),
        deciding=list(found.deciding),
        all_met_before=before.all_met,
        all_met_after=after.all_met,
    )


@transaction.atomic
def finish(pk: int) -> bool:
    """Write the result once every part is done; whether the backtest is at its end."""
    running = Backtest.objects.running().filter(pk=pk)
    backtest = running.select_for_update(of=("self",), no_key=True).first()
    if backtest is None:
        return True
    if backtest.parts.filter(done_at=None).exists():
        return False
    backtest.result = result_of(backtest.parts.values_list("counts", flat=True))
    backtest.finished_at = timezone.now()
    backtest.save(update_fields=["result", "finished_at"])
    return True


def left_lying(now: dt.datetime) -> list[int]:
    """The running backtests that nobody seems to be at: no part was done for a while.

    Not those where all that is left has failed too often: they wait for a person.
    """
    lately = now - QUIET
    at_it = Q(parts__done_at__gt=lately) | Q(started_at__gt=lately)
    left = BacktestPart.objects.filter(backtest=OuterRef("pk"), done_at=None)
    worth_it = Exists(left.filter(tries__lt=BacktestPart.MOST_TRIES)) | ~Exists(left)
    resting = Backtest.objects.running().filter(worth_it).exclude(at_it)
    return list(resting.order_by("pk").values_list("pk", flat=True))
