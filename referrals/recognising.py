"""Saying that the patient is the person under the number, although the referrer's name is another.

People marry, and names are misspelt: without this a patient stays refused until the referrer writes
the old name.
"""

from django.db import transaction
from django.utils.translation import override

from casework.moves import take_step
from patients import recognition
from patients.models import Recognition
from patients.recognition import Checked
from referrals import enrolment, medicine
from referrals.answers import written_name
from referrals.checks import Action
from referrals.drafts import setting_for
from referrals.lifecycle import Verb
from referrals.models import Referral
from referrals.proposals import latest
from referrals.triage import held
from staff.models import User


@transaction.atomic
def recognise(user: User, pk: int, version: int, checked: Checked) -> Referral:
    """Say that it is the same person, under the name that was checked; the history tells how.

    What the referrer told of the patient, which waited for this, is taken over: how to reach them,
    allergies and medicine.
    """
    referral = held(user, pk, version, Action.RECOGNISE)
    written = written_name(latest(referral).submission.answers)
    found = recognition.recognise(user, referral.patient_id, written, checked)
    referral.patient.refresh_from_db()
    _take_over(referral)
    why = told(found, referral.patient.name)
    take_step(referral, Verb.RECOGNISED, referral.status, by=user, due_on=referral.due_on, why=why)
    return referral


def _take_over(referral: Referral) -> None:
    submission = latest(referral).submission
    setting = setting_for(submission.draft)
    enrolment.update(referral.patient, submission.answers, setting)
    medicine.keep(submission)


@override("da")  # what is recorded is Danish, whoever records it
def told(found: Recognition, name: str) -> str:
    """What was found, as the history has it: which names, and how it was checked."""
    names = (
        f"Henviser skriver {found.written}. Navnet er fortsat {name}."
        if name == found.known
        else f"Navnet er ændret fra {found.known} til {name}."
    )
    return f"{names} Kontrolleret: {found.get_how_display()}."
