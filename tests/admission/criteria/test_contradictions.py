"""Answers that contradict each other are asked about, none of them is silently chosen."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from admission.criteria import Alcohol, Cancer, Headache, Verdict
from admission.criteria.facts import Facts, as_in_number
from admission.diagnoses import DIAGNOSES, Diagnosis, Hint
from admission.rules import Rules
from tests.admission.criteria.cases import (
    ANSWERS,
    BREAST_CANCER,
    CONTRADICTING,
    RECEIVABLE,
    RECEIVED,
    all_facts,
    all_rules,
    days,
    found,
)

MALIGNANT_PAIN = DIAGNOSES["DR521"]

# criterion, field, diagnosis, answers that contradict it, answer that agrees
CONTRADICTIONS: list[tuple[str, str, Diagnosis, list[Any], Any]] = [
    ("no_active_cancer", "cancer", MALIGNANT_PAIN, [Cancer.NEVER, Cancer.PAST], Cancer.ACTIVE),
    ("no_active_cancer", "cancer", BREAST_CANCER, [Cancer.NEVER, Cancer.PAST], Cancer.ACTIVE),
    ("non_malignant", "cancer", MALIGNANT_PAIN, [Cancer.NEVER, Cancer.PAST], Cancer.ACTIVE),
    ("non_malignant", "cancer", BREAST_CANCER, [Cancer.NEVER, Cancer.PAST], Cancer.ACTIVE),
    *(
        ("headache_not_main", "headache", DIAGNOSES[code], [Headache.NONE, Headache.BESIDE],
         Headache.MAIN)
        for code in ("DG43", "DG44", "DR51")
    ),
    ("no_uncontrolled_alcohol", "alcohol", DIAGNOSES["DF102"],
     [Alcohol.NONE_OR_MODERATE, Alcohol.CONTROLLED], Alcohol.UNCONTROLLED),
    ("no_illegal_drugs", "illegal_drugs", DIAGNOSES["DF122"], [False], True),
    ("no_illegal_drugs", "illegal_drugs", DIAGNOSES["DF192"], [False], True),
]  # fmt: skip
ROWS = "code", "field", "diagnosis", "contradicting", "agreeing"


@pytest.mark.parametrize(ROWS, CONTRADICTIONS)
def test_a_contradiction_asks_which_is_right(
    code: str, field: str, diagnosis: Diagnosis, contradicting: list[Any], agreeing: Any
) -> None:
    for answer in contradicting:
        finding = found(code, replace(RECEIVABLE, diagnosis=diagnosis, **{field: answer}))
        assert finding.verdict is Verdict.UNKNOWN
        assert finding.asks == (field, "diagnosis")
        assert str(finding.question).startswith(f"Diagnosen er {diagnosis.text}, men svaret er »")
        assert str(finding.question).endswith("«. Hvad er rigtigt?")


@pytest.mark.parametrize(ROWS, CONTRADICTIONS)
def test_an_answer_that_agrees_with_the_diagnosis_is_not_met(
    code: str, field: str, diagnosis: Diagnosis, contradicting: list[Any], agreeing: Any
) -> None:
    facts = replace(RECEIVABLE, diagnosis=diagnosis, **{field: agreeing})
    assert found(code, facts).verdict is Verdict.NOT_MET


@pytest.mark.parametrize(ROWS, [row for row in CONTRADICTIONS if row[0] != "non_malignant"])
def test_a_hint_alone_is_a_reason_to_ask(
    code: str, field: str, diagnosis: Diagnosis, contradicting: list[Any], agreeing: Any
) -> None:
    unanswered: dict[str, Any] = {field: None}
    finding = found(code, replace(RECEIVABLE, diagnosis=diagnosis, **unanswered))
    assert (finding.verdict, finding.asks) == (Verdict.UNKNOWN, (field,))
    assert str(finding.question).startswith(f"Diagnosen er {diagnosis.text}. ")
    assert str(finding.question).endswith("?")


def test_the_question_quotes_diagnosis_and_answer() -> None:
    facts = replace(RECEIVABLE, diagnosis=DIAGNOSES["DG43"])
    assert found("headache_not_main", facts).question == (
        "Diagnosen er Migræne, men svaret er »ingen hovedpine«. Hvad er rigtigt?"
    )


@pytest.mark.parametrize("code", ["DF112", "DF32", "DM961", "DM545"])
def test_hints_that_exclude_nobody_contradict_nothing(code: str) -> None:
    facts = replace(RECEIVABLE, diagnosis=DIAGNOSES[code])
    assert found("no_illegal_drugs", facts).verdict is Verdict.MET
    assert found("no_uncontrolled_alcohol", facts).verdict is Verdict.MET
    assert found("headache_not_main", facts).verdict is Verdict.MET


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("da", "Diagnosen er Migræne, men svaret er »ingen hovedpine«. Hvad er rigtigt?"),
        ("en", "The diagnosis is Migræne, but the answer is “no headache”. Which is right?"),
    ],
)
def test_the_question_is_asked_in_the_readers_language(language: str, question: str) -> None:
    finding = found("headache_not_main", replace(RECEIVABLE, diagnosis=DIAGNOSES["DG43"]))
    with override(language):
        assert str(finding.question) == question


# The facts that answer what the diagnosis may contradict.
ANSWERED_IN = {
    "non_malignant": "cancer",
    "no_active_cancer": "cancer",
    "headache_not_main": "headache",
    "no_illegal_drugs": "illegal_drugs",
    "no_uncontrolled_alcohol": "alcohol",
}


@pytest.mark.parametrize("code", CONTRADICTING)
@given(facts=all_facts, rules=all_rules, data=st.data())
def test_a_diagnosis_that_excludes_is_never_outvoted_by_an_answer(
    code: str, facts: Facts, rules: Rules, data: st.DataObject
) -> None:
    hinting = [each for each in DIAGNOSES.values() if each.hints_at(CONTRADICTING[code])]
    if CONTRADICTING[code] is Hint.ACTIVE_CANCER:
        hinting.append(BREAST_CANCER)
    answer: dict[str, Any] = {ANSWERED_IN[code]: data.draw(ANSWERS[ANSWERED_IN[code]])}
    facts = replace(facts, diagnosis=data.draw(st.sampled_from(hinting)), **answer)
    assert found(code, facts, rules).verdict is not Verdict.MET


BORN = date(1960, 1, 2)


@pytest.mark.parametrize(
    ("number", "birth_date", "verdict"),
    [
        ("020160", BORN, Verdict.MET),
        ("", BORN, Verdict.MET),
        ("010160", BORN, Verdict.UNKNOWN),
        ("020161", BORN, Verdict.UNKNOWN),
        ("141108", date(2008, 11, 14), Verdict.MET),
        ("151108", date(2008, 11, 15), Verdict.NOT_MET),
        ("141108", date(2008, 11, 15), Verdict.UNKNOWN),
        ("290200", date(2000, 2, 29), Verdict.MET),
        ("020160", None, Verdict.UNKNOWN),
    ],
)
def test_a_replacement_number_and_the_birth_date_must_agree(
    number: str, birth_date: date | None, verdict: Verdict
) -> None:
    finding = found("adult", replace(RECEIVABLE, born_by_number=number, birth_date=birth_date))
    assert finding.verdict is verdict


@pytest.mark.parametrize(
    ("language", "question"),
    [
        (
            "da",
            "Ifølge erstatningsnummeret er patienten født 01.01.60, men fødselsdatoen er "
            "2. januar 1960. Hvad er rigtigt?",
        ),
        (
            "en",
            "According to the replacement number the patient was born on 01.01.60, but the date "
            "of birth is 2 January 1960. Which is correct?",
        ),
    ],
)
def test_two_birth_dates_are_both_quoted(language: str, question: str) -> None:
    finding = found("adult", replace(RECEIVABLE, born_by_number="010160", birth_date=BORN))
    assert (finding.asks, finding.destination) == (("birth_date",), None)
    with override(language):
        assert str(finding.question) == question


@given(born=days, by_number=days, received=days, rules=all_rules)
def test_the_age_is_only_judged_when_number_and_birth_date_agree(
    born: date, by_number: date, received: date, rules: Rules
) -> None:
    number = as_in_number(by_number)
    facts = replace(RECEIVABLE, birth_date=born, born_by_number=number, received_on=received)
    agree = (born.day, born.month, born.year % 100) == (
        by_number.day, by_number.month, by_number.year % 100,
    )  # fmt: skip
    known = found("adult", facts, rules).verdict is not Verdict.UNKNOWN
    assert known == (agree and born <= received)


def test_pain_that_begins_after_the_referral_is_asked_about() -> None:
    finding = found("duration", replace(RECEIVABLE, pain_since=date(2026, 11, 15)))
    assert date(2026, 11, 14) == RECEIVED
    assert (finding.verdict, finding.asks) == (Verdict.UNKNOWN, ("pain_since",))
    assert finding.question == (
        "Datoen ligger efter, at henvisningen er modtaget. Hvornår begyndte smerterne?"
    )
