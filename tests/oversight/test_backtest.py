"""A backtest says of every past referral what judging it anew says, once, whatever happens."""

import datetime as dt
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pgtrigger
import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from admission.judging import judge
from admission.models import RuleSet
from admission.routing import propose
from admission.rules import DECK, Rules
from casework.refusals import Refused
from oversight import backtests, parts, tasks
from oversight.groups import SMALLEST_SHOWN, Group, shown
from oversight.models import Backtest, BacktestPart, Flip
from oversight.period import Period, usual_period
from referrals.answers import facts_of
from referrals.models import Judgement, Referral
from staff.permissions import Role
from tests.admission.factories import a_draft, content
from tests.oversight.past import begun, past_referrals, received, run, started
from tests.processes import on_the_test_database
from tests.referrals.cases import sent
from tests.staff.factories import person
from tests.threads import at_once

DRAFTS: list[dict[str, Any]] = [
    {"limits": {"duration": 3}},
    {"limits": {"duration": 12}},
    {"limits": {"adult": 70}},
    {"limits": {"subacute": "30"}},
    {"limits": {"subacute": "100", "duration": 3}},
    {"spares": {"single": ["duration"], "interdisciplinary": ["worked_up"]}},
    {"spares": {"subacute": []}},
    {},
]


def by_hand(referral: Referral, rules: Rules) -> tuple[dict[str, str], str]:
    """Verdicts and track of one referral, read from what was sent."""
    answers = referral.judgement.submission.answers
    facts = facts_of(answers, referral.unit, referral.received_on)
    verdicts = {finding.code: finding.verdict.value for finding in judge(facts, rules)}
    return verdicts, propose(facts, rules).proposal or ""


def told_by_hand(after: Rules) -> dict[int, Any]:
    """Every referral that the rules judge otherwise than the deck, and how, one by one."""
    told = {}
    for referral in Referral.objects.all():
        (old, track), (new, other) = by_hand(referral, DECK), by_hand(referral, after)
        codes = {code for code in {*old, *new} if old.get(code) != new.get(code)}
        if codes or track != other:
            differing = {code: [old.get(code), new.get(code)] for code in codes}
            all_met = {*old.values()} == {"met"}, {*new.values()} == {"met"}
            told[referral.pk] = (differing, track, other, *all_met)
    return told


def told(backtest: Backtest) -> dict[int, Any]:
    """The same from the rows that the backtest has left."""
    return {
        flip.referral_id: (
            flip.verdicts,
            flip.track_before,
            flip.track_after,
            flip.all_met_before,
            flip.all_met_after,
        )
        for flip in backtest.flips.all()
    }


@pytest.mark.django_db
def test_the_flips_are_those_of_judging_each_referral_anew() -> None:
    past_referrals()
    numbers = []
    for changes in DRAFTS:
        draft = a_draft(person(Role.PHYSICIAN), **changes)
        backtest = backtests.start(draft.drafted_by, draft.pk, usual_period())
        run(backtest)
        assert told(backtest) == told_by_hand(draft.rules)
        numbers.append(backtest.flips.count())
    assert numbers[-1] == 0
    assert all(numbers[:-1])


@pytest.mark.django_db
def test_the_counts_are_those_of_the_flips() -> None:
    past_referrals()
    backtest = run(started(limits={"duration": 3, "subacute": "30"}))
    result, flips = backtest.result, list(backtest.flips.all())
    assert (result["referrals"], result["flipped"]) == (Referral.objects.count(), len(flips))
    assert result["unreadable"] == 0
    verdicts = Counter(
        (code, before or "", after or "")
        for flip in flips
        for code, (before, after) in flip.verdicts.items()
    )
    told = ("code", "before", "after")
    assert verdicts == {
        tuple(move[key] for key in told): move["number"] for move in result["verdicts"]
    }
    tracks = Counter(
        (flip.track_before, flip.track_after)
        for flip in flips
        if flip.track_before != flip.track_after
    )
    assert tracks == {(move["before"], move["after"]): move["number"] for move in result["tracks"]}
    assert result["deciding"] == Counter(code for flip in flips for code in flip.deciding)
    gained = sum(flip.all_met_after and not flip.all_met_before for flip in flips)
    lost = sum(flip.all_met_before and not flip.all_met_after for flip in flips)
    assert (result["now_all_met"], result["no_longer_all_met"]) == (gained, lost)
    for grouped in result["groups"].values():
        together = [*grouped["apart"], *filter(None, [grouped["others"]])]
        assert sum(group["referrals"] for group in together) == result["referrals"]
        assert sum(group["flipped"] for group in together) == result["flipped"]


