"""My patients, as a physician uses the list."""

import datetime as dt
import uuid
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
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
    """One of two patients, with a question from the phone hour; the other is overdue."""
    late = a_pathway(Track.SINGLE, patient=a_patient(given_names="Einer", family_name="Elkjær"))
    over = timezone.localdate() - dt.timedelta(days=3)
    Pathway.objects.filter(pk=late.pk).update(due_on=over)
    pathway = a_pathway(Track.SINGLE)
    call = Call(
        caller="patient", reason="medicine", said="Må dosis sættes op?", follow_up="ask_physician"
    )
    contacts.log(colleague(pathway), pathway.patient_id, uuid.uuid4(), call)
    return pathway


@pytest.fixture
def desk(page: Page, sign_in: SignIn, pathway: Pathway) -> Page:
    sign_in(page, pathway.responsible)
    page.goto("/")
    return page


def test_the_physicians_first_page_is_the_own_patients(desk: Page) -> None:
    expect(desk.get_by_role("heading", name="Mine patienter")).to_be_visible()
    rows = desk.get_by_role("table").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Einer Elkjær")
    expect(rows.nth(1)).to_contain_text("3 dage over")
    expect(rows.nth(2)).to_contain_text("spørgsmål til lægen")
    assert_accessible(desk)


def test_a_question_is_answered_over_the_list(desk: Page, pathway: Pathway) -> None:
    desk.get_by_role("link", name="Svar").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog).to_contain_text("Må dosis sættes op?")
    dialog.get_by_label("Svar eller resultat").fill("Halvér dosis")
    dialog.get_by_role("button", name="Gem").click()
    expect(desk.locator("#messages")).to_contain_text("Opfølgningen er gemt.")
    expect(desk.get_by_role("heading", name="Spørgsmål fra telefontiden")).to_have_count(0)
    contact = Contact.objects.get()
    assert (contact.follow_up, contact.follow_up_by) == ("call_back", colleague(pathway))


def test_a_row_opens_with_the_keyboard(desk: Page, pathway: Pathway) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(reverse("pathways:patient", args=[pathway.patient_id]))


def test_a_filter_is_put_on_and_taken_off(desk: Page) -> None:
    desk.get_by_label("Kun over frist").check()
    desk.get_by_role("button", name="Vis").click()
    expect(desk.get_by_role("table").get_by_role("row")).to_have_count(2)
    expect(desk).to_have_url(reverse("pathways:caseload") + "?track=&overdue=1")
    desk.get_by_role("link", name="Fjern filter: Over frist").click()
    expect(desk.get_by_role("table").get_by_role("row")).to_have_count(3)
