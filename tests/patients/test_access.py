"""What somebody opens a patient's data for is said the same way, wherever it is opened."""

import pytest

from patients.access import purpose_at_patient, purpose_at_referral
from patients.models import Access
from staff.permissions import Role
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
Purpose = Access.Purpose


@pytest.mark.parametrize(
    ("role", "at_patient", "at_referral"),
    [
        (Role.SECRETARY, Purpose.SECRETARIAL, Purpose.TRIAGE),
        (Role.PHYSICIAN, Purpose.TREATMENT, Purpose.TRIAGE),
        (Role.NURSE, Purpose.TREATMENT, Purpose.TREATMENT),
        (Role.PSYCHOLOGIST, Purpose.TREATMENT, Purpose.TREATMENT),
    ],
)
def test_who_treats_opens_to_treat_and_who_visitates_to_visitate(
    role: Role, at_patient: Purpose, at_referral: Purpose
) -> None:
    user = person(role)
    assert purpose_at_patient(user) == at_patient
    assert purpose_at_referral(user) == at_referral
