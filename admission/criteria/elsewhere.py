"""Criteria about what is treated elsewhere: active cancer, headache, illegal drugs, alcohol.

Dependence on prescribed opioids is not among them: it is a reason to come (`admission.pleas`).
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import (
    Answer,
    Change,
    Text,
    held_against,
    looked_up,
    met,
    not_met,
    unknown,
)
from admission.criteria.criterion import Criterion
from admission.criteria.facts import Alcohol, Cancer, Facts, Headache
from admission.diagnoses import Hint
from admission.rules import CriterionRule

# A listed diagnosis, or the referrer's own words.
DIAGNOSIS = ("diagnosis", "diagnosis_text")


def _asked(question: Text, change: Change) -> Answer:
    return unknown(question, change, *change.facts)


CANCER_QUESTION = _("Har patienten kræft, eller har patienten haft det?")
NEVER_CANCER = Change({"cancer": Cancer.NEVER}, _("Opfyldt, hvis patienten ikke har aktiv kræft"))
DENIES_CANCER = (Cancer.NEVER,)
CANCER_UNANSWERED = _asked(CANCER_QUESTION, NEVER_CANCER)
CANCER_ANSWERS: Mapping[Any, Answer] = {
    Cancer.NEVER: met(_("ingen kræft")),
    Cancer.PAST: met(_("tidligere kræft, ikke aktiv")),
    Cancer.ACTIVE: not_met(
        _("aktiv kræft"),
        Change({"cancer": Cancer.PAST}, _("Opfyldt, når kræften ikke længere er aktiv")),
    ),
}


def no_active_cancer(facts: Facts, _rule: CriterionRule) -> Answer:
    """No cancer that is active now; cancer in the past is not active cancer."""
    answer = looked_up(facts.cancer, CANCER_ANSWERS, CANCER_UNANSWERED)
    return held_against(facts, Hint.ACTIVE_CANCER, "cancer", answer, DENIES_CANCER)


def which_is_right(facts: Facts) -> Text:
    """What is asked when a malignant diagnosis contradicts the answer about cancer."""
    answer = CANCER_ANSWERS[facts.cancer]
    return held_against(facts, Hint.ACTIVE_CANCER, "cancer", answer, DENIES_CANCER).question


NO_ACTIVE_CANCER = Criterion("no_active_cancer", ("cancer", *DIAGNOSIS), no_active_cancer)

HEADACHE_BESIDE = Change(
    {"headache": Headache.BESIDE}, _("Opfyldt, hvis hovedpine ikke er hovedproblemet")
)
HEADACHE_UNANSWERED = _asked(_("Er hovedpine patientens hovedproblem?"), HEADACHE_BESIDE)
HEADACHE_ANSWERS: Mapping[Any, Answer] = {
    Headache.NONE: met(_("ingen hovedpine")),
    Headache.BESIDE: met(_("hovedpine ved siden af en anden smertetilstand")),
    Headache.MAIN: not_met(_("hovedpine er hovedproblemet"), HEADACHE_BESIDE),
}


def headache_not_main(facts: Facts, _rule: CriterionRule) -> Answer:
    """Headache beside another pain condition is no exclusion; as diagnosis it is asked about."""
    answer = looked_up(facts.headache, HEADACHE_ANSWERS, HEADACHE_UNANSWERED)
    return held_against(facts, Hint.HEADACHE, "headache", answer, (Headache.NONE,))


HEADACHE_NOT_MAIN = Criterion("headache_not_main", ("headache", *DIAGNOSIS), headache_not_main)

DRUGS_UNANSWERED = _asked(
    _("Har patienten et illegalt misbrug?"),
    Change({"illegal_drugs": False}, _("Opfyldt, hvis patienten ikke har et illegalt misbrug")),
)
DRUGS_ANSWERS: Mapping[Any, Answer] = {
    False: met(_("intet illegalt misbrug")),
    True: not_met(
        _("illegalt misbrug"),
        Change({"illegal_drugs": False}, _("Opfyldt, når misbruget er ophørt")),
    ),
}


def no_illegal_drugs(facts: Facts, _rule: CriterionRule) -> Answer:
    """No misuse of illegal drugs."""
    answer = looked_up(facts.illegal_drugs, DRUGS_ANSWERS, DRUGS_UNANSWERED)
    return held_against(facts, Hint.ILLEGAL_DRUGS, "illegal_drugs", answer, (False,))


NO_ILLEGAL_DRUGS = Criterion("no_illegal_drugs", ("illegal_drugs", *DIAGNOSIS), no_illegal_drugs)

DENIES_ALCOHOL = (Alcohol.NONE_OR_MODERATE, Alcohol.CONTROLLED)
ALCOHOL_UNANSWERED = _asked(
    _("Er patientens alkoholforbrug under kontrol?"),
    Change({"alcohol": Alcohol.CONTROLLED}, _("Opfyldt, hvis alkoholforbruget er under kontrol")),
)
ALCOHOL_ANSWERS: Mapping[Any, Answer] = {
    Alcohol.NONE_OR_MODERATE: met(_("intet eller moderat forbrug")),
    Alcohol.CONTROLLED: met(_("stort, men kontrolleret forbrug")),
    Alcohol.UNCONTROLLED: not_met(
        _("ukontrollabelt forbrug"),
        Change(
            {"alcohol": Alcohol.CONTROLLED}, _("Opfyldt, når alkoholforbruget er under kontrol")
        ),
    ),
}


def no_uncontrolled_alcohol(facts: Facts, _rule: CriterionRule) -> Answer:
    """No use of alcohol out of control; much but controlled is no exclusion."""
    answer = looked_up(facts.alcohol, ALCOHOL_ANSWERS, ALCOHOL_UNANSWERED)
    return held_against(facts, Hint.UNCONTROLLED_ALCOHOL, "alcohol", answer, DENIES_ALCOHOL)


NO_UNCONTROLLED_ALCOHOL = Criterion(
    "no_uncontrolled_alcohol", ("alcohol", *DIAGNOSIS), no_uncontrolled_alcohol
)
