"""Nothing typed is lost: a dialog closed by a slip, and a sign-in that ended meanwhile."""

import re
from collections.abc import Callable, Mapping

import pytest
from django.conf import settings
from playwright.sync_api import Dialog, Page, expect

from referrals.models import Decision
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.referrals.cases import sent, the_centre, written
from tests.staff.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]
People = Mapping[Role, User]
WORDS = "Er i gang med et forløb på reumatologisk afdeling."


@pytest.fixture
def people() -> People:
    return the_centre()


@pytest.fixture
def half_written(page: Page, sign_in: SignIn, people: People) -> Page:
    """A physician with a reason for a decline typed in, and not sent."""
    referral = sent()
    sign_in(page, people[Role.PHYSICIAN])
    page.goto(f"/referrals/{referral.pk}/")
    page.get_by_role("link", name="Afvis…").click()
    page.get_by_label("Begrundelse").fill(WORDS)
    return page


def _sign_out(page: Page) -> None:
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)


def _sign_in_in_another_tab(page: Page, sign_in: SignIn, user: User) -> None:
    """As a new sign-in does: another session, and another token against forged forms."""
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    sign_in(page, user)
    beside = page.context.new_page()
    beside.goto("/")
    beside.close()


def test_escape_asks_before_it_throws_a_letter_away(half_written: Page) -> None:
    page, asked = half_written, list[str]()

    def no(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", no)
    page.keyboard.press("Escape")
    expect(page.get_by_label("Begrundelse")).to_have_value(WORDS)
    assert asked == ["Vil du kassere det, du har skrevet?"]
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Luk").click()
    expect(page.get_by_label("Begrundelse")).to_have_count(0)


def test_a_decision_sent_after_the_sign_in_ended_waits_for_a_new_one(
    half_written: Page, sign_in: SignIn, people: People
) -> None:
    page = half_written
    _sign_out(page)
    page.get_by_role("button", name="Afvis og næste").click()
    expect(page.get_by_role("alert")).to_contain_text("Du er logget af.")
    expect(page.get_by_label("Begrundelse")).to_have_value(WORDS)
    assert_accessible(page)
    _sign_in_in_another_tab(page, sign_in, people[Role.PHYSICIAN])
    page.get_by_role("button", name="Afvis og næste").click()
    expect(page.get_by_text("er afvist")).to_be_visible()
    assert Decision.objects.get().reason == WORDS


def test_a_form_sent_after_the_sign_in_ended_is_there_when_one_goes_back(
    page: Page, sign_in: SignIn, people: People
) -> None:
    referrer = person(Role.REFERRER)
    draft = written(referrer)
    sign_in(page, referrer)
    page.goto(f"/referrals/drafts/{draft.pk}/workup/")
    page.get_by_label("Speciallægers vurdering").fill(WORDS)
    _sign_out(page)
    page.get_by_role("button", name="Gem og fortsæt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Du er logget af")
    assert_accessible(page)
    _sign_in_in_another_tab(page, sign_in, referrer)
    page.go_back()
    expect(page.get_by_label("Speciallægers vurdering")).to_have_value(WORDS)


def test_a_page_from_before_another_sign_in_can_still_be_sent(
    page: Page, sign_in: SignIn, people: People
) -> None:
    referrer = person(Role.REFERRER)
    draft = written(referrer)
    sign_in(page, referrer)
    page.goto(f"/referrals/drafts/{draft.pk}/workup/")
    page.get_by_label("Speciallægers vurdering").fill(WORDS)
    _sign_in_in_another_tab(page, sign_in, referrer)
    page.get_by_role("button", name="Gem og fortsæt").click()
    expect(page).to_have_url(re.compile("/medicine/$"))
    draft.refresh_from_db()
    assert draft.answers["workup"]["opinions"] == WORDS
