"""What would change an answer: the smallest change that does, and no less."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admission.criteria import (
    CRITERIA,
    Criterion,
    Facts,
    Finding,
    Verdict,
)
from admission.criteria.facts import as_in_number
from admission.judging import judge
from admission.rules import Rules
from tests.admission.criteria.cases import (
    NOTHING_ANSWERED,
    RECEIVABLE,
    all_facts,
    all_rules,
    days,
    followed,
    found,
    judged,
)

A_DAY = timedelta(days=1)


every_criterion = pytest.mark.parametrize("criterion", CRITERIA.values(), ids=list(CRITERIA))


@every_criterion
@given(facts=all_facts, rules=all_rules)
def test_following_the_change_meets_the_criterion(
    criterion: Criterion, facts: Facts, rules: Rules
) -> None:
    change = found(criterion.code, facts, rules).change
    assert found(criterion.code, followed(facts, change), rules).verdict is Verdict.MET


@every_criterion
@given(facts=all_facts, rules=all_rules)
def test_no_part_of_the_change_can_be_left_out(
    criterion: Criterion, facts: Facts, rules: Rules
) -> None:
    change = found(criterion.code, facts, rules).change
    if change is None:
        return
    assert change.facts.keys() <= set(criterion.facts)
    for name in change.facts:
        assert change.facts[name] != getattr(facts, name)
        rest = {other: value for other, value in change.facts.items() if other != name}
        assert found(criterion.code, replace(facts, **rest), rules).verdict is not Verdict.MET


@given(facts=all_facts, rules=all_rules)
def test_the_day_before_a_change_of_day_does_not_meet_the_criterion(
    facts: Facts, rules: Rules
) -> None:
    for code in ("adult", "duration"):
        change = found(code, facts, rules).change
        if change and "received_on" in change.facts:
            assert change.facts["received_on"] > facts.received_on
            day_before = replace(facts, received_on=change.facts["received_on"] - A_DAY)
            assert found(code, day_before, rules).verdict is not Verdict.MET


@given(facts=all_facts, rules=all_rules)
def test_a_day_after_the_latest_birth_or_start_does_not_meet_the_criterion(
    facts: Facts, rules: Rules
) -> None:
    for code, name in (("adult", "birth_date"), ("duration", "pain_since")):
        change = found(code, facts, rules).change
        if change and name in change.facts:
            later = change.facts[name] + A_DAY
            changed: dict[str, Any] = {**change.facts, name: later}
            if "born_by_number" in changed:
                changed["born_by_number"] = as_in_number(later)
            assert found(code, replace(facts, **changed), rules).verdict is not Verdict.MET


@given(born=st.none() | days, by_number=days, received=days, rules=all_rules)
def test_no_later_birth_date_of_age_agrees_with_the_number(
    born: date | None, by_number: date, received: date, rules: Rules
) -> None:
    number = as_in_number(by_number)
    facts = replace(RECEIVABLE, birth_date=born, born_by_number=number, received_on=received)
    change = found("adult", facts, rules).change
    if change is None or set(change.facts) != {"birth_date"}:
        return
    for century in (100, 200):
        with suppress(ValueError):
            later = change.facts["birth_date"].replace(
                year=change.facts["birth_date"].year + century
            )
            verdict = found("adult", replace(facts, birth_date=later), rules).verdict
            assert verdict is not Verdict.MET


def open_or_unmet(findings: tuple[Finding, ...]) -> list[Finding]:
    return [finding for finding in findings if finding.verdict is not Verdict.MET]


MOST_ROUNDS = 3


@given(all_facts, all_rules)
def test_following_every_change_leads_to_acceptance(facts: Facts, rules: Rules) -> None:
    """Another diagnosis may lead to another track, which asks what the first one spared."""
    for _ in range(MOST_ROUNDS):
        findings = judge(facts, rules)
        facts = followed(facts, *(finding.change for finding in findings))
    assert not open_or_unmet(judge(facts, rules))


@given(all_facts)
def test_by_the_deck_following_every_change_once_or_twice_leads_to_acceptance(
    facts: Facts,
) -> None:
    for _ in range(2):
        facts = followed(facts, *(finding.change for finding in judged(facts)))
    assert not open_or_unmet(judged(facts))


def test_a_blank_referral_becomes_one_the_centre_accepts() -> None:
    findings = judged(NOTHING_ANSWERED)
    assert not open_or_unmet(
        judged(followed(NOTHING_ANSWERED, *(each.change for each in findings)))
    )
