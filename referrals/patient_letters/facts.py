"""What the letters to a referred patient are made of."""

import datetime as dt
from dataclasses import dataclass

from admission.destinations import Destination
from patients.models import Patient


@dataclass(frozen=True, slots=True)
class Reception:
    """How the patient is received; ``right_by`` is the law's last day (sundhedsloven § 87)."""

    patient: Patient
    referrer: str
    physician: str
    first_visit_by: dt.date
    right_by: dt.date
    added: str

    @property
    def is_in_time(self) -> bool:
        return self.first_visit_by <= self.right_by


@dataclass(frozen=True, slots=True)
class Passing:
    """Where the patient is helped instead."""

    patient: Patient
    referrer: str
    destination: Destination
    is_forwarded: bool
    added: str

    @property
    def place(self) -> str:
        """The place in the language of the letter; empty where the referrer goes on."""
        return "" if self.destination == Destination.REFERRER else str(self.destination.label)
