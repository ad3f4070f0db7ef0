"""Judging a referral: which criteria are asked of it, and what each of them finds."""

from collections import Counter
from collections.abc import Iterable

from admission.criteria.answers import Verdict
from admission.criteria.criterion import Criterion, Destination, Finding
from admission.criteria.facts import Facts
from admission.criteria.misuse import NO_ILLEGAL_DRUGS, NO_UNCONTROLLED_ALCOHOL
from admission.criteria.pain import DURATION, HEADACHE_NOT_MAIN, NO_ACTIVE_CANCER, NON_MALIGNANT
from admission.criteria.patient import ABLE_TO_ATTEND, ADULT
from admission.criteria.subacute import is_subacute
from admission.criteria.treatment import FULLY_TREATED, WORKED_UP

# The deck's order: who our patients are, then whom we do not receive.
CRITERIA = (
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

# Patients of the subacute track are by nature earlier in their illness.
NOT_ASKED_OF_SUBACUTE = (DURATION, WORKED_UP, FULLY_TREATED)


def asked(facts: Facts) -> tuple[Criterion, ...]:
    """The criteria this referral is judged by, in the deck's order."""
    spared = NOT_ASKED_OF_SUBACUTE if is_subacute(facts) else ()
    return tuple(criterion for criterion in CRITERIA if criterion not in spared)


def judge(facts: Facts) -> tuple[Finding, ...]:
    """One finding per criterion asked, in the deck's order and the active language."""
    return tuple(criterion.find(facts) for criterion in asked(facts))


def counts(findings: Iterable[Finding]) -> dict[Verdict, int]:
    """How many findings have each verdict; every verdict is there."""
    counted = Counter(finding.verdict for finding in findings)
    return {verdict: counted[verdict] for verdict in Verdict}


def not_met(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that speak against receiving the patient."""
    return tuple(finding for finding in findings if finding.verdict is Verdict.NOT_MET)


def in_question(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings that wait for an answer."""
    return tuple(finding for finding in findings if finding.verdict is Verdict.UNKNOWN)


def destinations(findings: Iterable[Finding]) -> tuple[Destination, ...]:
    """Where the patient is proposed to go instead, each once; back to the referrer as the last."""
    proposed = {finding.destination for finding in findings if finding.destination}
    last = Destination.REFERRER
    elsewhere = tuple(place for place in Destination if place in proposed - {last})
    return elsewhere + ((last,) if last in proposed else ())
