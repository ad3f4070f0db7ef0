"""The referrals whose verdicts are frozen for every approved version of the rules."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from admission.criteria import (
    Alcohol,
    Cancer,
    Facts,
    Headache,
    OpioidContext,
    Question,
    Situation,
)
from admission.criteria.facts import ListedOpioids
from admission.diagnoses import DIAGNOSES
from tests.admission.criteria.cases import BREAST_CANCER, NOTHING_ANSWERED, RECEIVABLE

OPIOIDS = frozenset({Situation.OPIOIDS_AT_DISCHARGE})
NAIVE = frozenset({OpioidContext.NAIVE_BEFORE})
IN_HOSPITAL = replace(
    RECEIVABLE,
    from_hospital=True,
    question=Question.FOLLOW_UP,
    pain_since=date(2026, 11, 1),
    worked_up=False,
    fully_treated=False,
)
DISCHARGED = replace(IN_HOSPITAL, situations=OPIOIDS, opioid_contexts=NAIVE)


def like(facts: Facts, **different: Any) -> Facts:
    return replace(facts, **different)


def on_list(regular: int, as_needed: int = 0, *, at_least: bool = False) -> ListedOpioids:
    """Oxycodone of so many milligrams of morphine a day."""
    return ListedOpioids(
        drugs=("oxycodon",),
        regular=Decimal(regular),
        as_needed=Decimal(as_needed),
        at_least=at_least,
    )


CASES: Final[Mapping[str, Facts]] = {
    "blank": NOTHING_ANSWERED,
    "receivable": RECEIVABLE,
    "advice only": like(RECEIVABLE, question=Question.ADVICE),
    "in doubt of the treatment": like(RECEIVABLE, question=Question.OPTIMAL),
    "no question": like(RECEIVABLE, question=None),
    "psychological problems": like(RECEIVABLE, psychological=True),
    "social problems not told": like(RECEIVABLE, social=None),
    "depression as diagnosis": like(RECEIVABLE, diagnosis=DIAGNOSES["DF32"]),
    "failed back surgery": like(RECEIVABLE, diagnosis=DIAGNOSES["DM961"]),
    "dependent on opioids": like(RECEIVABLE, diagnosis=DIAGNOSES["DF112"]),
    "eighteen today": like(RECEIVABLE, birth_date=date(2008, 11, 14)),
    "eighteen tomorrow": like(RECEIVABLE, birth_date=date(2008, 11, 15)),
    "born on a leap day": like(RECEIVABLE, birth_date=date(2008, 2, 29)),
    "born tomorrow": like(RECEIVABLE, birth_date=date(2026, 11, 15)),
    "number agrees": like(RECEIVABLE, born_by_number="020160"),
    "number says otherwise": like(RECEIVABLE, born_by_number="010160"),
    "six months today": like(RECEIVABLE, pain_since=date(2026, 5, 14)),
    "six months tomorrow": like(RECEIVABLE, pain_since=date(2026, 5, 15)),
    "since the end of August": like(
        RECEIVABLE, pain_since=date(2026, 8, 31), received_on=date(2027, 2, 28)
    ),
    "pain from tomorrow": like(RECEIVABLE, pain_since=date(2026, 11, 15)),
    "not worked up": like(RECEIVABLE, worked_up=False),
    "work-up lacks a scan": like(RECEIVABLE, worked_up=False, work_up_missing="MR-skanning"),
    "not fully treated": like(RECEIVABLE, fully_treated=False),
    "in own words": like(RECEIVABLE, diagnosis=None, diagnosis_text="smerter efter brok"),
    "in own words with cancer": like(
        RECEIVABLE, diagnosis=None, diagnosis_text="smerter i ryggen", cancer=Cancer.ACTIVE
    ),
    "active cancer": like(RECEIVABLE, cancer=Cancer.ACTIVE),
    "past cancer": like(RECEIVABLE, cancer=Cancer.PAST),
    "malignant pain": like(RECEIVABLE, diagnosis=DIAGNOSES["DR521"], cancer=Cancer.ACTIVE),
    "malignant pain, no cancer": like(RECEIVABLE, diagnosis=DIAGNOSES["DR521"]),
    "breast cancer, cancer not told": like(RECEIVABLE, diagnosis=BREAST_CANCER, cancer=None),
    "headache mainly": like(RECEIVABLE, headache=Headache.MAIN),
    "headache beside": like(RECEIVABLE, headache=Headache.BESIDE),
    "migraine, no headache": like(RECEIVABLE, diagnosis=DIAGNOSES["DG43"]),
    "illegal drugs": like(RECEIVABLE, illegal_drugs=True),
    "cannabis, no drugs": like(RECEIVABLE, diagnosis=DIAGNOSES["DF122"]),
    "alcohol out of control": like(RECEIVABLE, alcohol=Alcohol.UNCONTROLLED),
    "much alcohol, controlled": like(RECEIVABLE, alcohol=Alcohol.CONTROLLED),
    "alcoholism, controlled": like(
        RECEIVABLE, diagnosis=DIAGNOSES["DF102"], alcohol=Alcohol.CONTROLLED
    ),
    "cannot attend": like(RECEIVABLE, able_to_attend=False),
    "trauma": like(IN_HOSPITAL, situations=frozenset({Situation.TRAUMA})),
    "trauma from a practice": like(
        IN_HOSPITAL, situations=frozenset({Situation.TRAUMA}), from_hospital=False
    ),
    "follow-up without a situation": IN_HOSPITAL,
    "discharged on 60 mg": like(DISCHARGED, morphine_mg_at_discharge=Decimal(60)),
    "discharged on 60.5 mg": like(DISCHARGED, morphine_mg_at_discharge=Decimal("60.5")),
    "discharged on an unknown dose": DISCHARGED,
    "discharged without a context": like(
        DISCHARGED, morphine_mg_at_discharge=Decimal(80), opioid_contexts=frozenset()
    ),
    "oxycodone 40 mg on the list": like(DISCHARGED, listed=on_list(60)),
    "80 mg on the list": like(DISCHARGED, listed=on_list(80)),
    "as needed on top": like(DISCHARGED, listed=on_list(40, 30)),
    "at least 40 mg on the list": like(DISCHARGED, listed=on_list(40, at_least=True)),
    "80 mg told, 40 mg on the list": like(
        DISCHARGED, morphine_mg_at_discharge=Decimal(80), listed=on_list(40)
    ),
    "no opioids, 80 mg on the list": like(DISCHARGED, takes_opioids=False, listed=on_list(80)),
    "much at once": like(
        RECEIVABLE,
        birth_date=date(2015, 1, 1),
        pain_since=date(2026, 10, 1),
        worked_up=None,
        cancer=Cancer.ACTIVE,
        headache=None,
        illegal_drugs=True,
        able_to_attend=False,
    ),
}
