"""Typed answers read as facts, as sections and as what is missing."""

import datetime as dt
from dataclasses import fields
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from admission.criteria import Facts, Question
from admission.judging import judge
from admission.routing import propose
from admission.rules import DECK
from pathways.tracks import Track
from referrals.answers import (
    facts_of,
    field_choices,
    field_label,
    open_questions,
    problems,
    question_link,
    sections,
)
from referrals.answers.questions import field_anchor
from referrals.forms import FORMS
from staff.models import ReferringUnit
from tests.referrals import cases

TODAY = dt.date(2026, 11, 16)
# The rules in force on the day are looked up.
pytestmark = pytest.mark.django_db

PRACTICE = ReferringUnit(kind=ReferringUnit.Kind.PRACTICE, name="Lægerne")
DEPARTMENT = ReferringUnit(kind=ReferringUnit.Kind.DEPARTMENT, name="Ortopæd. afd.")
SUBACUTE = {
    "question": {
        "question": "follow_up",
        "situations": ["opioids_at_discharge"],
        "discharge_dose": "62,5",
        "opioid_contexts": ["naive_before"],
    }
}
# The dose is stated instead: what stands on the list would have to be confirmed.
NO_LIST: dict[str, Any] = {"medicine": {"line": []}}
OPTIMAL = {"question": {"question": "optimal"}}


def missing(answers: dict[str, Any], unit: ReferringUnit = PRACTICE) -> set[str]:
    return {f"{problem.step}.{problem.field}" for problem in problems(answers, unit, TODAY)}


@pytest.mark.parametrize(
    ("changes", "unit", "track"),
    [
        ((), PRACTICE, Track.SINGLE),
        ((cases.COMPLEX,), PRACTICE, Track.INTERDISCIPLINARY),
        ((OPTIMAL,), PRACTICE, Track.FAST),
        ((SUBACUTE, NO_LIST), DEPARTMENT, Track.SUBACUTE),
        ((cases.ADVICE,), PRACTICE, None),
    ],
)
def test_whole_answers_give_the_track_and_lack_nothing(
    changes: Any, unit: ReferringUnit, track: Track | None
) -> None:
    answers = cases.answers(*changes)
    assert propose(facts_of(answers, unit, TODAY), DECK).proposal == track
    assert missing(answers, unit) == set()
    assert open_questions(answers, unit, TODAY) == []


def test_a_dose_means_the_same_in_every_language() -> None:
    for language in ("da", "en"):
        with override(language):
            facts = facts_of(cases.answers(SUBACUTE), DEPARTMENT, TODAY)
        assert facts.morphine_mg_at_discharge == Decimal("62.5")


def test_a_practice_cannot_claim_the_subacute_track() -> None:
    facts = facts_of(cases.answers(SUBACUTE), PRACTICE, TODAY)
    assert facts.question is None
    assert facts.situations == frozenset()


def test_only_what_decides_is_required() -> None:
    assert missing({}) == {
        *("patient.number", "patient.given_names", "patient.family_name", "question.question"),
        *("pain.diagnosis", "pain.since_year", "workup.worked_up", "workup.fully_treated"),
        *(f"complicating.{name}" for name in ("psychological", "social", "expertise", "cancer")),
        *(f"complicating.{name}" for name in ("headache", "illegal_drugs", "alcohol")),
        "complicating.able_to_attend",
    }


def test_the_subacute_track_is_not_asked_for_duration_work_up_and_treatment() -> None:
    spared = missing({}, DEPARTMENT) - missing(SUBACUTE, DEPARTMENT)
    assert {"pain.since_year", "workup.worked_up", "workup.fully_treated"} <= spared
    assert {"complicating.psychological", "complicating.social"} <= spared
    assert "complicating.cancer" in missing(SUBACUTE, DEPARTMENT)


def test_whoever_asks_if_the_treatment_is_optimal_need_not_say_what_complicates() -> None:
    spared = missing({}) - missing(OPTIMAL)
    assert spared == {
        "question.question",
        "complicating.psychological",
        "complicating.social",
        "complicating.expertise",
    }


def test_advice_needs_little() -> None:
    advice = {"question": {"question": "advice", "help_wanted": "Hvad nu?"}}
    assert missing(advice) == {
        *("patient.number", "patient.given_names", "patient.family_name", "pain.diagnosis"),
    }


def test_not_knowing_leaves_a_question_open_but_nothing_missing() -> None:
    answers = cases.answers(cases.UNCLEAR)
    assert missing(answers) == set()
    assert open_questions(answers, PRACTICE, TODAY)


