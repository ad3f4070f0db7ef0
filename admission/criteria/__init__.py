"""The centre's admission criteria: pure functions over frozen facts, without a database.

Each criterion stands whole in `patient`, `pain`, `treatment` or `elsewhere`. Its limit, its words
and what follows without it are parameters of a rule version (`admission.rules`); which of them are
asked of a referral, and in what order, stands in `admission.judging`.
"""

from admission.criteria.answers import Change, Verdict
from admission.criteria.criterion import Criterion, Finding
from admission.criteria.elsewhere import (
    HEADACHE_NOT_MAIN,
    NO_ACTIVE_CANCER,
    NO_ILLEGAL_DRUGS,
    NO_UNCONTROLLED_ALCOHOL,
)
from admission.criteria.facts import (
    Alcohol,
    Cancer,
    Facts,
    Headache,
    OpioidContext,
    Question,
    Situation,
)
from admission.criteria.pain import DURATION, NON_MALIGNANT
from admission.criteria.patient import ABLE_TO_ATTEND, ADULT
from admission.criteria.treatment import FULLY_TREATED, WORKED_UP
from admission.destinations import Destination

CRITERIA = {
    criterion.code: criterion
    for criterion in (
        NON_MALIGNANT,
        ADULT,
        DURATION,
        WORKED_UP,
        FULLY_TREATED,
        NO_ACTIVE_CANCER,
        HEADACHE_NOT_MAIN,
        NO_ILLEGAL_DRUGS,
        NO_UNCONTROLLED_ALCOHOL,
        ABLE_TO_ATTEND,
    )
}

__all__ = [
    "CRITERIA",
    "Alcohol",
    "Cancer",
    "Change",
    "Criterion",
    "Destination",
    "Facts",
    "Finding",
    "Headache",
    "OpioidContext",
    "Question",
    "Situation",
    "Verdict",
]
