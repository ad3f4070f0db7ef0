"""What is kept of a judging: facts and findings, the same byte for byte, and read back."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given

from admission.criteria import CRITERIA, Cancer, Facts, Finding, Verdict
from admission.criteria.criterion import LookedAt
from admission.diagnoses import DIAGNOSES
from admission.judging import judge
from admission.kept import finding_as_json, finding_from_json
from admission.looked_at import NAMES
from admission.routing import Routing, propose
from admission.rules import Rules
from tests.admission.criteria.cases import (
    ANSWERS,
    NOTHING_ANSWERED,
    RECEIVABLE,
    RECEIVED,
    all_facts,
    all_rules,
    found,
    judged,
)

SOURCES = dict.fromkeys(ANSWERS, "formularen")


def kept(facts: Facts, rules: Rules) -> str:
    findings = [finding_as_json(finding, facts, SOURCES) for finding in judge(facts, rules)]
    return json.dumps([findings, propose(facts, rules).as_json()])


def read_back(facts: Facts) -> Facts:
    return Facts.from_json(json.loads(json.dumps(facts.as_json())))


@given(all_facts)
def test_facts_are_kept_as_plain_values_and_read_back(facts: Facts) -> None:
    assert read_back(facts) == facts
    assert json.dumps(read_back(facts).as_json()) == json.dumps(facts.as_json())


def test_what_nobody_answered_is_not_kept() -> None:
    assert NOTHING_ANSWERED.as_json() == {"received_on": "2026-11-14"}


def test_a_fact_that_is_unknown_today_cannot_be_read() -> None:
    with pytest.raises(TypeError):
        Facts.from_json({"received_on": "2026-11-14", "shoe_size": 43})
    with pytest.raises(ValueError, match="perhaps"):
        Facts.from_json({"received_on": "2026-11-14", "cancer": "perhaps"})


@given(all_facts, all_rules)
def test_same_facts_and_version_keep_the_same_findings_byte_for_byte(
    facts: Facts, rules: Rules
) -> None:
    assert kept(facts, rules) == kept(facts, rules) == kept(read_back(facts), rules)


@given(all_facts, all_rules)
def test_facts_read_back_are_judged_the_same(facts: Facts, rules: Rules) -> None:
    assert judge(read_back(facts), rules) == judge(facts, rules)
    assert propose(read_back(facts), rules) == propose(facts, rules)


def tells(facts: Facts, name: str) -> bool:
    """What only goes with another answer is left out while it says nothing."""
    return bool(getattr(facts, name) != (None if name == "pain_since_latest" else ""))


@given(all_facts, all_rules)
def test_a_finding_is_kept_in_words_and_read_back(facts: Facts, rules: Rules) -> None:
    for finding in judge(facts, rules):
        as_json = finding_as_json(finding, facts, SOURCES)
        back = finding_from_json(json.loads(json.dumps(as_json)))
        assert (back.code, back.verdict, back.destination, back.asks) == (
            finding.code, finding.verdict, finding.destination, finding.asks,
        )  # fmt: skip
        assert words(back) == words(finding)
        assert back.is_answered == finding.is_answered
        assert [each.fact for each in back.looked_at] == [
            name for name in CRITERIA[finding.code].facts if tells(facts, name)
        ]


def words(finding: Finding) -> tuple[str, ...]:
    change = str(finding.change.sentence) if finding.change else ""
    texts = (finding.name, finding.fact, finding.sentence, finding.consequence, finding.question)
    return (*map(str, texts), change)


@given(all_facts, all_rules)
def test_a_routing_is_kept_as_plain_strings_and_read_back(facts: Facts, rules: Rules) -> None:
    routing = propose(facts, rules)
    assert Routing.from_json(json.loads(json.dumps(routing.as_json()))) == routing


def test_a_finding_is_kept_with_all_it_looked_at() -> None:
    facts = replace(RECEIVABLE, pain_since=RECEIVED)
    assert finding_as_json(found("duration", facts), facts, {"pain_since": "feltet »Siden«"}) == {
        "code": "duration",
        "name": "Smerter i mindst 6 måneder",
        "verdict": "not_met",
        "fact": "under 1 måned",
        "sentence": "Smertetilstanden skal have varet mindst 6 måneder",
        "consequence": "Smerter, der har varet under 6 måneder, behandles fortsat hos egen læge: "
        "henvis igen, når de har varet 6 måneder.",
        "destination": "referrer",
        "question": "",
        "asks": [],
        "change": "Opfyldt fra 14. maj 2027, når smerterne har varet 6 måneder",
        "looked_at": [
            ["pain_since", "Smertedebut", "14. november 2026", "feltet »Siden«"],
            ["received_on", "Henvisningen modtaget", "14. november 2026", ""],
        ],
    }


def test_a_finding_is_kept_in_the_language_of_the_moment() -> None:
    finding, facts = found("duration", RECEIVABLE), RECEIVABLE
    with override("en"):
        as_kept = finding_as_json(finding, facts, {})
    back = finding_from_json(as_kept)
    assert (back.fact, back.name) == ("5 years", "Pain for at least 6 months")


def test_the_value_of_a_fact_without_an_answer_has_no_source() -> None:
    facts = replace(NOTHING_ANSWERED, diagnosis=DIAGNOSES["DG43"])
    as_kept = finding_as_json(found("headache_not_main", facts), facts, SOURCES)
    headache, diagnosis = finding_from_json(as_kept).looked_at
    assert (headache.fact, headache.source) == ("headache", "")
    assert diagnosis == LookedAt("diagnosis", "Smertediagnose", "Migræne (DG43)", "formularen")


def test_every_fact_has_a_name() -> None:
    assert NAMES.keys() == ANSWERS.keys()


@pytest.mark.parametrize(
    ("verdict", "remedy", "question", "change"),
    [
        ("unknown", "Er patienten færdigudredt?", "Er patienten færdigudredt?", None),
        ("not_met", "Opfyldt fra 14. maj 2027", "", "Opfyldt fra 14. maj 2027"),
        ("met", "", "", None),
    ],
)
def test_what_was_kept_before_questions_and_changes_were_told_apart_is_read(
    verdict: str, remedy: str, question: str, change: str | None
) -> None:
    before: dict[str, Any] = {
        "code": "duration",
        "name": "Smerter i mindst 6 måneder",
        "verdict": verdict,
        "fact": "under 1 måned",
        "sentence": "Smertetilstanden skal have varet mindst 6 måneder",
        "consequence": "",
        "destination": None,
        "remedy": remedy,
        "asks": [],
    }
    back = finding_from_json(before)
    assert (back.verdict, back.question) == (Verdict(verdict), question)
    assert (back.change and back.change.sentence) == change
    assert back.looked_at == ()


def test_words_kept_do_not_change_with_the_rules() -> None:
    facts = replace(RECEIVABLE, birth_date=date(2015, 1, 1), cancer=Cancer.ACTIVE)
    as_kept = [finding_as_json(finding, facts, {}) for finding in judged(facts)]
    with override("en"):
        again = [finding_from_json(each) for each in as_kept]
        refused = [each.consequence for each in again if each.verdict is Verdict.NOT_MET]
    assert [str(consequence)[:18] for consequence in refused] == [
        "Børn og unge under",
        "Patienter med akti",
    ]
