"""A call in the phone hour, with the keyboard alone, as a nurse takes it."""

import uuid
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from pathways import contacts
from pathways.contacts import Call
from pathways.models import Contact, Pathway
from pathways.tracks import Track
from staff.models import User
from tests.browser.accessibility import assert_accessible
from tests.pathways.factories import a_pathway, colleague
from tests.patients.factories import a_patient

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[Page, User], None]


@pytest.fixture
def pathway() -> Pathway:
    patient = a_patient(number="0505809996", allergies="penicillin")
    return a_pathway(Track.SINGLE, patient=patient)


@pytest.fixture
def at_the_phone(page: Page, sign_in: SignIn, pathway: Pathway) -> Page:
    """The nurse at the phone hour's desk."""
    sign_in(page, colleague(pathway))
    page.goto(reverse("pathways:phone_hour"))
    return page


def test_a_call_is_logged_with_the_keyboard_alone(at_the_phone: Page, pathway: Pathway) -> None:
    page = at_the_phone
    press = page.keyboard.press
    expect(page.get_by_label("Find patienten")).to_be_focused()

    page.keyboard.type("lauri")
    expect(page.locator("#found")).to_contain_text("Lonni Lauridsen")
    press("Enter")

    expect(page.get_by_label("Identitet bekræftet")).to_be_focused()
    press("Space")
    press("Tab")
    press("Space")  # "medicin", the first reason
    press("ArrowRight")  # "bivirkning"
    press("Tab")
    page.keyboard.type("Kvalme hver morgen")
    press("Tab")
    page.keyboard.type("Tag medicinen med mad")
    press("Tab")
    press("ArrowRight")  # "ring tilbage"
    expect(page.get_by_label("Senest")).to_be_visible()
    press("Control+Enter")

    expect(page.locator("#messages")).to_contain_text("Opkaldet om Lonni Lauridsen er gemt.")
    expect(page.get_by_label("Find patienten")).to_be_focused()
    contact = Contact.objects.get()
    assert (contact.reason, contact.said) == (Contact.Reason.SIDE_EFFECT, "Kvalme hver morgen")
    assert (contact.identity_checked, contact.advice) == (True, "Tag medicinen med mad")
    assert contact.follow_up == Contact.FollowUp.CALL_BACK
    expect(page.get_by_role("table")).to_contain_text("Ring tilbage")


def test_the_list_is_walked_with_the_arrows(at_the_phone: Page) -> None:
    a_patient(given_names="Åse")
    page = at_the_phone
    page.keyboard.type("lauridsen")
    expect(page.locator(".found__patient")).to_have_count(2)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".found__patient").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.get_by_label("Find patienten")).to_be_focused()


def test_a_number_is_found_and_never_stands_in_an_address(
    at_the_phone: Page, pathway: Pathway
) -> None:
    page = at_the_phone
    addresses: list[str] = []
    page.on("request", lambda request: addresses.append(request.url))
    page.keyboard.type("050580-9996")
    expect(page.locator("#found")).to_contain_text("Lonni Lauridsen")
    page.keyboard.press("Enter")
    expect(page).to_have_url(reverse("pathways:call", args=[pathway.patient_id]))
    assert not [address for address in addresses if "050580" in address]


def test_what_was_typed_stays_when_something_is_missing(
    at_the_phone: Page, pathway: Pathway
) -> None:
    page = at_the_phone
    page.goto(reverse("pathways:call", args=[pathway.patient_id]))
    page.get_by_label("Det blev sagt").fill("Kvalme hver morgen")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("alert")).to_contain_text("Vælg, hvad opkaldet handler om.")
    expect(page.get_by_label("Det blev sagt")).to_have_value("Kvalme hver morgen")
    assert_accessible(page)


def test_a_promise_is_kept_over_the_desk(at_the_phone: Page, pathway: Pathway) -> None:
    call = Call(caller="patient", reason="medicine", said="Mere ondt", follow_up="call_back")
    contacts.log(colleague(pathway), pathway.patient_id, uuid.uuid4(), call)
    page = at_the_phone
    page.reload()
    page.get_by_role("link", name="Følg op").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Mere ondt")
    assert_accessible(page)
    dialog.get_by_label("Svar eller resultat").fill("Talt med patienten")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("Opfølgningen er gemt.")
    expect(page.locator("main")).to_contain_text("Intet lovet står åbent")


def test_the_desk_and_the_call_are_accessible(at_the_phone: Page, pathway: Pathway) -> None:
    page = at_the_phone
    page.keyboard.type("lauri")
    expect(page.locator("#found")).to_contain_text("Lonni Lauridsen")
    assert_accessible(page)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nyt opkald")).to_be_visible()
    assert_accessible(page)
