"""A patient's page: an appointment is booked, the patient comes, the next step is set."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from pathways.lifecycle import Status
from pathways.models import Appointment, Pathway
from pathways.tracks import Track
from staff.models import User
from staff.working_days import is_open
from tests.browser.accessibility import assert_accessible
from tests.pathways.factories import a_pathway
from tests.patients.factories import a_patient

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[Page, User], None]


@pytest.fixture
def pathway() -> Pathway:
    patient = a_patient(allergies="penicillin", interpreter_language="arabisk")
    return a_pathway(Track.INTERDISCIPLINARY, patient=patient)


@pytest.fixture
def desk(page: Page, sign_in: SignIn, pathway: Pathway) -> Page:
    sign_in(page, pathway.responsible)
    page.goto(reverse("pathways:patient", args=[pathway.patient_id]))
    return page


def an_open_day() -> str:
    """As somebody types it, a week or so ahead."""
    day = timezone.localdate() + dt.timedelta(days=7)
    while not is_open(day):
        day += dt.timedelta(days=1)
    return f"{day:%d.%m.%Y}"


def test_from_the_first_appointment_to_the_next_step(desk: Page, pathway: Pathway) -> None:
    desk.keyboard.press("b")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Dag").fill(an_open_day())
    dialog.get_by_label("Klokken").fill("10.30")
    assert_accessible(desk)
    dialog.get_by_role("button", name="Book tiden").click()
    expect(desk.locator("#messages")).to_contain_text("Tiden er booket, og patienten får besked.")
    expect(desk.locator(".next-step")).to_contain_text("Første samtale hos Anne Holm")

    Appointment.objects.update(starts_at=timezone.now())
    desk.reload()
    desk.get_by_role("link", name="Mødt").click()
    dialog.get_by_label("Næste skridt").fill("Ring om effekten")
    dialog.get_by_label("Senest").fill(an_open_day())
    dialog.get_by_role("button", name="Gem").click()
    expect(desk.locator("#messages")).to_contain_text("Fremmødet er noteret.")
    expect(desk.locator(".next-step")).to_contain_text("Ring om effekten")
    pathway.refresh_from_db()
    assert pathway.status == Status.ACTIVE


def test_an_interpreter_is_booked_with_the_time_and_again_when_it_is_lost(desk: Page) -> None:
    desk.get_by_role("link", name="Book tid").click()
    dialog = desk.get_by_role("dialog")
    agency = dialog.get_by_label("Bureau eller bookingnummer")
    expect(agency).to_be_hidden()
    dialog.get_by_label("Dag").fill(an_open_day())
    dialog.get_by_label("Klokken").fill("10.30")
    dialog.get_by_label("Tolk er bestilt til den tid (arabisk)").check(force=True)
    agency.fill("Tolkebureauet, nr. 4711")
    dialog.get_by_role("button", name="Book tiden").click()
    times = desk.get_by_role("region", name="Tider")
    expect(times).to_contain_text("tolk bestilt: arabisk (Tolkebureauet, nr. 4711)")

    times.get_by_role("link", name="Tolken kommer ikke").click()
    dialog.get_by_role("button", name="Tolken kommer ikke").click()
    expect(times).to_contain_text("mangler tolk: arabisk")
    assert_accessible(desk)
    times.get_by_role("link", name="Tolk bestilt").click()
    assert_accessible(desk)
    dialog.get_by_role("button", name="Gem").click()
    expect(times).to_contain_text("tolk bestilt: arabisk.")


def test_a_refusal_stays_in_the_dialog_with_what_was_typed(desk: Page) -> None:
    desk.get_by_role("link", name="Book tid").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Dag").fill("24.12.2036")
    dialog.get_by_label("Klokken").fill("10.30")
    dialog.get_by_role("button", name="Book tiden").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Centret har lukket den 24.12.2036.")
    expect(dialog.get_by_label("Klokken")).to_have_value("10.30")
    assert_accessible(desk)


def test_the_page_is_accessible_and_shows_safety_first(desk: Page) -> None:
    expect(desk.locator(".person-line")).to_contain_text("Allergi: penicillin")
    expect(desk.locator(".person-line")).to_contain_text("tolk: arabisk")
    assert_accessible(desk)


def test_the_timeline_is_filtered(desk: Page) -> None:
    desk.get_by_role("link", name="Forløb 1").click()
    expect(desk.get_by_role("link", name="Forløb 1")).to_have_attribute("aria-current", "true")
    expect(desk.locator(".timeline__entry")).to_have_count(1)


def test_the_page_fits_a_phone(desk: Page) -> None:
    desk.set_viewport_size({"width": 390, "height": 844})
    assert desk.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(desk)


def test_a_discharge_asks_for_advice_when_follow_up_is_recommended(
    desk: Page, pathway: Pathway
) -> None:
    desk.get_by_role("link", name="Afslut").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_label("Det anbefales egen læge")).to_be_hidden()
    dialog.get_by_label("Ja").check(force=True)
    dialog.get_by_label("Det anbefales egen læge").fill("Trap ud over 4 uger")
    dialog.get_by_label("Epikrise").fill("Smerterne er mindre.")
    dialog.get_by_role("button", name="Afslut og send epikrise").click()
    expect(desk.locator("#messages")).to_contain_text("Forløbet er afsluttet")
    pathway.refresh_from_db()
    assert pathway.status == Status.COMPLETED
