"""One letter of each kind in each of its languages, about one patient: for the guide's pictures."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from admission.destinations import Destination
from letters.models import Letter
from pathways import patient_letters as of_pathway
from pathways import unit_letters
from pathways.models import Appointment
from pathways.team import Plan
from referrals import letters, patient_letters, posting, receipts
from referrals.deciding import SUBJECTS, due_at
from referrals.forwarding import forwarded
from referrals.lifecycle import Status
from referrals.models import Decision, Referral
from staff.models import User

Kind, Language = Letter.Kind, Letter.Language
ADDED = "Tag gerne en pårørende med, og skriv dine spørgsmål ned på forhånd."
QUESTION = "Er patienten undersøgt af en reumatolog, og hvad viste det?"
ADVICE = "Prøv at trappe tramadol ned med 50 mg hver anden uge, og se på søvnen samtidig."


def catalogue(
    referral: Referral, plan: Plan, appointment: Appointment, by: User
) -> Iterator[tuple[str, Letter]]:
    """Each letter, not kept, under the name of its picture: "notice-en"."""
    for letter in _to_unit(referral, plan, appointment, by):
        yield f"{letter.kind}-{letter.language}", letter
    for kind, languages in settings.LETTER_LANGUAGES.items():
        for language in languages:
            yield f"{kind}-{language}", _to_patient(kind, language, referral, plan, appointment)


def _to_patient(
    kind: str, language: str, referral: Referral, plan: Plan, appointment: Appointment
) -> Letter:
    pathway = appointment.pathway
    referral.patient.letter_language = pathway.patient.letter_language = language
    if kind == Kind.NOTICE:
        return patient_letters.notice(referral, plan)
    if kind == Kind.PATIENT_REDIRECTED:
        return patient_letters.redirected(referral, Destination.HEADACHE)
    if kind == Kind.PATIENT_DISCHARGED:
        return of_pathway.discharged(pathway, ADDED if language == Language.DANISH else "")
    return of_pathway.of_appointment(kind, appointment)


def _to_unit(
    referral: Referral, plan: Plan, appointment: Appointment, by: User
) -> Iterator[Letter]:
    answer_by = due_at(Status.AWAITING_REFERRER)
    question = letters.question(referral, QUESTION, ["workup.tried"], answer_by)
    headache, decided = Destination.HEADACHE, Decision.Kind
    advice = f"{letters.advice(referral)}{ADVICE}"
    referral.due_on = referral.due_on or timezone.localdate()
    yield posting.letter_to_unit(referral, Kind.RECEIPT, *receipts.received(referral))
    for kind, title, text in (
        (Kind.QUESTION, letters.QUESTION, question),
        (Kind.ACCEPTED, SUBJECTS[decided.ACCEPT], letters.accepted(referral, plan)),
        (Kind.REDIRECTED, SUBJECTS[decided.REDIRECT], letters.redirected(referral, headache)),
        (Kind.DECLINED, SUBJECTS[decided.DECLINE], letters.declined(referral)),
        (Kind.ADVICE, SUBJECTS[decided.ADVISE], advice),
    ):
        yield posting.letter_to_unit(referral, kind, title, text, by)
    yield unit_letters.discharge(appointment.pathway, by)
    if letter := forwarded(referral, headache, by):
        yield letter
