"""What the letters to a patient in a pathway are made of."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from patients.models import Patient


@dataclass(frozen=True, slots=True)
class Meeting:
    """An appointment as its letter needs it; ``change_by`` is None when it is too late to say.

    ``interpreter`` is the language that one is booked for, empty when none is yet. ``was`` is the
    time it had before it was moved; None when it begins as before. ``new_time_follows`` says of a
    cancelled one that the patient gets another.
    """

    patient: Patient
    starts_at: dt.datetime
    form: str
    clinician: str
    change_by: dt.date | None
    interpreter: str
    was: dt.datetime | None = None
    new_time_follows: bool = False

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.starts_at)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a pathway ended; ``added`` are the physician's own words to the patient.

    ``cancelled`` are the times to come that end with it.
    """

    patient: Patient
    referrer: str
    follow_up_by_gp: bool
    added: str
    cancelled: tuple[dt.datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Stopped:
    """By whom or what a pathway was broken off: an `Ending` that somebody lives on after.

    ``cancelled`` are the times to come that end with it.
    """

    patient: Patient
    referrer: str
    ending: str
    cancelled: tuple[dt.datetime, ...] = ()
