"""Nothing typed is lost: a dialog closed by a slip, and a sign-in that ended meanwhile."""

import re
from collections.abc import Callable, Mapping

import pytest
from django.conf import settings
from playwright.sync_api import Dialog, Page, expect

from pathways.models import Contact
from referrals.models import Decision
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.pathways.factories import a_pathway
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


@pytest.fixture
def on_the_phone(page: Page, sign_in: SignIn, people: People) -> Page:
    """A nurse who is writing down what a patient says."""
    patient = a_pathway().patient
    sign_in(page, people[Role.NURSE])
    page.goto(f"/pathways/patients/{patient.pk}/call/")
    page.get_by_text("medicin", exact=True).click()
    page.get_by_text("ring tilbage", exact=True).click()
    page.get_by_label("Det blev sagt").fill(WORDS)
    return page


def test_a_call_outlives_a_broken_line_and_a_reload(on_the_phone: Page) -> None:
    page = on_the_phone
    page.context.set_offline(True)
    page.get_by_role("button", name="Gem").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Det blev sagt")).to_have_value(WORDS)
    assert_accessible(page)
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Det blev sagt")).to_have_value(WORDS)
    expect(page.get_by_label("Senest")).to_be_visible()
    page.get_by_role("button", name="Gem").click()
    expect(page.locator("#messages")).to_contain_text("er gemt.")
    contact = Contact.objects.get()
    assert (contact.said, contact.reason, contact.follow_up) == (WORDS, "medicine", "call_back")
    page.goto(f"/pathways/patients/{contact.patient_id}/call/")
    expect(page.get_by_label("Det blev sagt")).to_have_value("")


def test_a_call_is_not_there_for_the_next_one_at_the_desk(
    on_the_phone: Page, sign_in: SignIn, people: People
) -> None:
    page = on_the_phone
    address = page.url
    page.locator(".sign-out button").first.click()
    page.wait_for_load_state()
    assert (
        page.evaluate("Object.keys(sessionStorage).filter((key) => key.startsWith('keep:'))") == []
    )
    sign_in(page, people[Role.NURSE])
    page.goto(address)
    expect(page.get_by_label("Det blev sagt")).to_have_value("")
