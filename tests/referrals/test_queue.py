"""The triage queue: order, pages, filters, search, counts, and what it costs."""

import datetime as dt
from collections.abc import Callable, Mapping

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from pathways.tracks import Track
from referrals import queue, triage
from referrals.lifecycle import Status
from referrals.models import Referral
from referrals.queue import Counts, Filters
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.referrals.cases import ADVICE, COMPLEX, PEOPLE, accepted_by, at, sent
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
ClientFor = Callable[[User], Client]
MOST_QUERIES = 8
SECRETARY_QUERIES = 5


def received(day: int, number: str = "") -> Referral:
    with time_machine.travel(dt.datetime(2026, 6, day, 10, tzinfo=dt.UTC)):
        return sent(number=number)


def shown(user: User, filters: Filters | None = None) -> list[Referral]:
    return list(queue.page(user, filters or Filters()))


def test_the_nearest_due_date_comes_first_and_closed_ones_not_at_all(people: People) -> None:
    later, sooner, same_day = received(9, PEOPLE[0]), received(2, PEOPLE[1]), received(9, PEOPLE[2])
    closed = received(1, PEOPLE[3])
    accepted_by(people[Role.SECRETARY], closed)
    assert shown(people[Role.SECRETARY]) == [sooner, later, same_day]


def test_every_row_is_on_exactly_one_page(people: People) -> None:
    everything = [received(1 + number % 3) for number in range(7)]
    user, mark, pages = people[Role.SECRETARY], "", []
    while True:
        page = queue.page(user, Filters(), mark, size=3)
        pages.append(page.rows)
        mark = page.later
        if not mark:
            break
    assert [len(rows) for rows in pages] == [3, 3, 1]
    assert {row.pk for rows in pages for row in rows} == {row.pk for row in everything}


@pytest.mark.parametrize("role", Role)
def test_only_those_who_may_see_the_queue_see_rows(role: Role) -> None:
    user = person(role)
    sent()
    assert bool(shown(user)) is may(role, Permission.VIEW_QUEUE)


def test_each_filter_keeps_what_it_says(people: People) -> None:
    secretary = people[Role.SECRETARY]
    with time_machine.travel(dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)):
        simple, complex_case = sent(number=PEOPLE[0]), sent(COMPLEX, number=PEOPLE[1])
        asked = sent(number=PEOPLE[2])
        triage.ask(secretary, asked.pk, 1, "Hvad?", [])
        triage.claim(secretary, simple.pk, 1)
        at_physician = sent(ADVICE, number=PEOPLE[3])
        triage.send_for_advice(secretary, at_physician.pk, 1, people[Role.PHYSICIAN], "")
        kept = {
            "status": Filters(status=Status.AWAITING_REFERRER),
            "track": Filters(track=Track.INTERDISCIPLINARY),
            "physician": Filters(status=queue.PHYSICIAN),
            "unit": Filters(unit=simple.unit_id),
            "mine": Filters(mine=True),
            "case": Filters(case=complex_case.pk),
        }
        assert shown(secretary, kept["status"]) == [asked]
        assert shown(secretary, kept["physician"]) == [at_physician]
        assert shown(secretary, kept["track"]) == [complex_case]
        assert shown(secretary, kept["case"]) == [complex_case]
        assert shown(secretary, kept["unit"]) == [simple]
        assert shown(secretary, kept["mine"]) == [simple, asked]
    with time_machine.travel(dt.datetime(2026, 6, 18, 10, tzinfo=dt.UTC)):
        assert shown(secretary, Filters(overdue=True)) == [simple, complex_case, at_physician]


@pytest.mark.parametrize("text", ["020160-9996", "0201609996", "020160", "lonni", "Laurid test"])
def test_a_patient_is_found_by_number_or_name(text: str, people: People) -> None:
    wanted = sent(number=PEOPLE[0])
    sent(
        {"patient": {"given_names": "Magnus", "family_name": "Holm"}},
        number=PEOPLE[1],
    )
    assert shown(people[Role.SECRETARY], Filters(text=text)) == [wanted]


def test_the_queue_in_numbers_takes_one_query(people: People) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)):
        for status in (Status.RECEIVED, Status.AWAITING_REFERRER, Status.AWAITING_SIGNATURE):
            at(status, people)
        at(Status.AWAITING_ADVICE, people)
    at(Status.DECLINED, people)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        counts = queue.counts(people[Role.SECRETARY], dt.date(2026, 6, 12))
    assert len(queries) == 1
    assert counts == Counts(open=4, overdue=1, awaiting_referrer=1, awaiting_physician=2)


