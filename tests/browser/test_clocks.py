"""The clocks on the pages of a referral and a pathway, and a wish written down beside them."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from referrals import triage
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.referrals.cases import accepted_by, answered, sent, the_centre

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[Page, User], None]
A_DAY = dt.timedelta(days=1)


def asked_and_answered() -> tuple[Referral, dict[Role, User]]:
    """Received 30 days ago, asked about after two, answered after twelve."""
    with time_machine.travel(timezone.now() - 30 * A_DAY) as now:
        people = the_centre()
        referral = sent()
        now.shift(2 * A_DAY)
        triage.ask(people[Role.SECRETARY], referral.pk, 1, "Siden hvornår?", [])
        now.shift(10 * A_DAY)
        answered(referral)
    return Referral.objects.get(), people


def test_the_bar_says_in_words_who_had_the_case_and_for_how_long(
    page: Page, sign_in: SignIn
) -> None:
    referral, people = asked_and_answered()
    sign_in(page, people[Role.SECRETARY])
    page.goto(reverse("referrals:referral", args=[referral.pk]))
    clocks = page.get_by_role("region", name="Hvem har bolden?")
    lines = clocks.locator(".clock__line")
    expect(lines).to_have_text(["Centret nu20 dage", "Henviser10 dage", "I alt30 dage"])
    expect(clocks.locator("rect")).to_have_count(3)
    expect(clocks).to_contain_text("Brev til patienten (§ 90)")
    assert_accessible(page)


def test_a_wish_is_written_down_over_the_page_and_stands_beside_the_clock(
    page: Page, sign_in: SignIn
) -> None:
    referral, people = asked_and_answered()
    sign_in(page, people[Role.SECRETARY])
    page.goto(reverse("referrals:referral", args=[referral.pk]))
    page.get_by_role("link", name="Notér et ønske").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Hvilken dag")).to_be_hidden()
    dialog.get_by_label("Siger nej til en tilbudt tid").check(force=True)
    dialog.get_by_label("Hvilken dag").fill("8.12.2026")
    dialog.get_by_label("Patientens ord").fill("Er på ferie")
    assert_accessible(page)
    dialog.get_by_role("button", name="Gem ønsket").click()
    clocks = page.get_by_role("region", name="Hvem har bolden?")
    expect(clocks).to_contain_text("Patienten sagde nej til tiden den 8.12.2026: »Er på ferie«")
    assert_accessible(page)


def test_the_patients_page_shows_the_whole_way_since_the_receipt(
    page: Page, sign_in: SignIn
) -> None:
    referral, people = asked_and_answered()
    accepted_by(people[Role.PHYSICIAN], referral)
    sign_in(page, people[Role.PHYSICIAN])
    page.goto(reverse("pathways:patient", args=[referral.patient_id]))
    clocks = page.get_by_role("region", name="Hvem har bolden?")
    expect(clocks.locator(".clock__line--total")).to_have_text("I alt30 dage")
    expect(clocks).to_contain_text("Første tid")
    assert_accessible(page)


def test_the_manager_sees_the_time_of_all_open_cases(page: Page, sign_in: SignIn) -> None:
    _referral, people = asked_and_answered()
    sign_in(page, people[Role.MANAGER])
    page.goto(reverse("referrals:overview"))
    time = page.get_by_role("region", name="Hvem har haft bolden i de åbne sager?")
    expect(time.get_by_role("row").nth(1)).to_contain_text("10 dage")
    assert_accessible(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
