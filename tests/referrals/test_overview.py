"""The manager's numbers, and where they lead."""

import datetime as dt
import html
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from casework.lifecycle import Holder
from pathways.tracks import Track
from referrals.lifecycle import Status
from referrals.overview import (
    pathways_by_status,
    pathways_by_track,
    pathways_time,
    referrals_by_status,
    referrals_by_track,
    referrals_time,
    total,
)
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.referrals.cases import ADVICE, COMPLEX, PEOPLE, accepted_by, at, sent, the_centre
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
A_TUESDAY = dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)
A_WEEK_LATER = dt.date(2026, 6, 17)


def test_numbers_per_status_and_track_with_the_most_overdue_first() -> None:
    people = the_centre()
    with time_machine.travel(A_TUESDAY):
        sent(COMPLEX, number=PEOPLE[0])
        sent(ADVICE, number=PEOPLE[1])
        at(Status.AWAITING_REFERRER, people)
        at(Status.DECLINED, people)
    by_status = referrals_by_status(A_WEEK_LATER)
    assert (by_status[0].code, by_status[0].open, by_status[0].overdue) == ("received", 2, 2)
    assert {line.code: line.open for line in by_status}["awaiting_referrer"] == 1
    by_track = {line.code: (line.open, line.overdue) for line in referrals_by_track(A_WEEK_LATER)}
    assert by_track[Track.INTERDISCIPLINARY] == (1, 1)
    assert by_track[""] == (1, 1)
    assert (total(by_status).open, total(by_status).overdue) == (3, 2)


def test_open_pathways_are_counted_by_track() -> None:
    people = the_centre()
    with time_machine.travel(A_TUESDAY):
        accepted_by(people[Role.SECRETARY], sent(COMPLEX))
    lines = pathways_by_track(dt.date(2026, 12, 1))
    assert (lines[0].code, lines[0].open, lines[0].overdue) == (Track.INTERDISCIPLINARY, 1, 1)
    waiting, active, _paused = pathways_by_status(dt.date(2026, 12, 1))
    assert (waiting.code, waiting.open, waiting.overdue) == ("waiting", 1, 1)
    assert (active.code, active.open) == ("active", 0)


@pytest.mark.parametrize("role", Role)
def test_the_page_is_for_those_who_lead(role: Role, client_for: Callable[[User], Client]) -> None:
    answer = client_for(person(role)).get(reverse("referrals:overview"))
    assert answer.status_code == (200 if may(role, Permission.VIEW_OVERVIEW) else 403)


def test_each_number_leads_to_its_rows(client_for: Callable[[User], Client]) -> None:
    with time_machine.travel(A_TUESDAY):
        sent(COMPLEX)
    client, queue = client_for(person(Role.MANAGER)), reverse("referrals:queue")
    page = client.get(reverse("referrals:overview")).content.decode()
    for query in ("status=received", "track=interdisciplinary", "overdue=1"):
        assert f"{queue}?{query}" in page
        assert "Lonni Test Lauridsen" in client.get(f"{queue}?{query}").content.decode()


def test_those_without_a_proposal_lead_to_their_rows(client_for: Callable[[User], Client]) -> None:
    with time_machine.travel(A_TUESDAY):
        sent(ADVICE)
        sent(COMPLEX, number=PEOPLE[1])
    client = client_for(person(Role.MANAGER))
    url = f"{reverse('referrals:queue')}?track=none"
    assert f'href="{url}"' in client.get(reverse("referrals:overview")).content.decode()
    rows = client.get(url).context["rows"]
    assert [row["referral"].judgement.proposed_track for row in rows] == [""]


def test_each_number_of_pathways_leads_to_its_rows(client_for: Callable[[User], Client]) -> None:
    people = the_centre()
    with time_machine.travel(A_TUESDAY):
        accepted_by(people[Role.SECRETARY], sent(COMPLEX))
    worklist = reverse("pathways:worklist")
    with time_machine.travel(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC)):
        client = client_for(people[Role.MANAGER])
        page = client.get(reverse("referrals:overview"))
        shown = html.unescape(page.content.decode())
        for query in (
            *("status=waiting", "status=waiting&overdue=1", "track=interdisciplinary"),
            *("track=interdisciplinary&overdue=1", "overdue=1"),
        ):
            assert f'"{worklist}?{query}"' in shown
            assert "Lonni Test Lauridsen" in client.get(f"{worklist}?{query}").content.decode()


def test_the_time_of_the_open_cases_is_summed_in_two_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with time_machine.travel(A_TUESDAY, tick=False):
        people = the_centre()
        accepted_by(people[Role.SECRETARY], sent(COMPLEX))
        for number in PEOPLE[1:]:
            sent(COMPLEX, number=number)
    today = dt.date(2026, 12, 1)
    referrals, pathways = referrals_by_track(today), pathways_by_track(today)
    with (
        time_machine.travel(dt.datetime(2026, 12, 1, 10, tzinfo=dt.UTC), tick=False),
        django_assert_num_queries(2),
    ):
        (waiting,), (treated,) = referrals_time(referrals), pathways_time(pathways)
    assert (waiting.open, treated.open) == (len(PEOPLE) - 1, 1)
    assert treated.shares == {Holder.CENTRE: dt.timedelta(days=175)}
    assert waiting.shares == {Holder.CENTRE: waiting.open * dt.timedelta(days=175)}
