"""What a referred patient is told by letter, in the patient's language where there is a text."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils import timezone

from admission.destinations import Destination
from letters.content import Content
from letters.models import Letter
from letters.writing import to_patient
from pathways.rights import Right
from pathways.team import Plan
from referrals.addresses import address_of
from referrals.elsewhere import told_on
from referrals.letters import first_visit_by
from referrals.models import Referral
from referrals.patient_letters import danish, english
from referrals.patient_letters.facts import Passing, Reception, Refusing
from referrals.posting import about
from staff import deadlines

Kind, Language = Letter.Kind, Letter.Language
NOTICES: Final[Mapping[str, Callable[[Reception], Content]]] = {
    Language.DANISH: danish.notice,
    Language.ENGLISH: english.notice,
}
REDIRECTS: Final[Mapping[str, Callable[[Passing], Content]]] = {
    Language.DANISH: danish.redirected,
    Language.ENGLISH: english.redirected,
}
DECLINES: Final[Mapping[str, Callable[[Refusing], Content]]] = {
    Language.DANISH: danish.declined,
    Language.ENGLISH: english.declined,
}


def notice(
    referral: Referral, plan: Plan, added: str = "", right: Right = Right.TREATMENT
) -> Letter:
    """The notice after acceptance (sundhedsloven § 90, stk. 1), with what the decider added."""
    facts = Reception(
        patient=referral.patient,
        referrer=referral.unit.name,
        physician=plan.responsible.name,
        first_visit_by=first_visit_by(referral, plan),
        right=right,
        right_by=deadlines.due(right, referral.received_on),
        added=added,
        elsewhere=tuple(told_on(timezone.localdate())),
    )
    return to_patient(Kind.NOTICE, referral.patient, NOTICES, facts, about(referral))


def redirected(
    referral: Referral, destination: str, added: str = "", says_when: bool = True
) -> Letter:
    """Where the patient is helped better, with what the decider added.

    ``says_when`` is whether the referrer's letter says when the patient can be referred again.
    """
    place = address_of(destination)
    facts = Passing(
        patient=referral.patient,
        referrer=referral.unit.name,
        says_when=says_when,
        added=added,
        destination=Destination(destination),
        forwarded_to=place.name if place else "",
    )
    return to_patient(Kind.PATIENT_REDIRECTED, referral.patient, REDIRECTS, facts, about(referral))


def declined(referral: Referral, added: str = "", says_when: bool = True) -> Letter:
    """That the centre has no offer, with what the decider added; ``says_when`` as above."""
    facts = Refusing(
        patient=referral.patient, referrer=referral.unit.name, says_when=says_when, added=added
    )
    return to_patient(Kind.PATIENT_DECLINED, referral.patient, DECLINES, facts, about(referral))
