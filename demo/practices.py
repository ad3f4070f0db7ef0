"""The practices open what the centre answers, each in its own time, or are phoned about it."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from correspondence import openings
from correspondence.models import Message
from demo.agenda import Tale
from demo.house import House, at
from referrals import phoning
from staff.models import User
from staff.permissions import Role
from staff.working_days import add_weekdays

WEEKDAYS: Final = 340  # longer than the longest story
MORNING: Final = dt.time(9, 40)
# By postal code: a practice that reads on Mondays only, and some that have stopped reading of late.
ON_MONDAYS: Final = "4700"
BEHIND: Final[Mapping[str, int]] = {"6200": 8, "3400": 5}
NOBODY_PHONED: Final = 2  # weekdays up to today


def answers_read(house: House) -> Tale:
    """Every weekday morning the practices open what has come, and the secretary phones the rest."""
    for days in range(WEEKDAYS, 0, -1):
        day = add_weekdays(house.today, -days)
        yield at(day, MORNING)
        for message in phoning.unseen_answers().select_related("unit"):
            if _reads(message, day, days):
                openings.note_opened(_reader(message), [message])
        if days > NOBODY_PHONED:
            _phone(house, day)


def _reads(message: Message, day: dt.date, days: int) -> bool:
    assert message.unit is not None
    code = message.unit.postal_code
    if code == ON_MONDAYS:
        return day.weekday() == 0
    return days > BEHIND.get(code, 0)


def _reader(message: Message) -> User:
    people = User.objects.filter(unit=message.unit_id).order_by("pk")
    reader: User = people[message.pk % len(people)]
    return reader


def _phone(house: House, day: dt.date) -> None:
    for message in phoning.unopened(day):
        secretary = house.at_work(Role.SECRETARY, day, message.pk)
        openings.note_call(secretary, message, "lægesekretæren, som åbner brevet i dag")
