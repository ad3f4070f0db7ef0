"""Over both changes of the clock, the hourly tasks tell everything once, and at its hour.

Denmark's clock goes forward at 2 on the last Sunday of March and back at 3 on that of October
(directive 2000/84/EC): one Sunday has 23 hours, the other 25.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from correspondence.models import Message
from pathways.appointments import book
from pathways.models import Pathway
from pathways.tasks import check_waiting_times as check_pathways
from pathways.tasks import remind_appointments
from pathways.times import Time
from pathways.tracks import Track
from referrals import triage
from referrals.models import Referral
from referrals.tasks import check_waiting_times as check_referrals
from referrals.tasks import remind_referrers
from staff.permissions import Role
from tests.faults.conftest import Tell
from tests.pathways.factories import a_pathway
from tests.referrals import cases
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
AN_HOUR, A_DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
CHANGES = {dt.date(2026, 3, 29): 23, dt.date(2026, 10, 25): 25}


@pytest.mark.parametrize("sunday", CHANGES)
def test_everything_is_told_once_and_at_its_hour(sunday: dt.date, tell: Tell) -> None:
    saturday, monday = sunday - A_DAY, sunday + A_DAY
    with time_machine.travel(at(sunday - 6 * A_DAY, 9), tick=False) as clock:
        manager = person(Role.MANAGER)
        due = {day: due_on(day) for day in (sunday - 3 * A_DAY, saturday, sunday)}
        booked, asked = booked_at(at(monday, 8, 30)), asked_now()
        before = set(Message.objects.values_list("pk", flat=True))
        for moment in hours(sunday):
            clock.move_to(moment)
            for task in (remind_appointments, check_pathways, remind_referrers, check_referrals):
                task()
    expected = {
        (f"pathway:{due[sunday - 3 * A_DAY].pk}", "manager", at(monday, 0, 7)),
        (f"pathway:{due[saturday].pk}", "owner", at(sunday, 0, 7)),
        (f"pathway:{due[sunday].pk}", "owner", at(monday, 0, 7)),
        (f"pathway:{booked.pk}", "reminder", at(sunday, 9, 7)),
        (f"referral:{asked.pk}", "question_reminder", at(monday, 0, 7)),
    }
    told = Message.objects.exclude(pk__in=before)
    found = {
        (one.about, sort(one, manager.pk), one.created_at)
        for one in told
        if sort(one, manager.pk) and one.created_at >= at(sunday, 0)
    }
    tell(f"{sunday}, {CHANGES[sunday]} hours: {told.count()} messages, each told once")
    assert found == expected
    assert not [each for each, times in Counter(map(identity, told)).items() if times > 1]


def at(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), COPENHAGEN)


def hours(sunday: dt.date) -> Iterator[dt.datetime]:
    """When beat starts the hourly tasks, through the whole Sunday and the half of Monday."""
    moment, end = at(sunday - A_DAY, 20, 7).astimezone(dt.UTC), at(sunday + A_DAY, 13)
    yield at(sunday - 2 * A_DAY, 0, 7)
    while moment < end:
        yield moment
        moment += AN_HOUR


def test_the_hours_are_those_of_a_short_and_a_long_day() -> None:
    for sunday, length in CHANGES.items():
        days = Counter(timezone.localdate(moment) for moment in hours(sunday))
        assert days[sunday] == length


def due_on(day: dt.date) -> Pathway:
    """A pathway whose next step is due on the day, also one that nobody may choose."""
    pathway = a_pathway(Track.FAST)
    Pathway.objects.filter(pk=pathway.pk).update(due_on=day)
    pathway.refresh_from_db()
    return pathway


def booked_at(starts_at: dt.datetime) -> Pathway:
    """A pathway whose patient is expected then."""
    pathway = a_pathway(Track.FAST)
    by = pathway.responsible
    book(by, pathway.pk, pathway.version, Time(by, starts_at))
    return pathway


def asked_now() -> Referral:
    """A referral about which the centre has just asked: the reminder comes after five weekdays."""
    referral = cases.sent()
    triage.ask(person(Role.SECRETARY), referral.pk, referral.version, "Hvad mangler?", [])
    return referral


def sort(message: Message, manager: int) -> str:
    """What a message is, by whom it is for; empty for what another test looks at."""
    if message.kind == Message.Kind.WAITING and "over fristen" in message.subject:
        return "manager" if message.to_user_id == manager else "owner"
    return message.kind if message.kind in ("reminder", "question_reminder") else ""


def identity(message: Message) -> tuple[str, ...]:
    return (message.about, message.kind, message.channel, message.address, message.subject)
