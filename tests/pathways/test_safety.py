"""What is seen first about a patient."""

import pytest
from django.utils.translation import override

from pathways.safety import safety_flags
from patients.models import NO_ALLERGIES
from tests.patients.factories import a_patient

pytestmark = pytest.mark.django_db


def test_an_allergy_is_a_warning() -> None:
    patient = a_patient(allergies="penicillin", protected_address=True)
    assert safety_flags(patient) == [
        {"label": "Allergi: penicillin", "tone": "overdue"},
        {"label": "Beskyttet adresse", "tone": "soon"},
    ]


@pytest.mark.parametrize(
    ("language", "label"), [("da", "Ingen kendte allergier"), ("en", "No known allergies")]
)
def test_no_known_allergies_is_a_plain_fact_in_the_readers_language(
    language: str, label: str
) -> None:
    with override(language):
        assert safety_flags(a_patient(allergies=NO_ALLERGIES)) == [
            {"label": label, "tone": "plain"}
        ]


def test_nothing_told_says_nothing() -> None:
    assert safety_flags(a_patient()) == []
