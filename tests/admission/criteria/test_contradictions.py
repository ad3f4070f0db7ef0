"""A diagnosis that says otherwise than the referrer is asked about, never silently chosen."""

from dataclasses import replace
from typing import Any

import pytest

from admission.criteria import Alcohol, Cancer, Headache, Verdict
from admission.diagnoses import DIAGNOSES, Diagnosis
from tests.admission.criteria.cases import BREAST_CANCER, RECEIVABLE, found

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
        assert finding.remedy.startswith(f"Diagnosen er {diagnosis.text}, men svaret er »")
        assert finding.remedy.endswith("«. Hvad er rigtigt?")


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
    assert finding.remedy.startswith(f"Diagnosen er {diagnosis.text}. ")
    assert finding.remedy.endswith("?")


def test_the_question_quotes_diagnosis_and_answer() -> None:
    facts = replace(RECEIVABLE, diagnosis=DIAGNOSES["DG43"])
    assert found("headache_not_main", facts).remedy == (
        "Diagnosen er Migræne, men svaret er »ingen hovedpine«. Hvad er rigtigt?"
    )


@pytest.mark.parametrize("code", ["DF112", "DF32", "DM961", "DM545"])
def test_hints_that_exclude_nobody_contradict_nothing(code: str) -> None:
    facts = replace(RECEIVABLE, diagnosis=DIAGNOSES[code])
    assert found("no_illegal_drugs", facts).verdict is Verdict.MET
    assert found("no_uncontrolled_alcohol", facts).verdict is Verdict.MET
    assert found("headache_not_main", facts).verdict is Verdict.MET
