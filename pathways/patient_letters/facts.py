"""What the letters to a patient in a pathway are made of."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from patients.models import Patient


@dataclass(frozen=True, slots=True)
class Meeting:
    """An appointment as its letter needs it; ``change_by`` is None when it is too late to say.

    ``interpreter`` is the language that one is booked for, empty when none is yet.
    """

    patient: Patient
    starts_at: dt.datetime
    form: str
    clinician: str
    change_by: dt.date | None
    interpreter: str

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.starts_at)

    @property
    def local_time(self) -> dt.time:
        return timezone.localtime(self.starts_at).time()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a pathway ended; ``added`` are the physician's own words to the patient."""

    patient: Patient
    referrer: str
    follow_up_by_gp: bool
    added: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """By whom or what a pathway was broken off: an `Ending` that somebody lives on after."""

    patient: Patient
    referrer: str
    ending: str
