"""Judging as a whole: who is asked what, what the findings add up to, and how they are frozen."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from admission.criteria import (
    CRITERIA,
    Cancer,
    Destination,
    Facts,
    OpioidContext,
    Situation,
    Verdict,
)
from admission.judging import (
    asked,
    counts,
    destinations,
    in_question,
    not_met,
)
from admission.rules import DECK
from admission.subacute import is_subacute, situations_holding
from tests.admission.criteria.cases import NOTHING_ANSWERED, RECEIVABLE, RECEIVED, judged

SPARED = {"duration", "worked_up", "fully_treated"}

IN_HOSPITAL = replace(
    RECEIVABLE,
    from_hospital=True,
    pain_since=date(2026, 11, 1),
    worked_up=False,
    fully_treated=False,
)
ON_OPIOIDS = replace(
    IN_HOSPITAL,
    situations=frozenset({Situation.OPIOIDS_AT_DISCHARGE}),
    morphine_mg_at_discharge=Decimal(80),
    opioid_contexts=frozenset({OpioidContext.NAIVE_BEFORE}),
)


def codes_asked(facts: Facts) -> set[str]:
    return {rule.code for rule in asked(facts, DECK)}


def test_a_patient_the_centre_can_receive_meets_every_criterion() -> None:
    findings = judged(RECEIVABLE)
    assert counts(findings) == {Verdict.MET: 10, Verdict.NOT_MET: 0, Verdict.UNKNOWN: 0}


@pytest.mark.parametrize(
    "situation",
    [Situation.HIGH_RISK_SURGERY, Situation.TRAUMA, Situation.COMPLICATED_POSTOPERATIVE],
)
def test_the_subacute_track_is_not_asked_how_long_worked_up_or_treated(
    situation: Situation,
) -> None:
    facts = replace(IN_HOSPITAL, situations=frozenset({situation}))
    assert codes_asked(facts) == CRITERIA.keys() - SPARED
    assert not_met(judged(facts)) == ()


@pytest.mark.parametrize("context", OpioidContext)
def test_high_opioids_at_discharge_are_subacute_in_each_of_the_decks_contexts(
    context: OpioidContext,
) -> None:
    facts = replace(ON_OPIOIDS, opioid_contexts=frozenset({context}))
    assert is_subacute(facts, DECK)
    assert not codes_asked(facts) & SPARED


@pytest.mark.parametrize(
    ("dose", "subacute"),
    [
        ("0", False),
        ("59.99", False),
        ("60", False),
        ("60.00", False),
        ("60.01", True),
        ("61", True),
    ],
)
def test_the_dose_at_discharge_must_be_strictly_above_sixty(dose: str, subacute: bool) -> None:
    assert (
        is_subacute(replace(ON_OPIOIDS, morphine_mg_at_discharge=Decimal(dose)), DECK) is subacute
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"from_hospital": False},
        {"situations": frozenset()},
        {"morphine_mg_at_discharge": None},
        {"opioid_contexts": frozenset()},
    ],
)
def test_without_all_that_the_deck_asks_nobody_is_subacute(changes: dict[str, Any]) -> None:
    facts = replace(ON_OPIOIDS, **changes)
    assert not is_subacute(facts, DECK)
    assert {finding.code for finding in not_met(judged(facts))} == SPARED


def test_a_low_dose_takes_nothing_from_another_situation() -> None:
    facts = replace(
        ON_OPIOIDS,
        situations=frozenset({Situation.OPIOIDS_AT_DISCHARGE, Situation.TRAUMA}),
        morphine_mg_at_discharge=Decimal(20),
    )
    assert situations_holding(facts, DECK) == (Situation.TRAUMA,)
    assert is_subacute(facts, DECK)


def test_a_subacute_patient_with_active_cancer_still_belongs_elsewhere() -> None:
    findings = judged(replace(ON_OPIOIDS, cancer=Cancer.ACTIVE))
    assert destinations(findings) == (Destination.PALLIATIVE,)


def test_open_questions_are_in_question_and_not_counted_against_the_patient() -> None:
    findings = judged(NOTHING_ANSWERED)
    assert in_question(findings) == findings
    assert not_met(findings) == ()
    assert destinations(findings) == ()


def test_a_place_is_proposed_once_and_the_referrer_last() -> None:
    facts = replace(
        RECEIVABLE,
        pain_since=RECEIVED,
        worked_up=False,
        cancer=Cancer.ACTIVE,
        birth_date=date(2015, 1, 1),
    )
    assert destinations(judged(facts)) == (
        Destination.PALLIATIVE,
        Destination.PAEDIATRIC,
        Destination.REFERRER,
    )
