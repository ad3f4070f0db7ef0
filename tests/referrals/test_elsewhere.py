"""How long patients wait in other places: kept by the manager, told while it is new enough."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from letters.content import content_of
from letters.models import Letter
from pathways.tracks import Track
from referrals.elsewhere import told_on
from referrals.models import WaitingTime
from referrals.patient_letters import notice
from referrals.proposals import plan_on
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.referrals.cases import sent, the_centre
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
A_TUESDAY = dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)
TODAY = A_TUESDAY.date()
LIST = "admin:referrals_waitingtime_changelist"
ADD = "admin:referrals_waitingtime_add"


def a_wait(place: str = "Smertecenter Nord", weeks: int = 20, days_ago: int = 10) -> WaitingTime:
    known_on = TODAY - dt.timedelta(days=days_ago)
    row: WaitingTime = WaitingTime.objects.create(
        place=place, weeks=weeks, known_on=known_on, source="Telefonisk"
    )
    return row


def the_notice(language: str = "da") -> str:
    the_centre()
    with time_machine.travel(A_TUESDAY):
        referral = sent()
        referral.patient.letter_language = language
        letter: Letter = notice(referral, plan_on(referral, Track.SINGLE))
    return content_of(letter.content).as_text()


def test_the_notice_tells_each_place_with_its_day_and_then_where_to_see_more() -> None:
    a_wait()
    a_wait("Klinikken i Vest", weeks=1, days_ago=30)
    told = the_notice()
    places = (
        "Så længe venter man andre steder, så vidt vi ved:\n"
        "- Klinikken i Vest: omkring en uge (oplyst 10. maj 2026)\n"
        "- Smertecenter Nord: omkring 20 uger (oplyst 30. maj 2026)"
    )
    assert places in told
    assert told.index(places) < told.index("Ventetiderne på andre sygehuse kan du se på")
    assert told.index("ret til at vælge et andet offentligt") < told.index(places)


def test_the_english_notice_tells_the_same() -> None:
    a_wait()
    a_wait("Klinikken i Vest", weeks=0)
    told = the_notice("en")
    assert "- Smertecenter Nord: about 20 weeks (as of 30 May 2026)" in told
    assert "- Klinikken i Vest: less than a week" in told
    assert "You can see the waiting times at other hospitals" in told


def test_without_any_the_notice_says_only_where_to_see_them() -> None:
    a_wait(days_ago=93)
    told = the_notice()
    assert "Smertecenter Nord" not in told
    assert "så vidt vi ved" not in told
    assert "Ventetiderne på andre sygehuse kan du se på sundhed.dk" in told


@pytest.mark.parametrize(("days_ago", "is_told"), [(0, True), (92, True), (93, False)])
def test_what_was_known_is_told_for_three_months(days_ago: int, is_told: bool) -> None:
    row = a_wait(days_ago=days_ago)
    assert list(told_on(TODAY)) == ([row] if is_told else [])


@pytest.mark.parametrize("role", Role)
def test_the_manager_keeps_them(role: Role, client_for: ClientFor) -> None:
    client, row = client_for(person(role)), a_wait()
    expected = 200 if may(role, Permission.KEEP_WAITING_TIMES) else (302, 403)
    pages = [reverse(LIST), reverse(ADD)]
    pages.append(reverse("admin:referrals_waitingtime_change", args=[row.pk]))
    for page in pages:
        status = client.get(page).status_code
        assert status == expected if isinstance(expected, int) else status in expected
    assert may(role, Permission.KEEP_WAITING_TIMES) == (role == Role.MANAGER)


def test_a_manager_adds_changes_and_removes_one(client_for: ClientFor) -> None:
    client = client_for(person(Role.MANAGER))
    sent_along = {"place": "Klinikken", "weeks": "8", "known_on": "09.06.2026", "source": "Ringet"}
    with time_machine.travel(A_TUESDAY, tick=False):
        client.post(reverse(ADD), sent_along)
        row = WaitingTime.objects.get()
        change = reverse("admin:referrals_waitingtime_change", args=[row.pk])
        client.post(change, sent_along | {"weeks": "9"})
        row.refresh_from_db()
        assert (row.weeks, row.known_on) == (9, TODAY)
        assert "Klinikken" in client.get(reverse(LIST)).content.decode()
    delete = reverse("admin:referrals_waitingtime_delete", args=[row.pk])
    client.post(delete, {"post": "yes"})
    assert not WaitingTime.objects.exists()


def test_a_day_that_has_not_come_is_refused(client_for: ClientFor) -> None:
    client = client_for(person(Role.MANAGER))
    sent_along = {"place": "Klinikken", "weeks": "8", "known_on": "10.06.2026", "source": "Ringet"}
    with time_machine.travel(A_TUESDAY, tick=False):
        answer = client.post(reverse(ADD), sent_along)
    assert "Dagen er ikke kommet endnu." in answer.content.decode()
    assert not WaitingTime.objects.exists()


def test_the_manager_sees_no_other_page_of_the_administration(client_for: ClientFor) -> None:
    client = client_for(person(Role.MANAGER))
    assert client.get(reverse("admin:staff_user_changelist")).status_code == 403
    assert "staff/user" not in client.get(reverse("admin:index")).content.decode()


def test_the_overview_leads_there(client_for: ClientFor) -> None:
    page = client_for(person(Role.MANAGER)).get(reverse("referrals:overview"))
    assert reverse(LIST) in page.content.decode()
