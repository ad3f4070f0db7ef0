"""The outbox as its keeper uses it, and without an accessibility violation."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from correspondence import delivery, outbox
from correspondence.models import Message
from correspondence.printing import print_run
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.correspondence.factories import a_letter_to, a_message, doubtful
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[Page, User], None]


def test_a_failed_message_is_found_and_sent_again(
    page: Page, sign_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    settings.OUTBOX_FOLDER = str(tmp_path)
    failed = a_message(recipient="Lonni Lauridsen", address="")
    delivery.deliver(failed.pk)

    sign_in(page, person(Role.SECRETARY))
    page.goto("/outbox/")
    expect(page.get_by_role("row")).to_have_count(3)  # the head, it, and the mail that tells of it
    assert_accessible(page)

    page.get_by_label("Tilstand").select_option(label="Mislykket")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("link", name="Fjern filter: mislykket")).to_be_visible()

    page.locator(".row-link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Påmindelse om tid")
    expect(page.get_by_role("definition").get_by_text("ingen adresse")).to_be_visible()
    expect(page.get_by_role("row", name="ingen adresse")).to_be_visible()
    assert_accessible(page)

    page.get_by_role("button", name="Send igen").click()
    expect(page.get_by_text("Meddelelsen er lagt i kø og sendes igen.")).to_be_visible()
    assert Message.objects.get(pk=failed.pk).status == Message.Status.QUEUED


def test_a_doubt_is_settled_by_the_keyboard_alone(page: Page, sign_in: SignIn) -> None:
    first, second = doubtful(recipient="Lonni Lauridsen"), doubtful(recipient="Maja Holm")
    sign_in(page, person(Role.SECRETARY, name="Sonja Holst"))
    page.goto("/outbox/")
    above = page.get_by_role("table", name="Meddelelser, der måske er sendt")
    expect(above.get_by_role("row")).to_have_count(3)
    assert_accessible(page)

    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(page.get_by_text("Det er noteret, at meddelelsen er sendt.")).to_be_visible()
    assert Message.objects.get(pk=first.pk).status == Message.Status.SENT
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Ingen ved, om meddelelsen er nået frem.")).to_be_visible()
    assert_accessible(page)
    page.keyboard.press("i")
    expect(page.get_by_text("Meddelelsen er lagt i kø og sendes igen.")).to_be_visible()
    expect(page.get_by_role("cell", name="Sonja Holst: send den igen")).to_be_visible()
    assert Message.objects.get(pk=second.pk).status == Message.Status.QUEUED


def test_the_days_letters_are_found_on_the_page(
    page: Page, sign_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    settings.OUTBOX_FOLDER = str(tmp_path)
    a_letter_to(a_patient(digital_post_exempt=True, street="Nygade 4"))
    Message.objects.update(next_attempt_at=timezone.now())
    run = print_run()
    assert run
    sign_in(page, person(Role.SECRETARY))
    page.goto("/outbox/")
    with page.expect_request(f"**/outbox/print/{run.pk}/") as asked:
        page.get_by_role("link", name="Breve fra").click()
    assert asked.value.method == "GET"


def test_the_days_letters_are_in_the_post_when_the_secretary_says_so(
    page: Page, sign_in: SignIn, settings: Settings, tmp_path: Path
) -> None:
    settings.OUTBOX_FOLDER = str(tmp_path)
    for street in ("Nygade 4", "Nygade 6"):
        a_letter_to(a_patient(digital_post_exempt=True, street=street))
    Message.objects.update(next_attempt_at=timezone.now())
    assert print_run()
    outbox.withdraw(Message.objects.order_by("pk")[0].key)
    sign_in(page, person(Role.SECRETARY, name="Sonja Holst"))
    page.goto("/outbox/")
    expect(page.get_by_text("2 breve fra")).to_be_visible()
    expect(page.get_by_text("Tag disse breve ud, før du sender.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Alle udskrifter").click()
    assert_accessible(page)
    page.get_by_role("button", name="Lagt i kuvert og sendt").click()
    expect(page.get_by_text("Det er noteret, at brevene er sendt.")).to_be_visible()
    expect(page.get_by_role("cell", name="Sonja Holst")).to_be_visible()
    assert_accessible(page)
    found = Message.objects.values_list("status", flat=True)
    assert set(found) == {Message.Status.WITHDRAWN, Message.Status.SENT}


def test_the_manager_sees_states_and_no_words(page: Page, sign_in: SignIn) -> None:
    message = a_message(recipient="Lonni Lauridsen", patient=a_patient())
    sign_in(page, person(Role.MANAGER))
    page.goto(f"/outbox/{message.pk}/")
    expect(page.get_by_text("Ordlyden vises kun for dem, der må se patienter.")).to_be_visible()
    expect(page.get_by_text("Lonni")).to_have_count(0)
    assert_accessible(page)
