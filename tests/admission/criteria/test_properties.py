"""What holds for every referral that can be thought of, by every version of the rules."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from admission.criteria import CRITERIA, Criterion, Facts, Verdict
from admission.criteria.spans import birthday, months_after
from admission.judging import asked, judge
from admission.rules import Rules
from tests.admission.criteria.cases import (
    ANSWERABLE,
    ANSWERS,
    RECEIVABLE,
    UNANSWERED,
    all_facts,
    all_rules,
    contradict,
    days,
    found,
)

A_DAY = timedelta(days=1)
every_criterion = pytest.mark.parametrize("criterion", CRITERIA.values(), ids=list(CRITERIA))


@given(all_facts, all_rules)
def test_every_referral_can_be_judged_and_twice_with_the_same_findings(
    facts: Facts, rules: Rules
) -> None:
    findings = judge(facts, rules)
    assert judge(facts, rules) == findings
    assert [finding.code for finding in findings] == [rule.code for rule in asked(facts, rules)]


@every_criterion
@given(data=st.data(), other=all_facts, rules=all_rules)
def test_a_finding_depends_only_on_the_facts_the_criterion_names(
    criterion: Criterion, data: st.DataObject, other: Facts, rules: Rules
) -> None:
    named = {name: data.draw(ANSWERS[name], label=name) for name in criterion.facts}
    plain, mixed = replace(RECEIVABLE, **named), replace(other, **named)
    assert found(criterion.code, mixed, rules) == found(criterion.code, plain, rules)


@every_criterion
@given(facts=all_facts, rules=all_rules)
def test_a_finding_says_something_at_every_verdict(
    criterion: Criterion, facts: Facts, rules: Rules
) -> None:
    finding = found(criterion.code, facts, rules)
    verdict, refused = finding.verdict, finding.verdict is Verdict.NOT_MET
    assert str(finding.fact).strip()
    assert (finding.change is None) == (verdict is Verdict.MET)
    assert finding.question or verdict is not Verdict.UNKNOWN
    assert not (finding.question or finding.asks) or verdict is not Verdict.MET
    assert bool(finding.question) == bool(finding.asks)
    assert set(finding.asks) <= set(criterion.facts)
    assert bool(str(finding.consequence)) == refused
    assert (finding.destination is not None) == refused


@every_criterion
@given(data=st.data(), rules=all_rules)
def test_answering_makes_the_met_unknown_only_by_a_contradiction(
    criterion: Criterion, data: st.DataObject, rules: Rules
) -> None:
    named = {name: data.draw(ANSWERS[name], label=name) for name in criterion.facts}
    field = data.draw(st.sampled_from(sorted(named.keys() & set(ANSWERABLE))), label="answered")
    after = replace(RECEIVABLE, **named)
    before = replace(after, **{field: UNANSWERED[field]})
    changed = found(criterion.code, after, rules)
    if (found(criterion.code, before, rules).verdict, changed.verdict) == (
        Verdict.MET,
        Verdict.UNKNOWN,
    ):
        assert contradict(criterion.code, after)
        assert "Hvad er rigtigt?" in str(changed.question)


@given(data=st.data(), after=all_facts, rules=all_rules)
def test_no_answer_to_a_whole_referral_makes_the_met_unknown_without_a_contradiction(
    data: st.DataObject, after: Facts, rules: Rules
) -> None:
    field = data.draw(st.sampled_from(ANSWERABLE), label="answered")
    unanswered: dict[str, Any] = {field: UNANSWERED[field]}
    before = judge(replace(after, **unanswered), rules)
    met = {finding.code for finding in before if finding.verdict is Verdict.MET}
    for finding in judge(after, rules):
        if finding.code in met and finding.verdict is Verdict.UNKNOWN:
            assert contradict(finding.code, after)


@given(days, days, all_rules)
def test_pain_is_long_enough_from_the_day_that_would_change_it(
    since: date, received: date, rules: Rules
) -> None:
    assume(since <= received)
    met_on = months_after(since, rules.criteria["duration"].limit or 0)
    facts = replace(RECEIVABLE, pain_since=since, received_on=received)
    finding = found("duration", facts, rules)
    assert (finding.verdict is Verdict.MET) == (received >= met_on)
    if finding.change:
        assert finding.change.facts == {"received_on": met_on}


@given(days)
@example(date(2026, 8, 31))
def test_six_months_of_pain_are_enough_and_a_day_less_is_not(since: date) -> None:
    met_on = months_after(since, 6)
    facts = replace(RECEIVABLE, pain_since=since)
    assert found("duration", replace(facts, received_on=met_on)).verdict is Verdict.MET
    day_before = found("duration", replace(facts, received_on=met_on - A_DAY))
    assert day_before.verdict is Verdict.NOT_MET


@given(days)
@example(date(2008, 2, 29))
def test_the_eighteenth_birthday_meets_the_age_and_the_day_before_does_not(born: date) -> None:
    of_age = birthday(born, 18)
    facts = replace(RECEIVABLE, birth_date=born)
    assert found("adult", replace(facts, received_on=of_age)).verdict is Verdict.MET
    day_before = found("adult", replace(facts, received_on=of_age - A_DAY))
    assert day_before.verdict is Verdict.NOT_MET
    assert day_before.change
    assert day_before.change.facts == {"received_on": of_age}