@pytest.mark.django_db
def test_a_lower_limit_of_months_is_decided_by_that_criterion_alone() -> None:
    sent(begun(4))
    backtest = run(started())
    flip = backtest.flips.get()
    assert flip.deciding == ["duration"]
    assert flip.verdicts == {"duration": ["not_met", "met"]}
    assert (flip.all_met_before, flip.all_met_after) == (False, True)


@pytest.mark.django_db
def test_another_track_decides_what_its_patients_are_not_asked() -> None:
    past_referrals()
    backtest = run(started(limits={"subacute": "30"}))
    flip = backtest.flips.get(track_after="subacute")
    assert flip.deciding == [Flip.TRACK]
    assert flip.verdicts["worked_up"] == ["met", None]


@pytest.mark.django_db
def test_facts_that_were_not_kept_are_read_from_what_was_sent() -> None:
    past_referrals()
    expected = told(run(started()))
    keep(Judgement.objects.all(), {})
    again = run(started())
    assert told(again) == expected
    assert again.result["unreadable"] == 0


@pytest.mark.django_db
def test_facts_that_cannot_be_read_any_more_are_counted_and_hold_nothing_up() -> None:
    sent(begun(4))
    odd = sent(begun(4), number="0504909989")
    keep(
        Judgement.objects.filter(submission__referral=odd),
        odd.judgement.facts | {"cancer": "maybe"},
    )
    result = run(started()).result
    assert (result["referrals"], result["unreadable"], result["flipped"]) == (1, 1, 1)


def keep(judgements: Any, facts: dict[str, Any]) -> None:
    """Let the facts have been kept otherwise, as by an older edition of the program."""
    with pgtrigger.ignore("referrals.Judgement:append_only"):
        judgements.update(facts=facts)


@pytest.mark.django_db
def test_only_referrals_of_the_period_are_judged() -> None:
    referrals, today = past_referrals(), timezone.localdate()
    received(referrals[:4], today - dt.timedelta(days=400))
    received(referrals[4:6], today - dt.timedelta(days=500))
    draft = a_draft(person(Role.MANAGER), limits={"adult": 70})
    period = Period(today - dt.timedelta(days=400), today - dt.timedelta(days=1))
    backtest = run(backtests.start(draft.drafted_by, draft.pk, period))
    assert backtest.referrals == backtest.result["referrals"] == 4


@pytest.mark.django_db
def test_a_period_without_referrals_and_a_settled_draft_are_refused() -> None:
    physician = person(Role.PHYSICIAN)
    draft = a_draft(physician, limits={"duration": 3})
    with pytest.raises(Refused, match="ikke modtaget henvisninger"):
        backtests.start(physician, draft.pk, usual_period())
    sent()
    discard(draft)
    with pytest.raises(Refused, match="Kun en kladde"):
        backtests.start(physician, draft.pk, usual_period())
    assert not Backtest.objects.exists()


def discard(draft: RuleSet) -> None:
    draft.status = RuleSet.Status.DISCARDED
    draft.discarded_by, draft.discarded_at = draft.drafted_by, timezone.now()
    draft.save()


@pytest.mark.django_db
def test_a_part_that_is_done_is_not_done_again() -> None:
    past_referrals()
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
    past_referrals()
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
    past_referrals()
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
def test_a_backtest_is_of_the_draft_as_it_was_when_it_began() -> None:
    sent(begun(4))
    backtest = started()
    RuleSet.objects.filter(pk=backtest.draft_id).update(content=content({}), version=2)
    assert run(backtest).result["flipped"] == 1


