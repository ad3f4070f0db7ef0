"""Decisions against the criteria in a real browser, as a physician and a manager read them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.referrals.cases import CANCER, PEOPLE, accepted_by, declined, sent, the_centre

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]
REASON = "Kræften er i ro"


def test_a_manager_reads_the_numbers_and_a_physician_the_reasons(
    new_page: Callable[[], Page], sign_in: SignIn
) -> None:
    people = the_centre()
    physician, manager = people[Role.PHYSICIAN], people[Role.MANAGER]
    against = sent(CANCER, number=PEOPLE[0])
    accepted_by(physician, against, reason=REASON)
    declined(physician, sent(number=PEOPLE[1]))

    numbers = new_page()
    sign_in(numbers, manager)
    numbers.goto("/referrals/overview/")
    numbers.get_by_role("link", name="Afgørelser mod kriterierne").click()
    expect(numbers.get_by_role("heading", level=1)).to_have_text("Afgørelser mod kriterierne")
    expect(numbers.get_by_role("row", name="Ingen aktiv kræft 1 50,0 %")).to_be_visible()
    expect(numbers.get_by_text(REASON)).to_have_count(0)
    assert_accessible(numbers)

    reasons = new_page()
    sign_in(reasons, physician)
    reasons.goto("/oversight/against/")
    reasons.get_by_role("link", name="Ingen aktiv kræft").click()
    expect(reasons.locator("#decisions tbody tr")).to_have_count(1)
    expect(reasons.get_by_text(REASON)).to_have_count(0)
    assert_accessible(reasons)
    reasons.get_by_role("link", name=against.reference).click()
    beside = reasons.locator("#finding-no_active_cancer")
    expect(beside).to_contain_text(f"»{REASON}«")
    expect(beside).to_contain_text(f"{physician.name} (læge)")
    beside.get_by_text("Grundlag").click()
    expect(beside).to_contain_text("Ja, aktiv kræft")
    assert_accessible(reasons)


def test_a_period_is_chosen_and_a_wrong_one_explained(page: Page, sign_in: SignIn) -> None:
    people = the_centre()
    declined(people[Role.PHYSICIAN], sent())
    sign_in(page, people[Role.MANAGER])
    page.goto("/oversight/against/")
    page.get_by_label("Afgjort fra").fill("1.2.2020")
    page.get_by_label("Afgjort til og med").fill("1.1.2020")
    page.get_by_role("button", name="Vis perioden").click()
    expect(page.get_by_text("Perioden slutter, før den begynder.").first).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Afgjort til og med").fill("1.3.2020")
    page.get_by_role("button", name="Vis perioden").click()
    expect(page.get_by_text("Ingen afgørelser mod kriterierne")).to_be_visible()
