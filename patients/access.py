"""Reads are recorded too: opening a patient writes who, when, whom and what for."""

from typing import Any

from patients.models import Access, Patient
from staff.models import User
from staff.permissions import Permission


def record(user: Any, patient: Patient, purpose: Access.Purpose, what: str) -> Access:
    """Write that ``user`` opened the patient's data; ``what`` names the page in a few words."""
    return Access.objects.create(user=user, patient=patient, purpose=purpose, what=what)


def purpose_at_patient(user: User) -> Access.Purpose:
    """What a patient's own page or letter is opened for: those who treat treat, others write."""
    if user.has_perm(Permission.CARRY_CASELOAD):
        return Access.Purpose.TREATMENT
    return Access.Purpose.SECRETARIAL


def purpose_at_referral(user: User) -> Access.Purpose:
    """What a referral, or a file with it, is opened for: those who do not visitate treat."""
    return Access.Purpose.TRIAGE if user.has_perm(Permission.TRIAGE) else Access.Purpose.TREATMENT
