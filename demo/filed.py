"""The referrals of a large centre before they are written: when, about whom, and what became of it.

The history is spread evenly over ten years. What is open was received in the last three weeks: one
in four referrals, but never more than 240 (0.24 % of 100,000), since a queue does not grow with a
centre's history.
"""

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from demo.house import at
from demo.patients import Person, Strangers
from demo.samples import Sample, make_samples
from referrals.lifecycle import REFERRAL, Status, Verb
from staff import deadlines
from staff.models import User
from staff.permissions import Role
from staff.working_days import add_weekdays

YEARS: Final = 10
WEEKDAYS_A_YEAR: Final = 250
OPEN_WEEKDAYS: Final = 15
MOST_OPEN: Final = 240
SAMPLES: Final = 500
RETURNING: Final = 0.13  # the oldest referrals: their patients came back later

REFERRER, SECRETARY, PHYSICIAN = Role.REFERRER, Role.SECRETARY, Role.PHYSICIAN
SENT: Final = (Verb.SENT, Status.RECEIVED, REFERRER)
CLAIMED: Final = (Verb.CLAIMED, Status.RECEIVED, SECRETARY)
SENT_FOR_ADVICE: Final = (Verb.SENT_FOR_ADVICE, Status.AWAITING_ADVICE, SECRETARY)
# How a referral came to stand where it stands: verb, status, and the role of who did it.
WAYS: Final = {
    Status.RECEIVED: (SENT, CLAIMED),
    Status.AWAITING_REFERRER: (
        SENT,
        CLAIMED,
        (Verb.ASKED, Status.AWAITING_REFERRER, SECRETARY),
    ),
    Status.AWAITING_SIGNATURE: (
        SENT,
        CLAIMED,
        (Verb.PROPOSED, Status.AWAITING_SIGNATURE, SECRETARY),
    ),
    Status.AWAITING_ADVICE: (SENT, SENT_FOR_ADVICE),
    Status.ACCEPTED: (SENT, CLAIMED, (Verb.ACCEPTED, Status.ACCEPTED, SECRETARY)),
    Status.REDIRECTED: (SENT, CLAIMED, (Verb.REDIRECTED, Status.REDIRECTED, SECRETARY)),
    Status.DECLINED: (SENT, CLAIMED, (Verb.DECLINED, Status.DECLINED, PHYSICIAN)),
    Status.ADVISED: (SENT, SENT_FOR_ADVICE, (Verb.ADVISED, Status.ADVISED, PHYSICIAN)),
    Status.WITHDRAWN: (SENT, (Verb.WITHDRAWN, Status.WITHDRAWN, REFERRER)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step a referral has taken."""

    verb: Verb
    came_from: str
    to: Status
    by: User
    at: dt.datetime


@dataclass(slots=True)
class Filed:
    """One referral: its number, and everything from which its rows are written."""

    pk: int
    patient_pk: int
    person: Person
    sample: Sample
    day: dt.date
    status: Status
    people: dict[Role, User]
    steps: list[Step] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return REFERRAL[self.status].is_open

    @property
    def sent_at(self) -> dt.datetime:
        return self.steps[0].at

    @property
    def last(self) -> Step:
        return self.steps[-1]

    @property
    def due_on(self) -> dt.date | None:
        """When what is to be done now is due; a decision from the day of receipt."""
        code = REFERRAL[self.status].deadline
        start = self.day if self.status == Status.RECEIVED else self.last.at.date()
        return due(code, start) if code else None

    @property
    def owner(self) -> User | None:
        """The physician who is asked, else the secretary who took it."""
        if self.status in (Status.AWAITING_SIGNATURE, Status.AWAITING_ADVICE):
            return self.people[PHYSICIAN]
        claimed = any(step.verb == Verb.CLAIMED for step in self.steps)
        return self.people[SECRETARY] if claimed else None


due = cache(deadlines.due)
weekday_from = cache(add_weekdays)


def file_all(rng: random.Random, size: int, today: dt.date) -> list[Filed]:
    """Draw ``size`` referrals, the oldest first, for a centre that is staffed."""
    strangers = Strangers(rng)
    samples = make_samples(rng, min(SAMPLES, size), strangers.adult(today), today)
    drawing = Drawing(rng, today, samples, _people())
    once = size - round(size * RETURNING)
    filed: list[Filed] = []
    days = _weekdays_before(today)
    for pk, (weekdays, is_open) in enumerate(_ages(rng, size), start=1):
        day = days[weekdays]
        person = strangers.adult(day) if pk <= once else filed[pk - once - 1].person
        filed.append(drawing.draw(pk, pk if pk <= once else pk - once, person, day, is_open))
    return filed


def _weekdays_before(today: dt.date) -> list[dt.date]:
    """Today, the last weekday before, the one before that, and so on."""
    days = [today]
    for _ in range(YEARS * WEEKDAYS_A_YEAR):
        days.append(add_weekdays(days[-1], -1))
    return days


def _ages(rng: random.Random, size: int) -> list[tuple[int, bool]]:
    """How many weekdays ago each was received, and whether it is open; the oldest first."""
    still_open = min(size // 4, MOST_OPEN)
    oldest = YEARS * WEEKDAYS_A_YEAR
    closed = [rng.randint(OPEN_WEEKDAYS, oldest) for _ in range(size - still_open)]
    recent = [1 + int(OPEN_WEEKDAYS * rng.random() ** 5) for _ in range(still_open)]
    return sorted([(age, False) for age in closed] + [(age, True) for age in recent], reverse=True)


def _people() -> dict[Role, list[User]]:
    """Everybody by role; referrers of departments stand under no role of the centre's."""
    people: dict[Role, list[User]] = {role: [] for role in Role}
    for user in User.objects.select_related("unit").order_by("pk"):
        people[Role(user.role)].append(user)
    return people


@dataclass(frozen=True, slots=True)
class Drawing:
    """What referrals are drawn from."""

    rng: random.Random
    today: dt.date
    samples: list[Sample]
    people: dict[Role, list[User]]

    def draw(self, pk: int, patient_pk: int, person: Person, day: dt.date, is_open: bool) -> Filed:
        sample = self.rng.choice(self.samples)
        status = self._open_status(sample) if is_open else self._closed_status(sample)
        filed = Filed(pk, patient_pk, person, sample, day, status, self._involved(pk, sample))
        filed.steps = list(self._steps(filed))
        return filed

    def _involved(self, pk: int, sample: Sample) -> dict[Role, User]:
        """Who has to do with it: one person of each role, each in turn."""
        involved = {role: them[pk % len(them)] for role, them in self.people.items()}
        fitting = [user for user in self.people[REFERRER] if _fits(user, sample)]
        return involved | {REFERRER: fitting[pk % len(fitting)]}

    def _open_status(self, sample: Sample) -> Status:
        if sample.advice_only:
            return Status.AWAITING_ADVICE
        others = (Status.AWAITING_REFERRER, Status.AWAITING_SIGNATURE)
        return self.rng.choices((Status.RECEIVED, *others), (75, 15, 10))[0]

    def _closed_status(self, sample: Sample) -> Status:
        if sample.advice_only:
            return Status.ADVISED
        if sample.unmet:
            return self.rng.choice((Status.REDIRECTED, Status.DECLINED))
        if sample.track is None:
            return Status.DECLINED
        others = (Status.DECLINED, Status.WITHDRAWN)
        return self.rng.choices((Status.ACCEPTED, *others), (90, 5, 5))[0]

    def _steps(self, filed: Filed) -> Iterator[Step]:
        """One step a weekday, an hour later each, none of them after yesterday."""
        way = WAYS[filed.status]
        if filed.status == Status.RECEIVED and self.rng.random() < 0.6:
            way = (SENT,)
        yesterday = weekday_from(self.today, -1)
        hour, minute, came_from = self.rng.randint(8, 12), self.rng.randrange(60), ""
        for number, (verb, to, role) in enumerate(way):
            day = min(weekday_from(filed.day, number), yesterday)
            moment = at(day, dt.time(hour + number, minute))
            yield Step(verb, came_from, to, filed.people[role], moment)
            came_from = to


def _fits(user: User, sample: Sample) -> bool:
    return user.unit is not None and user.unit.is_hospital == sample.from_hospital
