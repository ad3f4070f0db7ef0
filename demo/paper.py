"""Letters on paper: printed on every day we are open, and put in the post by a secretary."""

import datetime as dt
from typing import Final

from correspondence.deciding import drop, last_attempt
from correspondence.dispatching import dispatch, to_take_out
from correspondence.models import Message
from correspondence.printing import print_due
from demo.agenda import Tale
from demo.house import House, at
from demo.practices import WEEKDAYS
from staff.models import User
from staff.permissions import Role
from staff.working_days import add_weekdays, is_open

PRINTED_AT: Final = dt.time(13, 5)
POSTED_AT: Final = dt.time(14, 20)


def paper(house: House) -> Tale:
    """Every run is put in the post on its day but yesterday's, which lies there still."""
    days = (add_weekdays(house.today, -back) for back in range(WEEKDAYS, 0, -1))
    for day in filter(is_open, days):
        yield at(day, PRINTED_AT)
        run = print_due(day)
        yield at(day, POSTED_AT)
        secretary = house.at_work(Role.SECRETARY, day, turn=0)
        if run and day < add_weekdays(house.today, -1):
            dispatch(secretary, run.pk, taken_out=to_take_out(run).count())
        _tell_otherwise(secretary)


def _tell_otherwise(secretary: User) -> None:
    """Who has no address is told by telephone, and the letter is put away."""
    on_paper = Message.objects.undelivered().filter(channel=Message.Channel.LETTER)
    for message in on_paper:
        drop(secretary, message.pk, last_attempt(message))
