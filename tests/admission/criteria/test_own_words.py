"""A diagnosis in the referrer's own words that contradicts an answer is asked about as well."""

from dataclasses import replace
from typing import Any

import pytest

from admission.criteria import Alcohol, Cancer, Headache, Verdict
from admission.diagnoses import Hint, find, hints_in
from tests.admission.criteria.cases import RECEIVABLE, found

MET, UNKNOWN = Verdict.MET, Verdict.UNKNOWN
HINTS: list[tuple[str, Hint | None]] = [
    ("Brystkræft med knoglemetastaser", Hint.ACTIVE_CANCER),
    ("DC509 Brystkræft UNS", Hint.ACTIVE_CANCER),
    ("C50", Hint.ACTIVE_CANCER),
    ("lungecancer", Hint.ACTIVE_CANCER),
    ("Spændingshovedpine", Hint.HEADACHE),
    ("kronisk migræne", Hint.HEADACHE),
    ("Hortons sygdom", Hint.HEADACHE),
    ("G43.1", Hint.HEADACHE),
    ("alkoholafhængighed og rygsmerter", Hint.UNCONTROLLED_ALCOHOL),
    ("F10.2", Hint.UNCONTROLLED_ALCOHOL),
    ("misbrug af kokain", Hint.ILLEGAL_DRUGS),
    ("F19.2", Hint.ILLEGAL_DRUGS),
    ("kroniske ikke-maligne smerter", None),
    ("non-malign smertetilstand", None),
    ("C5/C6 prolaps", None),
    ("L4/L5 prolaps", None),
    ("alkoholisk polyneuropati", None),
    ("smerter efter brok", None),
    ("", None),
]


@pytest.mark.parametrize(("words", "hint"), HINTS)
def test_words_and_codes_hint_at_what_is_treated_elsewhere(words: str, hint: Hint | None) -> None:
    assert hints_in(words) == ({hint} if hint else set())


def test_a_code_is_known_with_and_without_the_danish_d() -> None:
    assert find("G43") == find("DG43") == find("dg43.1")


# criterion, own words, answers that deny it, answers that may stand beside it
DENIED: list[tuple[str, str, list[dict[str, Any]], list[dict[str, Any]]]] = [
    (code, "Brystkræft med metastaser", [{"cancer": Cancer.NEVER}], [{"cancer": Cancer.PAST}])
    for code in ("non_malignant", "no_active_cancer")
] + [
    (
        "headache_not_main",
        "spændingshovedpine",
        [{"headache": Headache.NONE}],
        [{"headache": Headache.BESIDE}],
    ),
    ("no_illegal_drugs", "misbrug af kokain", [{"illegal_drugs": False}], []),
    (
        "no_uncontrolled_alcohol",
        "alkoholmisbrug",
        [{"alcohol": Alcohol.NONE_OR_MODERATE}, {"alcohol": Alcohol.CONTROLLED}],
        [],
    ),
]


@pytest.mark.parametrize(("code", "words", "denials", "others"), DENIED)
def test_a_denial_beside_the_words_asks_which_is_right(
    code: str, words: str, denials: list[dict[str, Any]], others: list[dict[str, Any]]
) -> None:
    facts = replace(RECEIVABLE, diagnosis=None, diagnosis_text=words)
    for denial in denials:
        finding = found(code, replace(facts, **denial))
        assert finding.verdict is UNKNOWN
        assert str(finding.question).startswith(f"Diagnosen er {words}, men svaret er »")
    for answer in others:
        assert found(code, replace(facts, **answer)).verdict is MET


def test_following_the_change_with_own_words_meets_the_criterion() -> None:
    facts = replace(RECEIVABLE, diagnosis=None, diagnosis_text="misbrug af kokain")
    for answer in (None, True, False):
        answered = replace(facts, illegal_drugs=answer)
        change = found("no_illegal_drugs", answered).change
        assert change is not None
        assert found("no_illegal_drugs", replace(answered, **change.facts)).verdict is MET