@pytest.mark.django_db
def test_a_stopped_backtest_does_no_further_part_and_has_no_result() -> None:
    past_referrals()
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
def test_what_came_after_a_backtest_is_told() -> None:
    first = sent(begun(4))
    backtest = run(started())
    assert outdated(backtest) == ()
    sent(begun(4), number="0504909989")
    assert outdated(backtest) == ("1 henvisning er kommet til eller vurderet igen siden.",)
    RuleSet.objects.filter(pk=backtest.draft_id).update(version=2)
    assert outdated(backtest)[0] == "Kladden er ændret siden."
    discard(RuleSet.objects.get(pk=backtest.draft_id))
    assert outdated(backtest) == ()
    assert first.judgement_id == backtest.newest_judgement


@pytest.mark.django_db
def test_a_period_that_ended_before_today_is_not_outdated_by_new_referrals() -> None:
    old, today = sent(begun(4)), timezone.localdate()
    received([old], today - dt.timedelta(days=30))
    draft = a_draft(person(Role.MANAGER), limits={"duration": 3})
    period = Period(today - dt.timedelta(days=60), today - dt.timedelta(days=20))
    backtest = run(backtests.start(draft.drafted_by, draft.pk, period))
    sent(number="0504909989")
    assert outdated(backtest) == ()


def outdated(backtest: Backtest) -> tuple[str, ...]:
    return backtests.of_draft(RuleSet.objects.get(pk=backtest.draft_id)).tested[0].outdated


@pytest.mark.django_db
def test_the_backtests_of_a_draft_take_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    sent(begun(4))
    backtest = run(started())
    for _ in range(3):
        run(backtests.start(backtest.started_by, backtest.draft_id, usual_period()))
    draft = backtest.draft
    with django_assert_num_queries(1):
        found = backtests.of_draft(draft)
        assert [str(each.backtest.started_by) for each in found.tested]
    assert len(found.tested) == 4
    assert found.form


@pytest.mark.django_db
def test_a_part_takes_the_same_queries_however_many_referrals_it_has() -> None:
    past_referrals()
    numbers = []
    for size in (3, 20):
        backtest = started()
        pks = list(Referral.objects.order_by("pk").values_list("pk", flat=True))[:size]
        BacktestPart.objects.filter(backtest=backtest).update(done_at=timezone.now(), counts={})
        BacktestPart.objects.create(backtest=backtest, first_pk=pks[0], last_pk=pks[-1])
        with CaptureQueriesContext(connection) as captured:
            assert parts.judge_next_part(backtest.pk)
        numbers.append(len(captured))
    assert numbers[0] == numbers[1] <= 6


sizes = st.lists(
    st.tuples(st.integers(1, 12), st.floats(0, 1)).map(
        lambda pair: (pair[0], int(pair[0] * pair[1]))
    ),
    min_size=1,
    max_size=14,
)


@given(sizes, st.none() | st.integers(1, 6))
def test_no_group_under_five_is_shown_or_can_be_reckoned(
    given_sizes: list[tuple[int, int]], most: int | None
) -> None:
    groups = [Group(str(n), *pair) for n, pair in enumerate(given_sizes)]
    found = shown(groups, most)
    everyone = sum(group.referrals for group in groups)
    apart, others = found.apart, found.others
    assert all(group.referrals >= SMALLEST_SHOWN for group in apart)
    assert sum(group.referrals for group in apart) + (others.referrals if others else 0) == everyone
    # What is left when the shown ones are taken from the whole is nobody, or five and more.
    left = everyone - sum(group.referrals for group in apart)
    assert left == 0 or left >= min(SMALLEST_SHOWN, everyone)
    if everyone < SMALLEST_SHOWN:
        assert not apart
    if most is not None:
        assert len(apart) <= most


@pytest.mark.django_db
def test_the_newest_judgement_is_the_one_of_the_start() -> None:
    sent()
    backtest = started()
    assert backtest.newest_judgement == Judgement.objects.latest("pk").pk
