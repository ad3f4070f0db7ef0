"""A patient the centre can receive, and every other that can be thought of."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from admission.criteria import (
    CRITERIA,
    Alcohol,
    Cancer,
    Change,
    Facts,
    Finding,
    Headache,
    OpioidContext,
    Question,
    Situation,
)
from admission.criteria.facts import ListedOpioids, as_in_number
from admission.diagnoses import DIAGNOSES, Diagnosis, Hint
from admission.judging import judge
from admission.rules import DECK, DECK_CONTENT, Rules

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


def found(code: str, facts: Facts, rules: Rules = DECK) -> Finding:
    """What one criterion finds, whether it is asked of these facts or not."""
    return CRITERIA[code].find(facts, rules.criteria[code])


def judged(facts: Facts) -> tuple[Finding, ...]:
    """What the deck's version finds."""
    return judge(facts, DECK)


def followed(facts: Facts, *changes: Change | None) -> Facts:
    """The facts once all the changes have come about: on the latest of their days of receipt."""
    together: dict[str, Any] = {}
    for change in changes:
        facts_of_change = dict(change.facts) if change else {}
        if "received_on" in together.keys() & facts_of_change.keys():
            facts_of_change["received_on"] = max(
                together["received_on"], facts_of_change["received_on"]
            )
        together |= facts_of_change
    return replace(facts, **together)


days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
yes_no = st.none() | st.booleans()
words = st.sampled_from(["", " ", "MR-skanning", "kroniske rygsmerter", "migræne", "C50"])

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
    "pain_since_latest": st.none() | days,
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
        drugs=st.sampled_from([(), ("morfin",), ("tramadol", "morfin")]),
        regular=st.decimals(0, 200, places=1),
        as_needed=st.decimals(0, 200, places=1),
        at_least=st.booleans(),
    ),
}

UNANSWERED: dict[str, Any] = {
    field.name: field.default for field in fields(Facts) if field.name != "received_on"
}

all_facts: st.SearchStrategy[Facts] = st.builds(Facts, **ANSWERS)

# A fact that contradicts the diagnosis, by the criterion that asks which of them is right.
# The latest beginning is no answer: it says how little an answer knows.
ANSWERABLE = sorted(UNANSWERED.keys() - {"pain_since_latest"})

CONTRADICTING = {
    "non_malignant": Hint.ACTIVE_CANCER,
    "no_active_cancer": Hint.ACTIVE_CANCER,
    "headache_not_main": Hint.HEADACHE,
    "no_illegal_drugs": Hint.ILLEGAL_DRUGS,
    "no_uncontrolled_alcohol": Hint.UNCONTROLLED_ALCOHOL,
}


def contradict(code: str, facts: Facts) -> bool:
    """Whether the facts may contradict each other in what the criterion looks at."""
    if code == "adult":
        return facts.number_says_otherwise
    hint = CONTRADICTING.get(code)
    return hint is not None and (facts.diagnosis_hints_at(hint) or facts.words_hint_at(hint))


@st.composite
def versions(draw: st.DrawFn) -> Rules:
    """A version that differs from the deck in limits, in whom it asks what, and in its orders."""
    limits = {"adult": draw(st.integers(1, 25)), "duration": draw(st.integers(1, 24))}
    doses = st.decimals(0, 200, places=1).map(str)
    tracks = {
        each["track"]: each
        | {"spares": draw(st.lists(st.sampled_from(list(CRITERIA)), unique=True))}
        for each in DECK_CONTENT["tracks"]
    }
    tracks["subacute"] |= {"limit": draw(doses)}
    criteria = [
        each | ({"limit": limits[each["code"]]} if each["code"] in limits else {})
        for each in DECK_CONTENT["criteria"]
    ]
    content = {
        "criteria": draw(st.permutations(criteria)),
        "tracks": draw(st.permutations(list(tracks.values()))),
    }
    return Rules.from_json(content, number=2)


all_rules: st.SearchStrategy[Rules] = st.just(DECK) | versions()
