"""What holds for every referral that can be thought of."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from admission.criteria import CRITERIA, Criterion, Facts, Verdict, asked, judge
from admission.criteria.answers import spelled_out
from admission.criteria.spans import birthday, months_after
from admission.diagnoses import Hint
from tests.admission.criteria.cases import (
    ANSWERS,
    RECEIVABLE,
    UNANSWERED,
    all_facts,
    days,
    found,
)

A_DAY = timedelta(days=1)
every_criterion = pytest.mark.parametrize(
    "criterion", CRITERIA.values(), ids=list(CRITERIA)
)
CONTRADICTING = {
    "non_malignant": Hint.ACTIVE_CANCER,
    "no_active_cancer": Hint.ACTIVE_CANCER,
    "headache_not_main": Hint.HEADACHE,
    "no_illegal_drugs": Hint.ILLEGAL_DRUGS,
    "no_uncontrolled_alcohol": Hint.UNCONTROLLED_ALCOHOL,
}


@given(all_facts)
def test_every_referral_can_be_judged_and_twice_with_the_same_findings(facts: Facts) -> None:
    findings = judged(facts)
    assert judged(facts) == findings
    assert [finding.code for finding in findings] == [criterion.code for criterion in asked(facts, DECK)]


@every_criterion
@given(facts=all_facts, other=all_facts)
def test_a_finding_depends_only_on_the_facts_the_criterion_names(
    criterion: Criterion, facts: Facts, other: Facts
) -> None:
    named = {name: getattr(facts, name) for name in criterion.facts}
    assert found(criterion.code, replace(other, **named)) == found(criterion.code, facts)


@every_criterion
@given(facts=all_facts)
def test_a_finding_says_something_at_every_verdict(criterion: Criterion, facts: Facts) -> None:
    finding = found(criterion.code, facts)
    refused = finding.verdict is Verdict.NOT_MET
    assert finding.fact.strip()
    assert bool(finding.remedy) == (finding.verdict is not Verdict.MET)
    assert bool(finding.consequence) == refused
    assert (finding.destination is not None) == refused
    assert bool(finding.asks) or finding.verdict is not Verdict.UNKNOWN
    assert set(finding.asks) <= set(criterion.facts)


@every_criterion
@given(data=st.data())
def test_answering_makes_the_met_unknown_only_by_a_contradiction_with_the_diagnosis(
    criterion: Criterion, data: st.DataObject
) -> None:
    named = {name: data.draw(ANSWERS[name], label=name) for name in criterion.facts}
    field = data.draw(st.sampled_from(sorted(named.keys() & UNANSWERED.keys())), label="answered")
    after = replace(RECEIVABLE, **named)
    before = replace(after, **{field: UNANSWERED[field]})
    verdicts = found(criterion.code, before).verdict, found(criterion.code, after).verdict
    if verdicts == (Verdict.MET, Verdict.UNKNOWN):
        assert after.diagnosis_hints_at(CONTRADICTING[criterion.code])
        assert "Hvad er rigtigt?" in found(criterion.code, after).remedy


@given(days, days)
@example(date(2026, 8, 31), date(2027, 2, 27))
@example(date(2026, 8, 31), date(2027, 2, 28))
def test_pain_is_long_enough_from_the_day_the_remedy_names(since: date, received: date) -> None:
    assume(since <= received)
    met_on = months_after(since, 6)
    finding = found("duration", replace(RECEIVABLE, pain_since=since, received_on=received))
    assert (finding.verdict is Verdict.MET) == (received >= met_on)
    if finding.verdict is Verdict.NOT_MET:
        assert finding.remedy == f"Opfyldt fra {spelled_out(met_on)}"


@given(days)
@example(date(2026, 8, 31))
def test_the_remedy_day_meets_the_duration_and_the_day_before_does_not(since: date) -> None:
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
    assert day_before.remedy == f"Opfyldt fra {spelled_out(of_age)}"
