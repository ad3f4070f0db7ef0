"""The demo centre while it is being told: its people, its calendar, its day."""

import datetime as dt
import random
from collections.abc import Sequence
from typing import Final

from django.utils import timezone

from demo.agenda import Agenda
from pathways.tracks import Discipline
from staff.models import Absence, User
from staff.permissions import Role
from staff.working_days import add_weekdays, is_open

APPOINTMENT_TIMES: Final = tuple(
    dt.time.fromisoformat(text) for text in ("08:30", "09:30", "10:30", "11:30", "13:00", "14:00")
)
END_OF_DAY: Final = dt.time(16)


class House:
    """What a tale must know beside its own case."""

    def __init__(self, today: dt.date, rng: random.Random) -> None:
        self.today, self.rng = today, rng
        self.agenda = Agenda()
        people = User.objects.select_related("unit").order_by("pk")
        self._people: dict[str, User] = {user.username: user for user in people}
        self._absences = list(Absence.objects.values_list("user_id", "first_day", "last_day"))
        self._taken: set[tuple[int, dt.datetime]] = set()

    def person(self, username: str) -> User:
        return self._people[username]

    def people(self, role: Role | Discipline) -> Sequence[User]:
        return [user for user in self._people.values() if user.role == role]

    def is_away(self, user: User, day: dt.date) -> bool:
        return any(pk == user.pk and first <= day <= last for pk, first, last in self._absences)

    def at_work(self, role: Role | Discipline, day: dt.date, turn: int) -> User:
        """Somebody of the role who is there on the day; another one for the next turn."""
        there = [user for user in self.people(role) if not self.is_away(user, day)]
        return there[turn % len(there)]

    def free_time(self, clinician: User, day: dt.date) -> dt.datetime:
        """The clinician's first free time on an open day from ``day`` on; it is taken with this."""
        while True:
            if is_open(day) and not self.is_away(clinician, day):
                for moment in _times(day, clinician):
                    if (clinician.pk, moment) not in self._taken:
                        self._taken.add((clinician.pk, moment))
                        return moment
            day = add_weekdays(day, 1)

    @property
    def now(self) -> dt.datetime:
        """Where the story stands: the end of the last weekday before today."""
        return at(add_weekdays(self.today, -1), END_OF_DAY)


def at(day: dt.date, time: dt.time) -> dt.datetime:
    """A local time of a day."""
    return timezone.make_aware(dt.datetime.combine(day, time))


def _times(day: dt.date, clinician: User) -> list[dt.datetime]:
    """A day's times, beginning elsewhere on each day and for each person."""
    first = (day.toordinal() + clinician.pk) % len(APPOINTMENT_TIMES)
    times = APPOINTMENT_TIMES[first:] + APPOINTMENT_TIMES[:first]
    return [at(day, time) for time in times]