def test_the_next_one_is_the_one_after_then_the_first_and_never_a_colleagues(
    people: People,
) -> None:
    secretary = people[Role.SECRETARY]
    first, second, third = received(1), received(2), received(3)
    taken = received(4)
    triage.claim(people[Role.PHYSICIAN], taken.pk, 1)
    assert first.due_on is not None
    assert third.due_on is not None
    assert queue.next_after(secretary, first.due_on, first.pk) == second
    assert queue.next_after(secretary, third.due_on, third.pk) == first
    assert queue.next_after(people[Role.PHYSICIAN], third.due_on, third.pk) == taken


def cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("referrals:queue"))
    assert answer.status_code == 200
    return len(queries)


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.PHYSICIAN, Role.NURSE, Role.MANAGER])
def test_a_page_costs_the_same_few_queries_with_one_row_and_with_sixty(
    role: Role, client_for: ClientFor
) -> None:
    client = client_for(person(role))
    sent()
    one = cost(client)
    referrer = person(Role.REFERRER)
    for _ in range(59):
        sent(referrer=referrer)
    assert cost(client) == one <= MOST_QUERIES


def test_the_first_page_is_served_by_the_index_of_open_referrals(people: People) -> None:
    sent()
    rows = queue.filtered(people[Role.SECRETARY], Filters()).order_by(*queue.KEYS)[:51]
    with connection.cursor() as cursor:
        for costly in ("seqscan", "bitmapscan", "sort"):  # a handful of rows is read any way
            cursor.execute(f"SET LOCAL enable_{costly} = off")
    plan = rows.explain()
    assert "referrals_open" in plan
    assert "Sort" not in plan


def page_of(client: Client, query: str = "") -> str:
    answer = client.get(reverse("referrals:queue") + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_page_shows_the_queue_with_its_numbers(people: People, client_for: ClientFor) -> None:
    referral = sent(COMPLEX)
    page = page_of(client_for(people[Role.SECRETARY]))
    assert "Lonni Test Lauridsen" in page
    assert referral.unit.name in page
    assert "1 åben" in page
    assert "Tværfaglig" in page
    assert reverse("referrals:referral", args=[referral.pk]) in page


def test_a_manager_sees_rows_but_no_way_into_them(people: People, client_for: ClientFor) -> None:
    referral = sent()
    client = client_for(people[Role.MANAGER])
    page = page_of(client)
    assert "Lonni Test Lauridsen" in page
    assert reverse("referrals:referral", args=[referral.pk]) not in page
    assert client.get(reverse("referrals:referral", args=[referral.pk])).status_code == 403


def test_filters_are_chips_that_come_off_one_by_one(people: People, client_for: ClientFor) -> None:
    sent()
    page = page_of(client_for(people[Role.SECRETARY]), "?status=received&track=single&overdue=")
    assert "?track=single" in page
    assert "?status=received" in page
    assert "Fjern alle" in page


@pytest.mark.parametrize(
    "query", ["?status=closed", "?track=x&unit=abc", "?side=x", "?unit=99999999999999999999"]
)
def test_an_address_that_makes_no_sense_narrows_nothing(
    query: str, people: People, client_for: ClientFor
) -> None:
    sent()
    assert "Lonni Test Lauridsen" in page_of(client_for(people[Role.SECRETARY]), query)


def test_a_search_never_reaches_the_address_and_can_be_cleared(
    people: People, client_for: ClientFor
) -> None:
    sent(number=PEOPLE[0])
    sent({"patient": {"given_names": "Magnus", "family_name": "Holm"}}, number=PEOPLE[1])
    client, address = client_for(people[Role.SECRETARY]), reverse("referrals:queue")
    answer = client.post(f"{address}?status=received", {"q": "020160-9996"})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{address}?status=received"
    page = page_of(client, "?status=received")
    assert "Lonni Test Lauridsen" in page
    assert "Magnus" not in page
    client.post(address, {"q": ""})
    assert "Magnus" in page_of(client)


def test_an_empty_queue_says_what_would_be_here(people: People, client_for: ClientFor) -> None:
    client = client_for(people[Role.SECRETARY])
    assert "Køen er tom" in page_of(client)
    assert "Ingen henvisninger passer" in page_of(client, "?mine=1")


def test_advice_only_is_shown_as_such_and_age_in_days(
    people: People, client_for: ClientFor
) -> None:
    sent(ADVICE)
    client = client_for(people[Role.SECRETARY])
    assert "Kun råd" in page_of(client)
    assert "modtaget i dag" in page_of(client)
    with time_machine.travel(timezone.now() + dt.timedelta(days=4)):
        later = client_for(people[Role.SECRETARY])
        assert "modtaget for 4 dage siden" in page_of(later)
