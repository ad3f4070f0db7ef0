"""Criterion by criterion: which facts meet it, which do not, and which leave it open."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from admission.criteria import (
    CRITERIA,
    Alcohol,
    Cancer,
    Criterion,
    Destination,
    Headache,
    Verdict,
)
from admission.diagnoses import DIAGNOSES
from admission.rules import DECK
from tests.admission.criteria.cases import (
    ANSWERS,
    BREAST_CANCER,
    NOTHING_ANSWERED,
    RECEIVABLE,
    RECEIVED,
    found,
    judged,
)

MET, NOT_MET, UNKNOWN = Verdict.MET, Verdict.NOT_MET, Verdict.UNKNOWN
MIGRAINE = DIAGNOSES["DG43"]
MALIGNANT_PAIN = DIAGNOSES["DR521"]
OWN_WORDS: dict[str, Any] = {"diagnosis": None, "diagnosis_text": "smerter efter brok"}

# criterion, what is different from a patient the centre can receive, verdict, the fact in words
TABLE: list[tuple[str, dict[str, Any], Verdict, str]] = [
    ("non_malignant", {}, MET, "Lændesmerter UNS"),
    ("non_malignant", {"cancer": None}, MET, "Lændesmerter UNS"),
    ("non_malignant", {"cancer": Cancer.ACTIVE}, MET, "Lændesmerter UNS"),
    ("non_malignant", OWN_WORDS, MET, "smerter efter brok"),
    ("non_malignant", OWN_WORDS | {"cancer": Cancer.PAST}, MET, "smerter efter brok"),
    ("non_malignant", OWN_WORDS | {"cancer": None}, UNKNOWN, "smerter efter brok"),
    ("non_malignant", OWN_WORDS | {"cancer": Cancer.ACTIVE}, UNKNOWN, "smerter efter brok"),
    ("non_malignant", {"diagnosis": None}, UNKNOWN, "ikke besvaret"),
    ("non_malignant", {"diagnosis": None, "diagnosis_text": " "}, UNKNOWN, "ikke besvaret"),
    ("non_malignant", {"diagnosis": MALIGNANT_PAIN, "cancer": None}, NOT_MET, "Maligne smerter"),
    (
        "non_malignant",
        {"diagnosis": BREAST_CANCER, "cancer": Cancer.ACTIVE},
        NOT_MET,
        "Brystkræft UNS",
    ),
    ("non_malignant", {"diagnosis": MALIGNANT_PAIN}, UNKNOWN, "Maligne smerter"),
    ("adult", {}, MET, "66 år"),
    ("adult", {"birth_date": date(2008, 11, 14)}, MET, "18 år"),
    ("adult", {"birth_date": date(2008, 11, 15)}, NOT_MET, "17 år"),
    ("adult", {"birth_date": RECEIVED}, NOT_MET, "0 år"),
    ("adult", {"birth_date": date(2026, 11, 15)}, UNKNOWN, "15. november 2026"),
    ("adult", {"birth_date": None}, UNKNOWN, "ikke besvaret"),
    ("duration", {}, MET, "5 år"),
    ("duration", {"pain_since": date(2026, 5, 14)}, MET, "6 måneder"),
    ("duration", {"pain_since": date(2026, 5, 15)}, NOT_MET, "5 måneder"),
    ("duration", {"pain_since": date(2026, 10, 1)}, NOT_MET, "1 måned"),
    ("duration", {"pain_since": RECEIVED}, NOT_MET, "under 1 måned"),
    ("duration", {"pain_since": date(2024, 12, 1)}, MET, "23 måneder"),
    ("duration", {"pain_since": date(2024, 11, 14)}, MET, "2 år"),
    ("duration", {"pain_since": date(2026, 11, 15)}, UNKNOWN, "15. november 2026"),
    ("duration", {"pain_since": None}, UNKNOWN, "ikke besvaret"),
    ("worked_up", {}, MET, "færdigudredt"),
    ("worked_up", {"worked_up": False}, NOT_MET, "ikke færdigudredt"),
    (
        "worked_up",
        {"worked_up": False, "work_up_missing": "MR-skanning"},
        NOT_MET,
        "ikke færdigudredt, mangler: MR-skanning",
    ),
    ("worked_up", {"worked_up": None}, UNKNOWN, "ikke besvaret"),
    ("fully_treated", {}, MET, "færdigbehandlet"),
    ("fully_treated", {"fully_treated": False}, NOT_MET, "ikke færdigbehandlet"),
    (
        "fully_treated",
        {"fully_treated": False, "treatment_missing": "rygkirurgi"},
        NOT_MET,
        "ikke færdigbehandlet, mangler: rygkirurgi",
    ),
    ("fully_treated", {"fully_treated": None}, UNKNOWN, "ikke besvaret"),
    ("no_active_cancer", {}, MET, "ingen kræft"),
    ("no_active_cancer", {"cancer": Cancer.PAST}, MET, "tidligere kræft, ikke aktiv"),
    ("no_active_cancer", {"cancer": Cancer.ACTIVE}, NOT_MET, "aktiv kræft"),
    ("no_active_cancer", {"cancer": None}, UNKNOWN, "ikke besvaret"),
    ("headache_not_main", {}, MET, "ingen hovedpine"),
    (
        "headache_not_main",
        {"headache": Headache.BESIDE},
        MET,
        "hovedpine ved siden af en anden smertetilstand",
    ),
    ("headache_not_main", {"headache": Headache.MAIN}, NOT_MET, "hovedpine er hovedproblemet"),
    ("headache_not_main", {"headache": None}, UNKNOWN, "ikke besvaret"),
    ("no_illegal_drugs", {}, MET, "intet illegalt misbrug"),
    ("no_illegal_drugs", {"opioid_dependence": True}, MET, "intet illegalt misbrug"),
    ("no_illegal_drugs", {"diagnosis": DIAGNOSES["DF112"]}, MET, "intet illegalt misbrug"),
    ("no_illegal_drugs", {"illegal_drugs": True}, NOT_MET, "illegalt misbrug"),
    ("no_illegal_drugs", {"illegal_drugs": None}, UNKNOWN, "ikke besvaret"),
    ("no_uncontrolled_alcohol", {}, MET, "intet eller moderat forbrug"),
    (
        "no_uncontrolled_alcohol",
        {"alcohol": Alcohol.CONTROLLED},
        MET,
        "stort, men kontrolleret forbrug",
    ),
    (
        "no_uncontrolled_alcohol",
        {"alcohol": Alcohol.UNCONTROLLED},
        NOT_MET,
        "ukontrollabelt forbrug",
    ),
    ("no_uncontrolled_alcohol", {"alcohol": None}, UNKNOWN, "ikke besvaret"),
    ("able_to_attend", {}, MET, "kan møde frem"),
    ("able_to_attend", {"able_to_attend": False}, NOT_MET, "kan ikke møde frem"),
    ("able_to_attend", {"able_to_attend": None}, UNKNOWN, "ikke besvaret"),
]


@pytest.mark.parametrize(("code", "changes", "verdict", "fact"), TABLE)
def test_a_criterion_judges_the_facts(
    code: str, changes: dict[str, Any], verdict: Verdict, fact: str
) -> None:
    finding = found(code, replace(RECEIVABLE, **changes))
    assert (finding.verdict, finding.fact) == (verdict, fact)


@pytest.mark.parametrize("code", CRITERIA)
def test_the_table_has_every_verdict_of_every_criterion(code: str) -> None:
    assert {verdict for row_code, _, verdict, _ in TABLE if row_code == code} == set(Verdict)


# The destinations of the deck's arrows; what is not finished goes back to the referrer.
DESTINATIONS = {
    "non_malignant": Destination.PALLIATIVE,
    "adult": Destination.PAEDIATRIC,
    "duration": Destination.REFERRER,
    "worked_up": Destination.REFERRER,
    "fully_treated": Destination.REFERRER,
    "no_active_cancer": Destination.PALLIATIVE,
    "headache_not_main": Destination.HEADACHE,
    "no_illegal_drugs": Destination.MISUSE,
    "no_uncontrolled_alcohol": Destination.ALCOHOL,
    "able_to_attend": Destination.REFERRER,
}


@pytest.mark.parametrize(("code", "changes", "verdict", "fact"), TABLE)
def test_only_what_is_not_met_has_a_consequence(
    code: str, changes: dict[str, Any], verdict: Verdict, fact: str
) -> None:
    finding = found(code, replace(RECEIVABLE, **changes))
    if verdict is NOT_MET:
        assert finding.destination is DESTINATIONS[code]
        assert finding.consequence == DECK.criteria[code].consequence
    else:
        assert (finding.destination, finding.consequence) == (None, "")


@pytest.mark.parametrize(("code", "changes", "verdict", "fact"), TABLE)
def test_only_what_is_met_has_nothing_that_would_change_it(
    code: str, changes: dict[str, Any], verdict: Verdict, fact: str
) -> None:
    finding = found(code, replace(RECEIVABLE, **changes))
    assert (finding.change is None) == (verdict is MET)
    assert bool(finding.question) or verdict is not UNKNOWN


def test_criteria_stand_in_the_decks_order() -> None:
    assert list(CRITERIA) == list(DECK.criteria) == list(DESTINATIONS)


def test_every_criterion_is_asked_when_nothing_is_answered() -> None:
    findings = judged(NOTHING_ANSWERED)
    assert {finding.verdict for finding in findings} == {UNKNOWN}
    assert [finding.asks for finding in findings] == [
        ("diagnosis",),
        ("birth_date",),
        ("pain_since",),
        ("worked_up",),
        ("fully_treated",),
        ("cancer",),
        ("headache",),
        ("illegal_drugs",),
        ("alcohol",),
        ("able_to_attend",),
    ]


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_a_criterion_names_only_facts_that_exist(criterion: Criterion) -> None:
    assert set(criterion.facts) <= set(ANSWERS)


def test_the_decks_sentences_name_the_limit() -> None:
    adult, duration = DECK.criteria["adult"], DECK.criteria["duration"]
    assert (adult.limit, duration.limit) == (18, 6)
    for wording in (adult.sentence, adult.name, adult.consequence):
        assert "18 år" in wording.da
        assert "18 years" in wording.en
    for wording in (duration.sentence, duration.name, duration.consequence):
        assert "6 måneder" in wording.da
        assert "6 months" in wording.en


def test_no_wording_is_left_empty_or_with_a_place_for_its_limit() -> None:
    criteria, tracks = DECK.criteria.values(), DECK.tracks.values()
    texts = [wording for rule in criteria for wording in (rule.name, rule.consequence)]
    texts += [wording for rule in criteria for wording in (rule.sentence, rule.source)]
    texts += [wording for rule in tracks for wording in (rule.sentence, rule.source)]
    assert not [text for text in texts if "{" in text.da + text.en or not (text.da and text.en)]


def test_what_is_missing_is_asked_for_when_the_referrer_does_not_say() -> None:
    finding = found("worked_up", replace(RECEIVABLE, worked_up=False))
    assert (finding.question, finding.asks) == ("Hvad mangler?", ("work_up_missing",))
    told = found("worked_up", replace(RECEIVABLE, worked_up=False, work_up_missing="MR"))
    assert (told.question, told.asks) == ("", ())
