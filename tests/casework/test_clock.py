"""A case's time adds up, whoever had it, and the database counts as Python does."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casework.clock import NOTHING, Clock, clocks, read, sums
from casework.lifecycle import Holder
from pathways.lifecycle import PATHWAY, Verb
from pathways.lifecycle import Status as P
from referrals import triage
from referrals.lifecycle import REFERRAL, Status
from referrals.models import Referral
from staff.permissions import Role
from tests.casework.splits import add
from tests.referrals.cases import PEOPLE, answered, at, sent, the_centre

H = Holder
BEGAN = dt.datetime(2026, 3, 2, 9, 30, 15, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


@dataclass
class Step:
    """A line of history, as far as a clock reads it."""

    sequence: int
    at: dt.datetime
    verb: str
    from_status: str
    to_status: str


def history(*steps: tuple[float, str, str]) -> list[Step]:
    """Steps given by hours since the beginning, verb and the status they led to."""
    before = ["", *(to for _hours, _verb, to in steps)]
    return [
        Step(number, BEGAN + hours * HOUR, verb, came_from, to)
        for number, ((hours, verb, to), came_from) in enumerate(zip(steps, before, strict=False), 1)
    ]


def hours(clock: Clock) -> dict[Holder, float]:
    return {holder: length / HOUR for holder, length in clock.shares.items()}


ASKED = history(
    (0, "sent", Status.RECEIVED),
    (5, "claimed", Status.RECEIVED),
    (24, "asked", Status.AWAITING_REFERRER),
    (72, "supplied", Status.RECEIVED),
    (80, "accepted", Status.ACCEPTED),
)


def test_a_question_gives_the_time_to_the_referrer_and_the_answer_takes_it_back() -> None:
    clock = read(REFERRAL, ASKED, BEGAN + 1000 * HOUR)
    assert hours(clock) == {H.CENTRE: 32, H.REFERRER: 48}
    assert clock.total == 80 * HOUR
    assert [span.holder for span in clock.spans] == [H.CENTRE, H.REFERRER, H.CENTRE]


def test_a_closed_case_ends_with_its_closing_and_an_open_one_now() -> None:
    closed = read(REFERRAL, ASKED, BEGAN + 1000 * HOUR)
    still = read(REFERRAL, ASKED[:3], BEGAN + 100 * HOUR)
    assert (closed.end, closed.with_whom) == (BEGAN + 80 * HOUR, None)
    assert (still.end, still.with_whom) == (BEGAN + 100 * HOUR, H.REFERRER)


PAUSED = history(
    (0, Verb.OPENED, P.WAITING),
    (10, Verb.PUT_OFF, P.PAUSED),
    (12, Verb.PLANNED, P.PAUSED),
    (20, Verb.RESUMED, P.WAITING),
    (30, Verb.PAUSED, P.PAUSED),
    (45, Verb.RESUMED, P.ACTIVE),
)


def test_a_pause_is_the_patients_time_when_the_patient_wished_it() -> None:
    clock = read(PATHWAY, PAUSED, BEGAN + 50 * HOUR)
    assert hours(clock) == {H.CENTRE: 25, H.PATIENT: 10, H.PAUSED: 15}


def test_the_referral_and_its_pathway_are_one_way_without_a_gap() -> None:
    first = read(REFERRAL, ASKED, BEGAN)
    opened = [
        Step(s.sequence, s.at + 80.5 * HOUR, s.verb, s.from_status, s.to_status) for s in PAUSED
    ]
    whole = first.then(read(PATHWAY, opened, BEGAN + 140 * HOUR))
    assert whole.total == 140 * HOUR == sum(whole.shares.values(), NOTHING)
    assert whole.start == BEGAN
    assert whole.with_whom == H.CENTRE


def test_a_pathway_written_a_moment_before_the_decision_does_not_overlap_it() -> None:
    first = read(REFERRAL, ASKED, BEGAN)
    opened = [
        Step(s.sequence, s.at + 79.9 * HOUR, s.verb, s.from_status, s.to_status) for s in PAUSED
    ]
    whole = first.then(read(PATHWAY, opened, BEGAN + 140 * HOUR))
    assert whole.total == sum(whole.shares.values(), NOTHING) == 140 * HOUR


@pytest.mark.parametrize("changed", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_an_hour_of_changed_clocks_is_neither_lost_nor_found(changed: dt.date) -> None:
    midnight = dt.datetime.combine(changed, dt.time(), timezone.get_default_timezone())
    steps = history((0, "sent", Status.RECEIVED))
    steps[0].at = midnight
    clock = read(REFERRAL, steps, midnight + dt.timedelta(days=1))
    in_utc = (midnight + dt.timedelta(days=1)).astimezone(dt.UTC) - midnight.astimezone(dt.UTC)
    assert clock.total == in_utc != dt.timedelta(days=1)


@st.composite
def histories(draw: st.DrawFn) -> list[Step]:
    """Walks through the referral's table with any times, also a server's clock set back."""
    status: str = Status.RECEIVED
    told: list[tuple[float, str, str]] = [(0.0, "sent", Status.RECEIVED)]
    for _ in range(draw(st.integers(0, 12))):
        if not REFERRAL[status].is_open:
            break
        status = draw(st.sampled_from(sorted({status, *REFERRAL[status].moves})))
        told.append((draw(st.floats(-5, 500)), "somehow", status))
    return history(*told)


@given(steps=histories(), until=st.floats(-10, 1000))
def test_the_split_adds_up_to_the_total_for_every_history(
    steps: Sequence[Step], until: float
) -> None:
    clock = read(REFERRAL, steps, BEGAN + until * HOUR)
    assert sum(clock.shares.values(), NOTHING) == clock.total >= NOTHING
    assert all(span.length >= NOTHING for span in clock.spans)
    assert all(a.end == b.start for a, b in zip(clock.spans, clock.spans[1:], strict=False))
    assert clock.is_running == REFERRAL[steps[-1].to_status].is_open


def walked_cases() -> None:
    """Referrals at every open status, one asked and answered, and one accepted."""
    people = the_centre()
    with time_machine.travel(BEGAN, tick=False) as now:
        for number in PEOPLE:
            sent(number=number)
            now.shift(3 * HOUR)
        first = Referral.objects.earliest("pk")
        triage.ask(people[Role.SECRETARY], first.pk, 1, "Hvad mangler?", [])
        now.shift(50 * HOUR)
        answered(first)
        for status in (Status.AWAITING_REFERRER, Status.AWAITING_SIGNATURE, Status.WITHDRAWN):
            now.shift(HOUR)
            at(status, people)


@pytest.mark.django_db
def test_the_database_sums_what_the_clocks_say(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    walked_cases()
    now = BEGAN + 500 * HOUR
    cases = list(Referral.objects.all())
    with django_assert_num_queries(1):
        each = clocks(cases, now)
    with django_assert_num_queries(1):
        summed = sums(Referral.objects.all(), "status", now)
    for status in {case.status for case in cases}:
        mine = [each[case.pk].shares for case in cases if case.status == status]
        assert summed.get(status, {}) == add(mine)
    assert {holder for shares in summed.values() for holder in shares} == {H.CENTRE, H.REFERRER}


@pytest.mark.django_db
def test_no_cases_have_no_time() -> None:
    assert clocks([], BEGAN) == {}
    assert sums(Referral.objects.all(), "status", BEGAN) == {}
