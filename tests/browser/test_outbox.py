"""The outbox as its keeper uses it, and without an accessibility violation."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from correspondence import delivery
from correspondence.models import Message
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.correspondence.factories import a_message, an_email
from tests.staff.factories import person

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[Page, User], None]


def test_a_failed_message_is_found_and_sent_again(
    page: Page, sign_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    settings.OUTBOX_FOLDER = str(tmp_path)
    failed = a_message(recipient="Lonni Lauridsen", address="")
    delivery.deliver(failed.pk)
    an_email(recipient="Lægerne Søborg")

    sign_in(page, person(Role.SECRETARY))
    page.goto("/outbox/")
    expect(page.get_by_role("row")).to_have_count(3)
    assert_accessible(page)

    page.get_by_label("Tilstand").select_option(label="Mislykket")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("link", name="Fjern filter: mislykket")).to_be_visible()

    page.locator(".row-link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Påmindelse om tid")
    expect(page.get_by_text("Modtageren har ingen adresse på denne kanal.")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Send igen").click()
    expect(page.get_by_text("Meddelelsen er lagt i kø og sendes igen.")).to_be_visible()
    assert Message.objects.get(pk=failed.pk).status == Message.Status.QUEUED


def test_the_manager_sees_states_and_no_words(page: Page, sign_in: SignIn) -> None:
    message = a_message(recipient="Lonni Lauridsen")
    sign_in(page, person(Role.MANAGER))
    page.goto(f"/outbox/{message.pk}/")
    expect(page.get_by_text("Ordlyden vises kun for dem, der må se patienter.")).to_be_visible()
    expect(page.get_by_text("Lonni")).to_have_count(0)
    assert_accessible(page)
