"""What the letters to a referred patient are made of."""

import datetime as dt
from dataclasses import dataclass

from admission.destinations import Destination
from pathways.rights import Right
from patients.models import Patient
from referrals.models import WaitingTime


@dataclass(frozen=True, slots=True)
class Reception:
    """How the patient is received; ``right_by`` is the law's last day for the ``right``.

    ``elsewhere`` is how long one waits in other places, as far as we know.
    """

    patient: Patient
    referrer: str
    physician: str
    first_visit_by: dt.date
    right: Right
    right_by: dt.date
    added: str
    elsewhere: tuple[WaitingTime, ...] = ()

    @property
    def is_in_time(self) -> bool:
        return self.first_visit_by <= self.right_by


@dataclass(frozen=True, slots=True)
class Refusing:
    """That the centre has no offer; ``says_when`` is whether the referrer is told when to come
    back.
    """

    patient: Patient
    referrer: str
    says_when: bool
    added: str


@dataclass(frozen=True, slots=True)
class Passing(Refusing):
    """Where the patient is helped instead; ``forwarded_to`` is the place that the referral goes on
    to by itself, empty where the referrer refers anew.
    """

    destination: Destination
    forwarded_to: str

    @property
    def place(self) -> str:
        """The place in the language of the letter; empty where the referrer goes on."""
        return "" if self.destination == Destination.REFERRER else str(self.destination.one_such)
