"""The sentence that says what would change an answer, for every criterion in both languages."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from admission.criteria import (
    CRITERIA,
    Alcohol,
    Cancer,
    Headache,
    Verdict,
)
from admission.criteria.answers import ANOTHER_DIAGNOSIS
from admission.diagnoses import DIAGNOSES
from admission.judging import judge
from admission.rules import DECK_CONTENT, Rules
from tests.admission.criteria.cases import (
    BREAST_CANCER,
    RECEIVABLE,
    followed,
    found,
)

MIGRAINE, ALCOHOLISM = DIAGNOSES["DG43"], DIAGNOSES["DF102"]
MALIGNANT_PAIN, CANNABIS = DIAGNOSES["DR521"], DIAGNOSES["DF122"]
OWN_WORDS: dict[str, Any] = {"diagnosis": None, "diagnosis_text": "smerter efter brok"}
BORN_2_JANUARY = date(1960, 1, 2)

# Criterion, what is different from a patient the centre can receive, the change of facts,
# and the change as it is said in Danish and in English.
CHANGES: list[tuple[str, dict[str, Any], dict[str, Any], str, str]] = [
    (
        "non_malignant", {"diagnosis": MALIGNANT_PAIN, "cancer": Cancer.ACTIVE},
        {"diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis smerterne ikke skyldes kræft",
        "Met if the pain is not caused by cancer",
    ),
    (
        "non_malignant", {"diagnosis": BREAST_CANCER, "cancer": None},
        {"diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis smerterne ikke skyldes kræft",
        "Met if the pain is not caused by cancer",
    ),
    (
        "non_malignant", {"diagnosis": MALIGNANT_PAIN},
        {"diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis smerterne ikke skyldes kræft",
        "Met if the pain is not caused by cancer",
    ),
    (
        "non_malignant", {"diagnosis": None},
        {"diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis smerterne ikke skyldes kræft",
        "Met if the pain is not caused by cancer",
    ),
    (
        "non_malignant", OWN_WORDS | {"cancer": Cancer.ACTIVE},
        {"diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis smerterne ikke skyldes kræft",
        "Met if the pain is not caused by cancer",
    ),
    (
        "non_malignant", OWN_WORDS | {"cancer": None},
        {"cancer": Cancer.NEVER},
        "Opfyldt, hvis patienten ikke har aktiv kræft",
        "Met if the patient does not have active cancer",
    ),
    (
        "adult", {"birth_date": date(2009, 5, 3)},
        {"received_on": date(2027, 5, 3)},
        "Opfyldt fra 3. maj 2027, når patienten fylder 18 år",
        "Met from 3 May 2027, when the patient turns 18 years old",
    ),
    (
        "adult", {"birth_date": None},
        {"birth_date": date(2008, 11, 14)},
        "Opfyldt, hvis patienten er født senest 14. november 2008",
        "Met if the patient was born no later than 14 November 2008",
    ),
    (
        "adult", {"birth_date": date(2026, 11, 15)},
        {"birth_date": date(2008, 11, 14)},
        "Opfyldt, hvis patienten er født senest 14. november 2008",
        "Met if the patient was born no later than 14 November 2008",
    ),
    (
        "adult", {"birth_date": BORN_2_JANUARY, "born_by_number": "010160"},
        {"born_by_number": "020160"},
        "Opfyldt, hvis patienten også ifølge erstatningsnummeret er født 02.01.60",
        "Met if the patient was born on 02.01.60 according to the replacement number as well",
    ),
    (
        "adult", {"birth_date": None, "born_by_number": "010160"},
        {"birth_date": date(1960, 1, 1)},
        "Opfyldt, hvis patienten er født 1. januar 1960 som i erstatningsnummeret",
        "Met if the patient was born on 1 January 1960, as in the replacement number",
    ),
    (
        "adult", {"birth_date": date(2015, 1, 1), "born_by_number": "151108"},
        {"birth_date": date(1908, 11, 15)},
        "Opfyldt, hvis patienten er født 15. november 1908 som i erstatningsnummeret",
        "Met if the patient was born on 15 November 1908, as in the replacement number",
    ),
    (
        "adult", {"birth_date": None, "born_by_number": "290201"},
        {"birth_date": date(2008, 11, 14), "born_by_number": "141108"},
        "Opfyldt, hvis patienten er født senest 14. november 2008, også ifølge erstatningsnummeret",
        "Met if the patient was born no later than 14 November 2008, also according to the "
        "replacement number",
    ),
    (
        "duration", {"pain_since": date(2026, 9, 14)},
        {"received_on": date(2027, 3, 14)},
        "Opfyldt fra 14. marts 2027, når smerterne har varet 6 måneder",
        "Met from 14 March 2027, when the pain has lasted 6 months",
    ),
    (
        "duration", {"pain_since": date(2026, 8, 31)},
        {"received_on": date(2027, 2, 28)},
        "Opfyldt fra 28. februar 2027, når smerterne har varet 6 måneder",
        "Met from 28 February 2027, when the pain has lasted 6 months",
    ),
    (
        "duration", {"pain_since": None},
        {"pain_since": date(2026, 5, 14)},
        "Opfyldt, hvis smerterne begyndte senest 14. maj 2026",
        "Met if the pain began no later than 14 May 2026",
    ),
    (
        "duration", {"pain_since": date(2026, 11, 15)},
        {"pain_since": date(2026, 5, 14)},
        "Opfyldt, hvis smerterne begyndte senest 14. maj 2026",
        "Met if the pain began no later than 14 May 2026",
    ),
    (
        "worked_up", {"worked_up": False},
        {"worked_up": True},
        "Opfyldt, når udredningen er afsluttet",
        "Met when the work-up is complete",
    ),
    (
        "worked_up", {"worked_up": False, "work_up_missing": "MR-skanning"},
        {"worked_up": True},
        "Opfyldt, når udredningen er afsluttet",
        "Met when the work-up is complete",
    ),
    (
        "worked_up", {"worked_up": None},
        {"worked_up": True},
        "Opfyldt, hvis patienten er færdigudredt",
        "Met if the patient is fully worked up",
    ),
    (
        "fully_treated", {"fully_treated": False},
        {"fully_treated": True},
        "Opfyldt, når behandlingen i de relevante specialer er afsluttet",
        "Met when treatment in the relevant specialties is complete",
    ),
    (
        "fully_treated", {"fully_treated": None},
        {"fully_treated": True},
        "Opfyldt, hvis patienten er færdigbehandlet",
        "Met if the patient is fully treated",
    ),
    (
        "no_active_cancer", {"cancer": Cancer.ACTIVE},
        {"cancer": Cancer.PAST},
        "Opfyldt, når kræften ikke længere er aktiv",
        "Met when the cancer is no longer active",
    ),
    (
        "no_active_cancer", {"cancer": None},
        {"cancer": Cancer.NEVER},
        "Opfyldt, hvis patienten ikke har aktiv kræft",
        "Met if the patient does not have active cancer",
    ),
    (
        "no_active_cancer", {"diagnosis": BREAST_CANCER},
        {"diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis diagnosen er en anden end Brystkræft UNS",
        "Met if the diagnosis is other than Brystkræft UNS",
    ),
    (
        "no_active_cancer", {"diagnosis": MALIGNANT_PAIN, "cancer": Cancer.ACTIVE},
        {"cancer": Cancer.PAST, "diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, når kræften ikke længere er aktiv, og diagnosen er en anden end Maligne smerter",
        "Met when the cancer is no longer active and the diagnosis is other than Maligne smerter",
    ),
    (
        "no_active_cancer", {"diagnosis": MALIGNANT_PAIN, "cancer": None},
        {"cancer": Cancer.NEVER, "diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis patienten ikke har aktiv kræft, og diagnosen er en anden end "
        "Maligne smerter",
        "Met if the patient does not have active cancer and the diagnosis is other than "
        "Maligne smerter",
    ),
    (
        "headache_not_main", {"headache": Headache.MAIN},
        {"headache": Headache.BESIDE},
        "Opfyldt, hvis hovedpine ikke er hovedproblemet",
        "Met if headache is not the main problem",
    ),
    (
        "headache_not_main", {"headache": None},
        {"headache": Headache.BESIDE},
        "Opfyldt, hvis hovedpine ikke er hovedproblemet",
        "Met if headache is not the main problem",
    ),
    (
        "headache_not_main", {"diagnosis": MIGRAINE},
        {"diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis diagnosen er en anden end Migræne",
        "Met if the diagnosis is other than Migræne",
    ),
    (
        "headache_not_main", {"diagnosis": MIGRAINE, "headache": Headache.MAIN},
        {"headache": Headache.BESIDE, "diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis hovedpine ikke er hovedproblemet, og diagnosen er en anden end Migræne",
        "Met if headache is not the main problem and the diagnosis is other than Migræne",
    ),
    (
        "no_illegal_drugs", {"illegal_drugs": True},
        {"illegal_drugs": False},
        "Opfyldt, når misbruget er ophørt",
        "Met when the misuse has ceased",
    ),
    (
        "no_illegal_drugs", {"illegal_drugs": None},
        {"illegal_drugs": False},
        "Opfyldt, hvis patienten ikke har et illegalt misbrug",
        "Met if the patient does not misuse illegal drugs",
    ),
    (
        "no_illegal_drugs", {"diagnosis": CANNABIS},
        {"diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis diagnosen er en anden end Cannabisafhængighedssyndrom",
        "Met if the diagnosis is other than Cannabisafhængighedssyndrom",
    ),
    (
        "no_illegal_drugs", {"diagnosis": CANNABIS, "illegal_drugs": True},
        {"illegal_drugs": False, "diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, når misbruget er ophørt, og diagnosen er en anden end "
        "Cannabisafhængighedssyndrom",
        "Met when the misuse has ceased and the diagnosis is other than "
        "Cannabisafhængighedssyndrom",
    ),
    (
        "no_uncontrolled_alcohol", {"alcohol": Alcohol.UNCONTROLLED},
        {"alcohol": Alcohol.CONTROLLED},
        "Opfyldt, når alkoholforbruget er under kontrol",
        "Met when alcohol use is under control",
    ),
    (
        "no_uncontrolled_alcohol", {"alcohol": None},
        {"alcohol": Alcohol.CONTROLLED},
        "Opfyldt, hvis alkoholforbruget er under kontrol",
        "Met if alcohol use is under control",
    ),
    (
        "no_uncontrolled_alcohol", {"diagnosis": ALCOHOLISM},
        {"diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, hvis diagnosen er en anden end Alkoholafhængighedssyndrom",
        "Met if the diagnosis is other than Alkoholafhængighedssyndrom",
    ),
    (
        "no_uncontrolled_alcohol", {"diagnosis": ALCOHOLISM, "alcohol": Alcohol.UNCONTROLLED},
        {"alcohol": Alcohol.CONTROLLED, "diagnosis": ANOTHER_DIAGNOSIS},
        "Opfyldt, når alkoholforbruget er under kontrol, og diagnosen er en anden end "
        "Alkoholafhængighedssyndrom",
        "Met when alcohol use is under control and the diagnosis is other than "
        "Alkoholafhængighedssyndrom",
    ),
    (
        "able_to_attend", {"able_to_attend": False},
        {"able_to_attend": True},
        "Opfyldt, når patienten kan møde i ambulatoriet",
        "Met when the patient can attend the outpatient clinic",
    ),
    (
        "able_to_attend", {"able_to_attend": None},
        {"able_to_attend": True},
        "Opfyldt, hvis patienten kan møde i ambulatoriet",
        "Met if the patient can attend the outpatient clinic",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "different", "change", "danish", "english"), CHANGES)
def test_what_would_change_the_answer_is_said_in_both_languages(
    code: str, different: dict[str, Any], change: dict[str, Any], danish: str, english: str
) -> None:
    facts = replace(RECEIVABLE, **different)
    finding = found(code, facts)
    assert finding.change
    assert finding.change.facts == change
    with override("da"):
        assert str(finding.change.sentence) == danish
    with override("en"):
        assert str(finding.change.sentence) == english
    assert found(code, followed(facts, finding.change)).verdict is Verdict.MET


@pytest.mark.parametrize("code", CRITERIA)
def test_the_table_has_a_change_of_every_open_and_every_unmet_criterion(code: str) -> None:
    rows = [different for row_code, different, *_ in CHANGES if row_code == code]
    verdicts = {found(code, replace(RECEIVABLE, **different)).verdict for different in rows}
    assert verdicts == {Verdict.NOT_MET, Verdict.UNKNOWN}


def test_the_sentences_name_the_limit_of_the_version() -> None:
    limits = {"adult": 16, "duration": 3}
    criteria = [
        each | ({"limit": limits[each["code"]]} if each["code"] in limits else {})
        for each in DECK_CONTENT["criteria"]
    ]
    three_months = Rules.from_json({**DECK_CONTENT, "criteria": criteria})
    new_pain = replace(RECEIVABLE, pain_since=date(2026, 9, 14), birth_date=date(2011, 5, 3))
    sentences = {
        finding.code: str(finding.change.sentence)
        for finding in judge(new_pain, three_months)
        if finding.change
    }
    assert sentences == {
        "adult": "Opfyldt fra 3. maj 2027, når patienten fylder 16 år",
        "duration": "Opfyldt fra 14. december 2026, når smerterne har varet 3 måneder",
    }
