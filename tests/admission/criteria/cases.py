"""A patient the centre can receive, and every other that can be thought of."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from admission.criteria import (
    CRITERIA,
    Alcohol,
    Cancer,
    Facts,
    Finding,
    Headache,
    OpioidContext,
    Question,
    Situation,
)
from admission.criteria.facts import ListedOpioids, as_in_number
from admission.diagnoses import DIAGNOSES, Diagnosis
from admission.judging import judge
from admission.rules import DECK

RECEIVED = date(2026, 11, 14)

BREAST_CANCER = Diagnosis("DC509", "Brystkræft UNS")

NOTHING_ANSWERED = Facts(received_on=RECEIVED)

RECEIVABLE = Facts(
    received_on=RECEIVED,
    question=Question.TREATMENT,
    birth_date=date(1960, 1, 2),
    diagnosis=DIAGNOSES["DM545"],
    pain_since=date(2021, 3, 1),
    worked_up=True,
    fully_treated=True,
    cancer=Cancer.NEVER,
    headache=Headache.NONE,
    illegal_drugs=False,
    alcohol=Alcohol.NONE_OR_MODERATE,
    able_to_attend=True,
    psychological=False,
    social=False,
    neurostimulation=False,
    opioid_dependence=False,
    cannabinoids=False,
)


def found(code: str, facts: Facts) -> Finding:
    """What one criterion finds, whether it is asked of these facts or not."""
    return CRITERIA[code].find(facts, DECK.criteria[code])


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
yes_no = st.none() | st.booleans()
words = st.sampled_from(["", " ", "MR-skanning", "kroniske rygsmerter"])

# For every fact, what it may be, unanswered among it.
ANSWERS: dict[str, st.SearchStrategy[Any]] = {
    "received_on": days,
    "from_hospital": st.booleans(),
    "question": st.none() | st.sampled_from(Question),
    "birth_date": st.none() | days,
    "born_by_number": st.just("") | days.map(as_in_number),
    "diagnosis": st.none() | st.sampled_from([*DIAGNOSES.values(), BREAST_CANCER]),
    "diagnosis_text": words,
    "pain_since": st.none() | days,
    "worked_up": yes_no,
    "work_up_missing": words,
    "fully_treated": yes_no,
    "treatment_missing": words,
    "cancer": st.none() | st.sampled_from(Cancer),
    "headache": st.none() | st.sampled_from(Headache),
    "illegal_drugs": yes_no,
    "alcohol": st.none() | st.sampled_from(Alcohol),
    "able_to_attend": yes_no,
    "psychological": yes_no,
    "social": yes_no,
    "neurostimulation": yes_no,
    "opioid_dependence": yes_no,
    "cannabinoids": yes_no,
    "situations": st.frozensets(st.sampled_from(Situation)),
    "morphine_mg_at_discharge": st.none() | st.decimals(0, 1000, places=2),
    "opioid_contexts": st.frozensets(st.sampled_from(OpioidContext)),
    "takes_opioids": yes_no,
    "listed": st.none()
    | st.builds(
        ListedOpioids,
        drugs=st.sampled_from([(), ("morfin",), ("morfin", "tramadol")]),
        regular=st.decimals(0, 200, places=1),
        as_needed=st.decimals(0, 200, places=1),
        at_least=st.booleans(),
    ),
}

UNANSWERED: dict[str, Any] = {
    field.name: field.default for field in fields(Facts) if field.name != "received_on"
}

all_facts: st.SearchStrategy[Facts] = st.builds(Facts, **ANSWERS)

MORE_THAN_SIXTY = Decimal("60.01")


def judged(facts: Facts) -> tuple[Finding, ...]:
    """What the deck's version finds."""
    return judge(facts, DECK)
