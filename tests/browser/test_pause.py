"""A pathway is paused until a day, found again in the list, and taken up."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from pathways.lifecycle import Ending, Status
from pathways.models import Pathway
from pathways.tracks import Track
from staff.models import User
from staff.working_days import first_open
from tests.browser.accessibility import assert_accessible
from tests.pathways.factories import a_pathway

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[Page, User], None]


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE)


@pytest.fixture
def desk(page: Page, sign_in: SignIn, pathway: Pathway) -> Page:
    sign_in(page, pathway.responsible)
    page.goto(reverse("pathways:patient", args=[pathway.patient_id]))
    return page


def test_from_the_pause_to_the_next_step(desk: Page, pathway: Pathway) -> None:
    day = first_open(timezone.localdate() + dt.timedelta(days=60))
    desk.keyboard.press("p")
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Anden sygdom").check()
    dialog.get_by_label("Med egne ord").fill("Venter på ny hofte")
    dialog.get_by_label("Se på forløbet igen").fill(f"{day:%d.%m.%Y}")
    assert_accessible(desk)
    dialog.get_by_role("button", name="Sæt på pause").click()
    expect(desk.locator("#messages")).to_contain_text("Forløbet er sat på pause.")
    until = f"På pause til {day.day}.{day.month}.{day.year}"
    expect(desk.get_by_text(until)).to_be_visible()
    assert_accessible(desk)

    desk.goto(reverse("pathways:worklist"))
    expect(desk.locator("table.worklist")).to_contain_text(until)

    desk.goto(reverse("pathways:patient", args=[pathway.patient_id]))
    desk.get_by_role("link", name="Genoptag…").click()
    dialog.get_by_label("Næste skridt").fill("Giv patienten en tid")
    dialog.get_by_label("Senest").fill(f"{day:%d.%m.%Y}")
    dialog.get_by_role("button", name="Genoptag forløbet").click()
    expect(desk.locator("#messages")).to_contain_text("Forløbet er genoptaget.")
    pathway.refresh_from_db()
    assert pathway.status == Status.WAITING


def test_breaking_off_asks_by_whom_and_why(desk: Page, pathway: Pathway) -> None:
    desk.get_by_role("link", name="Afbryd…").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("button", name="Afbryd forløbet").click()
    expect(dialog).to_contain_text("Vælg, hvem eller hvad der afbryder forløbet.")
    assert_accessible(desk)
    dialog.get_by_label("Patienten er flyttet").check()
    dialog.get_by_label("Hvorfor").fill("Til Jylland")
    dialog.get_by_role("button", name="Afbryd forløbet").click()
    expect(desk.locator("#messages")).to_contain_text("Forløbet er afbrudt")
    pathway.refresh_from_db()
    assert pathway.ended_because == Ending.MOVED


def test_who_is_taken_for_dead_is_named_and_can_be_taken_up_again(
    desk: Page, pathway: Pathway
) -> None:
    desk.get_by_role("link", name="Afbryd…").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label("Patienten er død", exact=True).check()
    dialog.get_by_label("Hvorfor").fill("Oplyst af datteren")
    dialog.get_by_role("button", name="Afbryd forløbet").click()
    name = pathway.patient.name
    expect(dialog).to_contain_text(f"Bekræft, at {name} er død.")
    assert_accessible(desk)
    dialog.get_by_role("button", name="Se brevene, som de sendes").click()
    expect(dialog.locator("#letter-pages summary")).to_have_text(["Henvisers brev, som det sendes"])
    dialog.get_by_label(f"Ja, {name} er død").check()
    dialog.get_by_role("button", name="Afbryd forløbet").click()
    expect(desk.locator(".person-line")).to_contain_text("Død, noteret")
    assert_accessible(desk)
    desk.get_by_role("link", name="Åbn igen…").click()
    dialog.get_by_label("Hvorfor åbnes forløbet igen?").fill("Det var en anden patient")
    dialog.get_by_label("Næste skridt").fill("Ring til patienten")
    dialog.get_by_label("Senest").fill(f"{first_open(timezone.localdate()):%d.%m.%Y}")
    assert_accessible(desk)
    dialog.get_by_role("button", name="Åbn forløbet igen").click()
    expect(desk.locator("#messages")).to_contain_text("Forløbet er åbnet igen")
    expect(desk.locator(".person-line")).not_to_contain_text("Død")
    pathway.refresh_from_db()
    assert (pathway.is_open, pathway.next_step) == (True, "Ring til patienten")
