"""Making the demo centre: an empty house is staffed and its stories are told, all or nothing."""

import datetime as dt

from django.db import transaction

from demo.people import employ
from patients.models import Patient
from staff.models import User


class NotEmpty(Exception):
    """The database already has people or patients."""


def is_empty() -> bool:
    """Whether nobody works here and nobody is treated here yet."""
    return not (User.objects.exists() or Patient.objects.exists())


@transaction.atomic
def make_centre(today: dt.date, seed: int) -> None:
    """Make the living centre as it stands on ``today``; the same seed gives the same centre.

    Raises NotEmpty before touching a database that somebody uses.
    """
    if not is_empty():
        raise NotEmpty
    employ(today)