def test_what_cannot_be_read_is_a_problem_and_no_fact() -> None:
    answers = cases.answers({"pain": {"since_year": "sidste år"}})
    assert missing(answers) == {"pain.since_year"}
    assert facts_of(answers, PRACTICE, TODAY).pain_since is None


def test_every_fact_that_decides_has_a_question() -> None:
    told_otherwise = {"received_on", "from_hospital", "born_by_number", "pain_since_latest"}
    for fact in {field.name for field in fields(Facts)} - told_otherwise:
        link = question_link(fact)
        assert link is not None, fact
        assert field_anchor(*link).startswith("id_")
    assert question_link("received_on") is None


def test_the_centre_can_ask_about_every_field_by_a_name_that_stands_alone() -> None:
    names = [name for _step, fields in field_choices() for name, _label in fields]
    labels = [label for _step, fields in field_choices() for _name, label in fields]
    assert "pain.since_year" in names
    assert field_label("pain.since_year") == "Hvornår smerterne begyndte"
    assert field_label("pain.gone") == "pain.gone"
    assert len(set(labels)) == len(labels)


def test_sections_say_what_was_written_and_mark_what_was_asked() -> None:
    read = {part.step: part for part in sections(cases.answers(), ["pain.since_year"], TODAY)}
    rows = {row.label: row for row in read["pain"].rows}
    assert rows["Begyndt"].value == "marts 2024"
    assert rows["Begyndt"].is_asked
    assert rows["Styrke (NRS 0–10)"].value == "gennemsnit 6, værst 9"
    assert [row.value for row in read["medicine"].rows] == ["Morfin 10 mg 3 gange dagligt"]
    patient = {row.label: row.value for row in read["patient"].rows}
    assert patient["CPR-nummer"] == "020160-9996"
    assert patient["Adresse"] == "Testgrusgraven 3, 3.th, 3400 Hillerød"


def test_an_empty_line_is_left_out_unless_the_centre_asked_about_it() -> None:
    assert all(not part.rows for part in sections({}))
    asked = [row for part in sections({}, ["workup.imaging"]) for row in part.rows]
    assert [(row.label, row.value) for row in asked] == [("Billeddiagnostik", "")]


def test_what_cannot_be_read_is_shown_as_typed() -> None:
    rows = [row for part in sections({"pain": {"since_year": "sidste år"}}) for row in part.rows]
    assert [row.value for row in rows] == ["sidste år"]


TYPED = st.one_of(st.text(max_size=30), st.lists(st.text(max_size=10), max_size=4))
NAMES = [name for form in FORMS.values() for name in form.base_fields]
STEP = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=5), TYPED | st.none(), max_size=12)
ANSWERS = st.dictionaries(st.sampled_from([*FORMS, "review"]), STEP | st.text() | st.none())
TELLING = st.fixed_dictionaries(
    {},
    optional={
        step: st.fixed_dictionaries({}, optional=dict.fromkeys(form.base_fields, TYPED))
        for step, form in FORMS.items()
    },
)


@given(answers=ANSWERS | TELLING, unit=st.sampled_from([PRACTICE, DEPARTMENT]))
@settings(max_examples=60, deadline=None)
def test_no_typed_text_breaks_the_reading(answers: Any, unit: ReferringUnit) -> None:
    facts = facts_of(answers, unit, TODAY)
    assert len(judge(facts, DECK)) >= 7
    assert isinstance(sections(answers, NAMES, TODAY), list)
    assert all(problem.sentence for problem in problems(answers, unit, TODAY))


@given(step=st.sampled_from(list(FORMS)), typed=st.dictionaries(st.sampled_from(NAMES), TYPED))
@settings(max_examples=100, deadline=None)
def test_what_is_kept_holds_only_the_steps_own_fields_and_no_nul(step: str, typed: Any) -> None:
    kept = FORMS[step].pick(typed)
    assert set(kept) == set(FORMS[step].base_fields)
    assert "\x00" not in str(kept.values())


@given(part=st.sets(st.sampled_from(list(FORMS))))
@settings(max_examples=40, deadline=None)
def test_any_part_of_whole_answers_is_read_as_far_as_it_goes(part: set[str]) -> None:
    answers = {step: typed for step, typed in cases.answers().items() if step in part}
    facts = facts_of(answers, PRACTICE, TODAY)
    assert (facts.question == Question.TREATMENT) == ("question" in part)
    assert {name.partition(".")[0] for name in missing(answers)} == (
        set(FORMS) - part - {"medicine"}
    )
