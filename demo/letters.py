"""One of each letter in each of its languages, drafted for the guide's pictures."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from admission.destinations import Destination
from letters.models import Letter
from pathways import patient_letters as of_pathway
from pathways import unit_letters
from pathways.lifecycle import Ending
from pathways.models import Appointment
from pathways.team import Plan
from referrals import letters, patient_letters, posting, receipts
from referrals.clocks import answer_by
from referrals.deciding import to_unit
from referrals.forwarding import forwarded
from referrals.models import Decision, Referral
from referrals.proposals import people_json
from staff.models import User

Kind, Decided = Letter.Kind, Decision.Kind
ELSEWHERE = Destination.HEADACHE
QUESTION = "Er patienten undersøgt af en reumatolog, og hvad viste det?"
ADVICE = "Prøv at trappe tramadol ned med 50 mg hver anden uge, og se på søvnen samtidig."

STOPPED = "Patienten ønsker ikke at fortsætte og følger selv træningsprogrammet."


@dataclass(frozen=True, slots=True)
class Cases:
    """Whom the letters are about: a patient who is received, and one who is helped elsewhere."""

    received: Referral
    helped_elsewhere: Referral
    plan: Plan
    appointment: Appointment
    by: User


def catalogue(cases: Cases) -> Iterator[tuple[str, Letter]]:
    """Each letter, not kept, under the name of its picture: "notice-en"."""
    for letter in (*_to_unit(cases), *_about_elsewhere(cases)):
        yield f"{letter.kind}-{letter.language}", letter
    for kind, languages in settings.LETTER_LANGUAGES.items():
        for language in languages:
            yield f"{kind}-{language}", _to_patient(cases, kind, language)
    yield from _discontinued(cases)


def _to_patient(cases: Cases, kind: str, language: str) -> Letter:
    pathway = cases.appointment.pathway
    for one in (cases.received, cases.helped_elsewhere, pathway):
        one.patient.letter_language = language
    if kind == Kind.NOTICE:
        return patient_letters.notice(cases.received, cases.plan)
    if kind == Kind.PATIENT_REDIRECTED:
        return patient_letters.redirected(cases.helped_elsewhere, ELSEWHERE)
    if kind == Kind.PATIENT_DECLINED:
        return patient_letters.declined(cases.helped_elsewhere)
    if kind == Kind.PATIENT_DISCHARGED:
        return of_pathway.discharged(pathway)
    became = _became(kind, cases.appointment)
    return of_pathway.of_appointment(kind, cases.appointment, **became)


def _became(kind: str, appointment: Appointment) -> dict[str, Any]:
    """What the letter says besides of a moved and of a cancelled appointment."""
    was = appointment.starts_at - dt.timedelta(days=7)
    more: dict[str, dict[str, Any]] = {
        Kind.APPOINTMENT_MOVED: {"was": was},
        Kind.APPOINTMENT_CANCELLED: {"new_time_follows": True},
    }
    return more.get(kind, {})


def _to_unit(cases: Cases) -> Iterator[Letter]:
    referral, by = cases.received, cases.by
    referral.due_on = referral.due_on or timezone.localdate()
    yield posting.letter_to_unit(referral, Kind.RECEIPT, *receipts.received(referral))
    asked = letters.question(referral, QUESTION, ["workup.tried"], answer_by(referral))
    yield posting.letter_to_unit(referral, Kind.QUESTION, letters.QUESTION, asked, by)
    plan = {"track": cases.plan.track, "plan": people_json(cases.plan)}
    yield _decided(referral, Decided.ACCEPT, letters.accepted(referral), by, **plan)
    yield _decided(referral, Decided.ADVISE, f"{letters.advice(referral)}{ADVICE}", by)
    yield unit_letters.discharge(cases.appointment.pathway, by)


def _discontinued(cases: Cases) -> Iterator[tuple[str, Letter]]:
    """The letters about a pathway that was broken off: of the same kinds as its other ends."""
    pathway = cases.appointment.pathway
    pathway.ended_because = Ending.PATIENT
    yield "discontinued-da", unit_letters.discontinued(pathway, STOPPED, cases.by)
    for language in settings.LETTER_LANGUAGES[Kind.PATIENT_DISCHARGED]:
        pathway.patient.letter_language = language
        yield f"patient_discontinued-{language}", of_pathway.discontinued(pathway)


def _about_elsewhere(cases: Cases) -> Iterator[Letter]:
    referral, by = cases.helped_elsewhere, cases.by
    yield _decided(referral, Decided.REDIRECT, letters.redirected(referral, ELSEWHERE), by)
    yield _decided(referral, Decided.DECLINE, letters.declined(referral), by)
    if letter := forwarded(referral, ELSEWHERE, by):
        yield letter


def _decided(referral: Referral, kind: str, text: str, by: User, **more: Any) -> Letter:
    return to_unit(Decision(referral=referral, kind=kind, letter=text, **more), by)
