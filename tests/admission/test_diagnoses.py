"""The list of diagnoses: complete, found by what a doctor types, and clear about cancer."""

import re

import pytest

from admission.diagnoses import DIAGNOSES, Diagnosis, Hint, find, search


def codes(text: str) -> list[str]:
    return [diagnosis.code for diagnosis in search(text)]


def test_every_listed_diagnosis_has_an_sks_code_a_text_and_a_hint() -> None:
    assert len(DIAGNOSES) == 34
    for code, diagnosis in DIAGNOSES.items():
        assert re.fullmatch(r"D[A-Z]\d{2,3}", code)
        assert (diagnosis.code, bool(diagnosis.text), bool(diagnosis.hints)) == (code, True, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lænde", ["DM545", "DM544"]),
        ("LÆNDESMERTER ischias", ["DM544"]),
        ("ischias lænde", ["DM544"]),
        ("laendesmerter uns", ["DM545"]),
        ("migræne", ["DG43"]),
        ("migraene", ["DG43"]),
        ("rygmarvslaesion", ["DT913"]),
        ("disku rad", ["DM511"]),
        ("dm797", ["DM797"]),
        ("M79.7", ["DM797"]),
        ("DG4", ["DG43", "DG44"]),
        ("fibromyalgí", ["DM797"]),
        ("  cervikale   rygsmerter ", ["DM542"]),
        ("hoved-pine", ["DG44", "DR51"]),
        ("findes ikke", []),
    ],
)
def test_a_search_takes_words_as_doctors_type_them(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


def test_a_letter_with_a_separate_ring_is_an_å() -> None:
    assert codes("fora\u030arsaget") == codes("forårsaget") == codes("foraarsaget") == ["DF192"]


def test_a_search_without_words_shows_them_all() -> None:
    assert search("  ") == list(DIAGNOSES.values())


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("DR522", "DR522"),
        ("dr522", "DR522"),
        (" DM54.5 ", "DM545"),
        ("DG431", "DG43"),
        ("DF32.2", "DF32"),
        ("DM545+TUL1", "DM545"),
        ("M54.5", "DM545"),
    ],
)
def test_a_code_is_found_as_it_is_written(code: str, found: str) -> None:
    assert find(code) is DIAGNOSES[found]


@pytest.mark.parametrize("code", ["", "D", "DC509", "M99", "DM54", "+TUL1"])
def test_a_code_that_is_not_listed_is_not_guessed(code: str) -> None:
    assert find(code) is None


@pytest.mark.parametrize(
    ("code", "malignant"),
    [("DC00", True), ("DC509", True), ("DC970", True), ("DC98", False), ("DD05", False)],
)
def test_cancer_is_every_code_from_dc00_to_dc97(code: str, malignant: bool) -> None:
    diagnosis = Diagnosis(code, "…")
    assert diagnosis.malignant is malignant
    assert diagnosis.hints_at(Hint.ACTIVE_CANCER) is malignant


def test_malignant_pain_is_the_only_listed_cancer() -> None:
    assert [code for code, diagnosis in DIAGNOSES.items() if diagnosis.malignant] == ["DR521"]


def test_opioid_dependence_is_a_reason_to_come_and_no_exclusion() -> None:
    assert DIAGNOSES["DF112"].hints == {Hint.OPIOID_DEPENDENCE}


def test_a_diagnosis_is_shown_with_its_code() -> None:
    assert str(DIAGNOSES["DG43"]) == "Migræne (DG43)"
