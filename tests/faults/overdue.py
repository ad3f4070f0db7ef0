"""Cases that are due for telling, for the hourly tasks: `python -m tests.faults.overdue 20`."""

import datetime as dt
import sys

import django

django.setup()

import time_machine  # noqa: E402  # models need the setup
from django.db import transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from pathways.models import Appointment, Pathway  # noqa: E402
from pathways.tracks import Track  # noqa: E402
from tests.pathways.factories import a_pathway  # noqa: E402
from tests.patients.factories import CPR_NUMBERS  # noqa: E402
from tests.referrals import cases  # noqa: E402

LONG_AGO = dt.timedelta(days=21)


@transaction.atomic
def make(how_many: int) -> None:
    """Pathways and referrals long over their due dates, and appointments in a few days."""
    with time_machine.travel(timezone.now() - LONG_AGO):
        cases.the_centre()
        for _ in range(how_many):
            cases.sent(number=next(CPR_NUMBERS))
        for _ in range(how_many):
            pathway = a_pathway(Track.FAST)
            book(pathway)


def book(pathway: Pathway) -> None:
    """An appointment in six days, booked three weeks ago."""
    Appointment.objects.create(
        pathway=pathway,
        clinician=pathway.responsible,
        starts_at=timezone.now() + LONG_AGO + dt.timedelta(days=6, hours=1),
        booked_by=pathway.responsible,
        booked_at=timezone.now(),
    )


if __name__ == "__main__":
    make(int(sys.argv[1]))
