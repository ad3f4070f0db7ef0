"""Backtests as people start, stop and read them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.db import transaction
from django.db.models import Case, F, Func, Max, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admission.models import RuleSet
from casework.paging import Page, keyset_page
from casework.refusals import Refused
from oversight import tasks
from oversight.models import Backtest, BacktestPart
from oversight.parts import in_period
from oversight.period import Period, PeriodForm
from referrals.models import Judgement, Referral
from staff.models import User

# So many parts that the bar moves, none so large that other tasks wait for it.
PARTS: Final = 50
LARGEST_PART: Final = 500
FLIPS_A_PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Tested:
    """A backtest, and in sentences what has changed since it began."""

    backtest: Backtest
    outdated: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfDraft:
    """The backtests of a draft, the newest first, and the form that starts one more."""

    draft: RuleSet
    tested: list[Tested]
    form: PeriodForm | None


def of_draft(draft: RuleSet) -> OfDraft:
    """What backtests_of.html shows on the draft's page; a settled draft has no form."""
    found = with_newer(Backtest.objects.filter(draft=draft)).select_related("draft", "started_by")
    form = PeriodForm() if draft.status == RuleSet.Status.DRAFT else None
    return OfDraft(draft, [Tested(each, why_outdated(each)) for each in found], form)


def check_can_start(draft: RuleSet) -> None:
    """Raises Refused for rules that are approved or discarded already."""
    if draft.status != RuleSet.Status.DRAFT:
        raise Refused(_("Kun en kladde kan afprøves."))


@transaction.atomic
def start(user: User, draft_pk: int, period: Period) -> Backtest:
    """Let the draft, as it reads now, be held against the referrals received in a period.

    While one with the same wording is running, that one comes back. Raises RuleSet.DoesNotExist,
    and Refused for a draft that is settled and for a period without referrals.
    """
    draft: RuleSet = RuleSet.objects.select_for_update(no_key=True).get(pk=draft_pk)
    check_can_start(draft)
    running: Backtest | None = (
        Backtest.objects.running().filter(draft=draft, draft_version=draft.version).first()
    )
    if running:
        return running
    numbers = in_period(Referral.objects.all(), period.first, period.last).order_by("pk")
    pks = list(numbers.values_list("pk", flat=True))
    if not pks:
        raise Refused(_("Der er ikke modtaget henvisninger i perioden."))
    backtest = _started(user, draft, period, pks)
    transaction.on_commit(partial(tasks.set_to_work, backtest.pk))
    return backtest


def _started(user: User, draft: RuleSet, period: Period, pks: list[int]) -> Backtest:
    backtest: Backtest = Backtest.objects.create(
        draft=draft,
        draft_version=draft.version,
        base_number=draft.based_on,
        content=draft.content,
        period_from=period.first,
        period_to=period.last,
        referrals=len(pks),
        newest_judgement=Judgement.objects.aggregate(newest=Max("pk"))["newest"],
        started_by=user,
    )
    BacktestPart.objects.bulk_create(_parts(backtest, pks))
    return backtest


def _parts(backtest: Backtest, pks: list[int]) -> Iterator[BacktestPart]:
    size = min(LARGEST_PART, -(-len(pks) // PARTS))
    for begin in range(0, len(pks), size):
        part = pks[begin : begin + size]
        yield BacktestPart(backtest=backtest, first_pk=part[0], last_pk=part[-1])


@transaction.atomic
def stop(user: User, pk: int) -> Backtest:
    """Stop a running backtest before its next part; a second stop changes nothing.

    Raises Backtest.DoesNotExist, and Refused when it is finished.
    """
    rows = Backtest.objects.select_for_update(of=("self",), no_key=True)
    backtest: Backtest = rows.get(pk=pk)
    if backtest.finished_at:
        raise Refused(_("Afprøvningen er allerede færdig."))
    if backtest.is_running:
        backtest.stopped_by, backtest.stopped_at = user, timezone.now()
        backtest.save(update_fields=["stopped_by", "stopped_at"])
    return backtest


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the parts are done, and which have failed too often to be tried again."""

    done: int
    parts: int
    stuck: tuple[int, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Whether some part is left that somebody will try."""
        return self.done + len(self.stuck) < self.parts or not self.stuck

    @property
    def percent(self) -> int:
        return 100 * self.done // self.parts

    @property
    def quarters(self) -> int:
        """The per cent in full quarters: often enough to be read out."""
        return self.percent // 25 * 25


def progress(backtest: Backtest) -> Progress:
    """How far a backtest has come."""
    told = list(backtest.parts.order_by("pk").values_list("done_at", "tries"))
    stuck = [
        number
        for number, (done_at, tries) in enumerate(told, start=1)
        if done_at is None and tries >= BacktestPart.MOST_TRIES
    ]
    return Progress(sum(done_at is not None for done_at, _tries in told), len(told), tuple(stuck))


def flips(backtest: Backtest, code: str = "", mark: str = "") -> Page:
    """One page of what would be judged otherwise, the newest referral first.

    ``code`` narrows it to those that a criterion (or the track) decides.
    """
    rows = backtest.flips.select_related("referral")
    if code:
        rows = rows.filter(deciding__contains=[code])
    return keyset_page(rows, ("referral_id",), mark, FLIPS_A_PAGE, newest_first=True)


def with_newer(backtests: "QuerySet[Backtest]") -> "QuerySet[Backtest]":
    """Each with ``newer``: how many referrals in it have come, or were judged again, since.

    A period that reached its own day goes on for this; one that ended before stays as it was.
    """
    goes_on = When(period_to__gte=TruncDate("started_at"), then=Value(dt.date.max))
    until = Case(goes_on, default=F("period_to"))
    since = Referral.objects.order_by().filter(
        judgement__gt=OuterRef("newest_judgement"),
        received_on__gte=OuterRef("period_from"),
        received_on__lte=OuterRef("until"),
    )
    counted: Any = since.annotate(number=Func(F("pk"), function="COUNT")).values("number")
    return backtests.annotate(until=until).annotate(newer=Subquery(counted))


def why_outdated(backtest: Any) -> tuple[str, ...]:
    """What the backtest does not know, in sentences; nothing once its draft is settled.

    ``backtest`` is one of those `with_newer` gives.
    """
    if backtest.draft.status != RuleSet.Status.DRAFT:
        return ()
    said = []
    if backtest.draft.version != backtest.draft_version:
        said.append(_("Kladden er ændret siden."))
    if backtest.newer:
        words = ngettext(
            "%(n)d henvisning er kommet til eller vurderet igen siden.",
            "%(n)d henvisninger er kommet til eller vurderet igen siden.",
            backtest.newer,
        )
        said.append(words % {"n": backtest.newer})
    return tuple(said)
