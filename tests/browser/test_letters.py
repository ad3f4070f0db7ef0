"""Letters are looked at before they are sent, and opened afterwards, in a real browser."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Locator, Page, expect

from letters.models import Letter
from pathways.models import Pathway
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.referrals.cases import accepted_by, sent, the_centre

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]
IS_DRAWN = "image => image.complete && image.naturalWidth > 0"


@pytest.fixture
def people() -> Mapping[Role, User]:
    return the_centre()


def first_page(dialog: Locator, summary: str) -> Locator:
    """The first page of a letter, which is shown."""
    return dialog.locator("details", has_text=summary).locator("img").first


def test_words_to_the_patient_stand_in_the_letter_that_is_looked_at(
    page: Page, sign_in: SignIn, people: Mapping[Role, User]
) -> None:
    referral = sent()
    sign_in(page, people[Role.PHYSICIAN])
    page.goto(f"/referrals/{referral.pk}/")
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog")
    shown = first_page(dialog, "Patientens brev, som det sendes")
    expect(shown).to_be_visible()
    assert shown.evaluate(IS_DRAWN), "the page's own policy lets the picture in"
    before = shown.get_attribute("src")
    dialog.get_by_label("Egne ord i patientens brev").fill("Tag din medicinliste med.")
    expect(dialog.locator("#letter-pages")).to_contain_text("Tag din medicinliste med.")
    assert shown.get_attribute("src") != before
    assert_accessible(page)
    dialog.get_by_role("button", name="Godkend og næste").click()
    expect(page.get_by_text("er modtaget i centret")).to_be_visible()
    assert "Tag din medicinliste med." in str(Letter.objects.get(kind="notice").content)


def test_both_letters_of_a_discharge_are_looked_at_first(
    page: Page, sign_in: SignIn, people: Mapping[Role, User]
) -> None:
    accepted_by(people[Role.PHYSICIAN], sent())
    pathway = Pathway.objects.get()
    sign_in(page, pathway.responsible)
    page.goto(f"/pathways/{pathway.pk}/discharge/")
    page.get_by_label("Epikrise").fill("Smerterne er mindre.")
    page.get_by_text("Ja", exact=True).click()
    page.get_by_label("Det anbefales egen læge").fill("Trap tramadol ud.")
    page.get_by_role("button", name="Se brevene, som de sendes").click()
    expect(page.locator("#letter-pages")).to_contain_text("Trap tramadol ud.")
    first = page.locator("#letter-pages summary").first
    expect(first).to_be_focused()
    expect(first).to_be_in_viewport()
    for image in page.locator("#letter-pages img").all():
        assert image.evaluate(IS_DRAWN)
    assert_accessible(page)
    expect(page.get_by_label("Epikrise")).to_have_value("Smerterne er mindre.")
    pathway.refresh_from_db()
    assert pathway.is_open


def test_the_desk_chooses_how_a_patient_gets_letters(
    page: Page, sign_in: SignIn, people: Mapping[Role, User]
) -> None:
    accepted_by(people[Role.PHYSICIAN], sent())
    patient = Pathway.objects.get().patient
    sign_in(page, people[Role.SECRETARY])
    page.goto(f"/pathways/patients/{patient.pk}/")
    page.get_by_role("link", name="Ret… hvordan patienten får breve").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_text("Engelsk").click()
    dialog.get_by_text("Fritaget for Digital Post").click()
    assert_accessible(page)
    dialog.get_by_role("button", name="Gem").click()
    expect(page.get_by_text("Breve på papir, engelsk")).to_be_visible()
    assert_accessible(page)
    patient.refresh_from_db()
    assert (patient.letter_language, patient.digital_post_exempt) == ("en", True)


def test_a_letter_is_corrected_looked_at_and_replaced(
    page: Page, sign_in: SignIn, people: Mapping[Role, User]
) -> None:
    referral = sent()
    accepted_by(people[Role.PHYSICIAN], referral)
    sign_in(page, people[Role.PHYSICIAN])
    page.goto(f"/referrals/{referral.pk}/")
    page.locator("details.sent-letter", has_text="Visitationssvar").locator("summary").click()
    page.get_by_role("link", name="Erstat brevet…").first.click()
    dialog = page.get_by_role("dialog")
    shown = first_page(dialog, "Det nye brev, som det sendes")
    expect(shown).to_be_visible()
    assert shown.evaluate(IS_DRAWN)
    dialog.get_by_label("Brevets tekst").fill("Patienten er modtaget på et andet spor.")
    expect(dialog.locator("#letter-pages")).to_contain_text("på et andet spor")
    assert_accessible(page)
    dialog.get_by_label("Hvorfor erstattes brevet?").fill("Forkert spor.")
    dialog.get_by_role("button", name="Erstat og send").click()
    expect(page.get_by_text("Det nye brev er sendt.")).to_be_visible()
    expect(page.get_by_text("Forkert spor.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Se det gamle brev").click()
    expect(page.get_by_text("Erstattet af et nyt brev")).to_be_visible()
    assert_accessible(page)
    page.goto(f"/referrals/{referral.pk}/")
    expect(page.get_by_text("Et brev blev erstattet af et nyt")).to_be_visible()
    assert_accessible(page)
