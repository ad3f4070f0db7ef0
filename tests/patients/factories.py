"""Fictitious patients."""

import datetime as dt
import itertools
from typing import Any

from stdnum.dk import cpr

from patients.identity import IdentifierKind, Sex
from patients.models import Patient

# Women born 5 May 1960: numbers of that day without a valid check digit belong to nobody.
CPR_NUMBERS = itertools.cycle(
    [number for number in map("050560{:04d}".format, range(0, 4000, 2)) if cpr.checksum(number)]
)


def a_patient(**fields: Any) -> Patient:
    """A woman born in 1960, with a number of her own and a phone."""
    woman = {
        "number": next(CPR_NUMBERS),
        "number_kind": IdentifierKind.CPR,
        "birth_date": dt.date(1960, 5, 5),
        "sex": Sex.FEMALE,
        "given_names": "Lonni",
        "family_name": "Lauridsen",
        "phone": "+4520304050",
    }
    patient: Patient = Patient.objects.create(**woman | fields)
    return patient
