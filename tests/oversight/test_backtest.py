"""A backtest says of every past referral what judging it anew says."""

import datetime as dt
from collections import Counter
from typing import Any

import pytest
from django.utils import timezone

from admission.models import RuleSet
from casework.refusals import Refused
from oversight import backtests
from oversight.models import Backtest, Flip
from oversight.period import Period, usual_period
from referrals.models import Judgement, Referral
from staff.permissions import Role
from tests.admission.factories import a_draft, content
from tests.oversight.by_hand import discard, keep, told, told_by_hand
from tests.oversight.past import begun, past_referrals, received, run, started
from tests.referrals.cases import CANCER, PEOPLE, sent
from tests.staff.factories import person

DRAFTS: list[dict[str, Any]] = [
    {"limits": {"duration": 3}},
    {"limits": {"duration": 12}},
    {"limits": {"adult": 70}},
    {"limits": {"subacute": "30"}},
    {"limits": {"subacute": "100", "duration": 3}},
    {"spares": {"single": ["duration"], "interdisciplinary": ["worked_up"]}},
    {"spares": {"subacute": []}},
    {"destinations": {"no_active_cancer": "alcohol"}},
    {},
]


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
def test_another_place_is_a_difference_though_every_verdict_stays() -> None:
    sent(CANCER)
    sent(number=PEOPLE[1])
    backtest = run(started(destinations={"no_active_cancer": "alcohol"}))
    flip = backtest.flips.get()
    assert (flip.verdicts, flip.deciding) == ({}, ["no_active_cancer"])
    assert flip.destinations_before == ["palliative"]
    assert flip.destinations_after == ["alcohol"]
    assert backtest.result["flipped"] == 1
    assert backtest.result["places"] == [{"before": "palliative", "after": "alcohol", "number": 1}]


@pytest.mark.django_db
def test_a_criterion_that_points_where_another_already_does_changes_nothing() -> None:
    sent(CANCER, {"complicating": {"headache": "main"}})
    backtest = run(started(destinations={"headache_not_main": "palliative"}))
    assert backtest.flips.get().destinations_after == ["palliative"]
    both = {"headache_not_main": "palliative", "no_active_cancer": "headache"}
    assert not run(started(destinations=both)).flips.exists()


@pytest.mark.django_db
def test_facts_that_were_not_kept_are_read_from_what_was_sent() -> None:
    past_referrals()
    expected = told(run(started()))
    first = Referral.objects.earliest("pk")
    keep(Judgement.objects.exclude(submission__referral=first), {})
    again = run(started())
    assert told(again) == expected
    assert again.result["unreadable"] == 0


@pytest.mark.django_db
@pytest.mark.parametrize("odd_facts", [{"cancer": "maybe"}, {"morphine_mg_at_discharge": "a lot"}])
def test_facts_that_cannot_be_read_any_more_are_counted_and_hold_nothing_up(
    odd_facts: dict[str, str],
) -> None:
    sent(begun(4))
    odd = sent(begun(4), number="0504909989")
    keep(
        Judgement.objects.filter(submission__referral=odd),
        odd.judgement.facts | odd_facts,
    )
    result = run(started()).result
    assert (result["referrals"], result["unreadable"], result["flipped"]) == (1, 1, 1)


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


@pytest.mark.django_db
def test_a_backtest_is_of_the_draft_as_it_was_when_it_began() -> None:
    sent(begun(4))
    backtest = started()
    RuleSet.objects.filter(pk=backtest.draft_id).update(content=content({}), version=2)
    assert run(backtest).result["flipped"] == 1
