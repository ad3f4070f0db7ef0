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
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.pathways.factories import a_pathway, colleague
from tests.patients.factories import a_patient
from tests.staff.factories import person

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


def test_the_list_of_all_pathways_is_for_the_manager_too(
    page: Page, sign_in: SignIn, pathway: Pathway
) -> None:
    User.objects.filter(pk=pathway.responsible_id).update(is_active=False)
    sign_in(page, person(Role.MANAGER))
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Forløb").click()
    expect(page.get_by_role("heading", name="Åbne forløb")).to_be_visible()
    rows = page.get_by_role("table").get_by_role("row")
    expect(rows.nth(1)).to_contain_text("Einer Elkjær")
    expect(rows.nth(1)).to_contain_text("er holdt op")
    expect(page.get_by_role("table").get_by_role("link")).to_have_count(0)
    assert_accessible(page)


def test_the_list_of_all_pathways_opens_the_patient(
    page: Page, sign_in: SignIn, pathway: Pathway
) -> None:
    sign_in(page, person(Role.SECRETARY))
    page.goto(reverse("pathways:worklist") + "?overdue=1")
    assert_accessible(page)
    page.get_by_role("link", name="Fjern filter: Over frist").click()
    page.get_by_role("table").get_by_role("link").nth(1).click()
    expect(page).to_have_url(reverse("pathways:patient", args=[pathway.patient_id]))
