"""Nothing lost, as a manager reads it, and the call about an answer that nobody has opened."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from correspondence.models import Message
from oversight.nights import prove_tonight
from referrals.lifecycle import Status
from staff.models import User
from staff.permissions import Role
from staff.working_days import add_weekdays
from tests.browser.accessibility import assert_accessible
from tests.correspondence.factories import an_email
from tests.referrals.cases import at, the_centre

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]


def three_weekdays_ago() -> dt.datetime:
    day = add_weekdays(timezone.localdate(), -3)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))


def nothing_waits() -> None:
    Message.objects.update(status=Message.Status.SENT, sent_at=timezone.now())


def test_a_manager_reads_that_nothing_is_lost_and_then_what_is(page: Page, sign_in: SignIn) -> None:
    people = the_centre()
    for status in (Status.ACCEPTED, Status.AWAITING_REFERRER):
        at(status, people)
    nothing_waits()
    prove_tonight(timezone.now() - dt.timedelta(days=1))
    sign_in(page, people[Role.MANAGER])
    page.goto("/")
    page.get_by_role("link", name="Intet tabt").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Intet tabt")
    expect(page.get_by_text("Alle 2 åbne sager har en ejer")).to_be_visible()
    expect(page.get_by_role("row", name="Spørgsmål til henviser")).to_be_visible()
    assert_accessible(page)

    Message.objects.filter(pk=an_email().pk).update(status=Message.Status.FAILED)
    page.reload()
    expect(page.get_by_text("1 ting kræver handling")).to_be_visible()
    expect(page.get_by_text("Intet er tabt")).to_have_count(0)
    assert_accessible(page)
    page.get_by_role("link", name="Meddelelser, der ikke kunne sendes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Udbakke")


def test_an_unread_answer_is_phoned_about(new_page: Callable[[], Page], sign_in: SignIn) -> None:
    people = the_centre()
    with time_machine.travel(three_weekdays_ago()):
        referral = at(Status.DECLINED, people)
    desk = new_page()
    sign_in(desk, people[Role.SECRETARY])
    desk.goto("/")
    desk.get_by_role("link", name="Ring til praksis 1").first.click()
    expect(desk.get_by_role("row", name=referral.unit.name)).to_be_visible()
    assert_accessible(desk)
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_text("Vi kan ikke hjælpe.")).to_be_visible()
    assert_accessible(desk)
    dialog.get_by_role("button", name="Ringet op").click()
    expect(dialog.get_by_text("Skriv, hvem du talte med.").first).to_be_visible()
    dialog.get_by_label("Hvem talte du med?").fill("Bente i skranken")
    dialog.get_by_role("button", name="Ringet op").click()
    expect(desk.get_by_text("Ingen at ringe til")).to_be_visible()
    expect(desk.get_by_text("Noteret:")).to_be_visible()
    assert_accessible(desk)
    desk.goto(f"/referrals/{referral.pk}/")
    expect(desk.get_by_text("talte med Bente i skranken")).to_be_visible()


def test_the_practice_opens_what_is_unread(page: Page, sign_in: SignIn) -> None:
    referral = at(Status.DECLINED, the_centre())
    sign_in(page, referral.referrer)
    page.goto("/referrals/sent/")
    expect(page.get_by_role("heading", name="Ulæst fra centret")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Visitationssvar").click()
    expect(page.get_by_text("Vi kan ikke hjælpe.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Åbn henvisningen").click()
    expect(page.get_by_text("Ulæst")).to_have_count(0)
    assert_accessible(page)
