"""The backtests of a draft, and what they do not know of today."""

import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from admission.models import RuleSet
from oversight import backtests
from oversight.models import Backtest
from oversight.period import Period, usual_period
from referrals.models import Judgement
from staff.permissions import Role
from tests.admission.factories import a_draft
from tests.oversight.by_hand import discard
from tests.oversight.past import begun, received, run, started
from tests.referrals.cases import sent
from tests.staff.factories import person


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
def test_the_newest_judgement_is_the_one_of_the_start() -> None:
    sent()
    backtest = started()
    assert backtest.newest_judgement == Judgement.objects.latest("pk").pk
