"""Making the demo centre: an empty house is staffed and its stories are told, all or nothing."""

import datetime as dt
import random
from collections.abc import Callable, Iterable

import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils.translation import override

from correspondence.delivery import begin
from correspondence.models import Attempt, Message
from correspondence.settling import settle
from demo.case import Case
from demo.elsewhere import waiting_times
from demo.everyday import everyday
from demo.house import House
from demo.nights import hand_over, prove_the_rest, proved
from demo.paper import paper
from demo.patients import Strangers, official
from demo.people import employ
from demo.phone_hour import phone_hours
from demo.practices import answers_read
from demo.rules import rules
from demo.stories import hand_told
from patients.models import Patient
from staff.models import ReferringUnit, User


class NotEmpty(Exception):
    """The database already has people or patients."""


def is_empty() -> bool:
    """Whether nobody works here, refers here or is treated here yet."""
    return not any(model.objects.exists() for model in (User, ReferringUnit, Patient))


@transaction.atomic
def make_centre(
    today: dt.date, seed: int, told: Callable[[float], None] = lambda share: None
) -> None:
    """Make the living centre as it stands on ``today``; the same seed gives the same centre.

    ``told`` hears which share has been told, up to 1. Raises NotEmpty before touching a database
    that somebody uses.
    """
    if not is_empty():
        raise NotEmpty
    restart_numbers()
    with override(settings.LANGUAGE_CODE):
        employ(today)
        waiting_times(today)
        house = House(today, random.Random(seed))
        strangers = Strangers(random.Random(f"people {seed}"))
        stories = [*hand_told(official(), today), *everyday(house.rng, strangers, today)]
        for number, story in enumerate(stories):
            house.agenda.add(Case(story, house, number).tell())
        house.agenda.add(phone_hours(house))
        house.agenda.add(rules(house))
        house.agenda.add(answers_read(house))
        house.agenda.add(paper(house))
        house.agenda.add(proved(house))
        house.agenda.run(house.now, told)
        with time_machine.travel(house.now, tick=False):
            settle_outbox()
        prove_the_rest(house)


def restart_numbers() -> None:
    """Number the rows of empty tables from 1, also after a first try that failed."""
    models = [model for room in settings.ROOMS for model in apps.get_app_config(room).get_models()]
    empty = [model for model in models if not model._base_manager.exists()]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_by_name_sql(no_style(), _sequences(empty)):
            cursor.execute(statement)


def _sequences(models: Iterable[type[Model]]) -> list[dict[str, str | None]]:
    found = [(model._meta.db_table, model._meta.pk.column) for model in models]
    return [{"table": table, "column": column} for table, column in found]


def settle_outbox() -> None:
    """What was posted before today has left the house; one e-mail the mail server refused."""
    waiting = Message.objects.waiting()
    refused = waiting.filter(channel=Message.Channel.EMAIL).order_by("-pk")[:1]
    for message in refused:
        attempt = begin(message)
        assert attempt is not None
        settle(message, attempt, Attempt.Outcome.FAILED, "Mailserveren kender ikke adressen.")
    hand_over(waiting)
