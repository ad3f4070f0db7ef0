"""Fictitious patients: numbers on dates that were never given away without a check digit."""

import datetime as dt

import factory

from patients.identity import IdentifierKind, Sex
from patients.models import Patient


class PatientFactory(factory.django.DjangoModelFactory[Patient]):
    """Women born 5 May 1980; the serial number fails modulus 11 only by chance, and is nobody's."""

    class Meta:
        model = Patient

    number = factory.Sequence(lambda n: f"050580{n % 4000:03d}{n // 4000 * 2 % 10}")
    number_kind = IdentifierKind.CPR
    birth_date = dt.date(1980, 5, 5)
    sex = Sex.FEMALE
    given_names = "Lonni Test"
    family_name = factory.Sequence(lambda n: f"Lauridsen{n}")
    phone = "+4520202020"
    email = "lonni@example.dk"
