"""What every page shares, in a real browser."""

from playwright.sync_api import Page, expect

from tests.browser.accessibility import assert_accessible


def test_the_sign_in_page_is_danish_and_accessible(page: Page) -> None:
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page).to_have_url("/accounts/login/?next=/")
    assert_accessible(page)


def test_nothing_on_the_sign_in_page_is_refused_by_its_own_policy(page: Page) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto("/accounts/login/")
    assert complaints == []
    assert page.evaluate("document.fonts.ready.then(() => getComputedStyle(document.body).margin)")
