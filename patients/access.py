"""Reads are recorded too: opening a patient writes who, when, whom and what for."""

from typing import Any

from patients.models import Access, Patient


def record(user: Any, patient: Patient, purpose: Access.Purpose, what: str) -> Access:
    """Write that ``user`` opened the patient's data; ``what`` names the page in a few words."""
    return Access.objects.create(user=user, patient=patient, purpose=purpose, what=what)
