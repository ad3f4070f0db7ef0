"""Making the demo centre: an empty house is staffed and its stories are told, all or nothing."""

import datetime as dt
import random
from collections.abc import Callable

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import override

from correspondence.models import Message
from demo.case import Case
from demo.everyday import everyday
from demo.house import House
from demo.patients import invented, official
from demo.people import employ
from demo.phone_hour import phone_hours
from demo.stories import hand_told
from patients.models import Patient
from staff.models import User


class NotEmpty(Exception):
    """The database already has people or patients."""


def is_empty() -> bool:
    """Whether nobody works here and nobody is treated here yet."""
    return not (User.objects.exists() or Patient.objects.exists())


@transaction.atomic
def make_centre(
    today: dt.date, seed: int, told: Callable[[dt.datetime], None] = lambda moment: None
) -> None:
    """Make the living centre as it stands on ``today``; the same seed gives the same centre.

    ``told`` hears each moment when it has been told. Raises NotEmpty before touching a database
    that somebody uses.
    """
    if not is_empty():
        raise NotEmpty
    with override(settings.LANGUAGE_CODE):
        employ(today)
        house = House(today, random.Random(seed))
        people = invented(random.Random(f"people {seed}"), today)
        stories = [*hand_told(official(), today), *everyday(house.rng, people)]
        for number, story in enumerate(stories):
            house.agenda.add(Case(story, house, number).tell())
        house.agenda.add(phone_hours(house))
        house.agenda.run(house.now, told)
        settle_outbox()


def settle_outbox() -> None:
    """What was posted before today has left the house; it has nobody to reach."""
    Message.objects.waiting().update(
        status=Message.Status.SENT, attempts=1, sent_at=F("created_at")
    )
