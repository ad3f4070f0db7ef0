"""A real browser, a real server, and people who are signed in."""

import os
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from staff.models import User
from tests.browser.chromium import BASE, launch

# Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# What is awaited comes at once on a machine that has time; a busy one gets more of it.
expect.set_options(timeout=15_000)

SCREENSHOTS = BASE / "var/screenshots"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
FAILED = pytest.StashKey[bool]()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests.

    While Playwright's event loop is in this thread, Django uses another connection than before and
    after it: each is closed when it goes out of use, so that the test database can be dropped.
    """
    connections.close_all()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
        connections.close_all()


@pytest.fixture
def live(live_server: LiveServer) -> str:
    """The address of the running product, static files included."""
    return live_server.url


@pytest.fixture
def new_page(
    browser: Browser, live: str, request: pytest.FixtureRequest
) -> Iterator[Callable[[], Page]]:
    """Pages of people who share no cookies; what a failing test saw is saved in var/."""
    contexts: list[BrowserContext] = []

    def opened() -> Page:
        context = browser.new_context(base_url=live, viewport=DESKTOP, locale="da-DK")
        contexts.append(context)
        return context.new_page()

    yield opened
    pages = [page for context in contexts for page in context.pages]
    if request.node.stash.get(FAILED, False):
        for number, page in enumerate(pages):
            page.screenshot(path=screenshot(request.node.nodeid, number), full_page=True)
    for page in pages:
        page.goto("about:blank")  # no request is under way when the database is emptied
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_page: Callable[[], Page]) -> Page:
    """One person's page on a desktop screen, in Danish."""
    return new_page()


@pytest.fixture
def sign_in(live: str) -> Callable[[Page, User], None]:
    """Sign a person in on a page without the sign-in form."""

    def signed_in(page: Page, user: User) -> None:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live}])

    return signed_in


def screenshot(test: str, number: int) -> Path:
    """Where a failing test's picture goes."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS / f"{re.sub(r'[^0-9A-Za-z_]+', '-', test)}-{number}.png"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know at their end whether the test failed."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report
