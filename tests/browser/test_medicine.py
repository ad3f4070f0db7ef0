"""Medicine as a GP types it, line by line; and a patient's list as it is changed at the centre."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from medication.models import MedicationList
from pathways.tracks import Track
from referrals.models import Draft
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.pathways.factories import a_pathway, colleague
from tests.referrals import cases
from tests.referrals.test_medicine import at_discharge
from tests.staff.factories import a_department, person

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]
PASTE = """([selector, text]) => {
    const data = new DataTransfer();
    data.setData("text", text);
    const told = {clipboardData: data, bubbles: true, cancelable: true};
    document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", told));
}"""


def test_lines_are_read_as_they_are_typed_and_confirmed(page: Page, sign_in: SignIn) -> None:
    surgeon = person(Role.REFERRER, unit=a_department())
    draft = cases.written(surgeon, at_discharge(), {"medicine": {"line": []}})
    sign_in(page, surgeon)
    page.goto(reverse("referrals:step", args=[draft.pk, "medicine"]))
    lines = page.get_by_label("Lægemiddel")

    lines.nth(0).press_sequentially("OxyContin 20 mg 1 x 2")
    expect(page.get_by_text("OxyContin (oxycodon, N02AA05)")).to_be_visible()
    expect(page.locator(".equivalents__total")).to_have_text("60 mg")
    expect(page.get_by_text("Præcis 60 mg er ikke nok")).to_be_visible()
    page.keyboard.press("Enter")  # the next row, not the next step
    expect(lines.nth(1)).to_be_focused()
    page.keyboard.type("Hyben og gurkemeje")
    expect(page.get_by_text("Kan ikke læses: Kender ikke præparatet.")).to_be_visible()
    assert_accessible(page)

    lines.nth(1).fill("Oxynorm 5 mg 1 x 2")
    expect(page.locator(".equivalents__total")).to_have_text("75 mg")
    confirm = page.get_by_label("Linjerne er læst rigtigt")
    confirm.check()
    expect(page.locator(".routing__track")).to_contain_text("Subakut")
    lines.nth(1).fill("Oxynorm 5 mg 1 x 3")
    expect(confirm).not_to_be_checked()
    confirm.check()
    expect(page.locator(".routing__track")).to_contain_text("Subakut")

    page.get_by_label("Patienten får ingen opioider").check()
    expect(page.locator("#no-opioids-question")).to_contain_text("Hvad er rigtigt?")
    expect(page.locator(".criteria")).to_contain_text("Hvad er rigtigt?")
    assert_accessible(page)
    page.get_by_label("Patienten får ingen opioider").uncheck()
    expect(page.locator("#no-opioids-question")).to_have_count(0)
    page.get_by_role("button", name="Gem og fortsæt").last.click()
    expect(page).to_have_url(re.compile("/complicating/$"))
    typed = Draft.objects.get().answers["medicine"]["line"]
    assert typed == ["OxyContin 20 mg 1 x 2", "Oxynorm 5 mg 1 x 3"]


def test_a_pasted_list_becomes_rows(page: Page, sign_in: SignIn) -> None:
    gp = person(Role.REFERRER)
    draft = cases.written(gp, {"medicine": {"line": []}})
    sign_in(page, gp)
    page.goto(reverse("referrals:step", args=[draft.pk, "medicine"]))
    pasted = "Contalgin 30 mg 1 x 2\r\n\r\nPanodil 1 g x 4\nDurogesic 25 µg/t hver 3. døgn\nMorfin"
    page.evaluate(PASTE, ["[name=line]", pasted])
    expect(page.get_by_text("Durogesic (fentanyl, N02AB03)")).to_be_visible()
    expect(page.get_by_text("Styrken mangler.")).to_be_visible()
    expect(page.locator(".equivalents__total")).to_have_text("mindst 120 mg")
    assert_accessible(page)
    page.set_viewport_size({"width": 400, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 400


def test_a_list_is_changed_at_the_centre(page: Page, sign_in: SignIn) -> None:
    pathway = a_pathway(Track.INTERDISCIPLINARY)
    sign_in(page, colleague(pathway))
    page.goto(reverse("pathways:patient", args=[pathway.patient_id]))
    page.get_by_role("link", name="Ny medicinliste").click()
    for line in ("Contalgin 60 mg 1 x 2", "Contalgin 30 mg 1 x 2"):
        page.get_by_label("Medicin, ét præparat på hver linje").fill(line)
        expect(page.locator("#medicine-read")).to_contain_text(line)
        assert_accessible(page)
        page.get_by_role("button", name="Linjerne er læst rigtigt: gem").click()
        expect(page.locator("#messages")).to_contain_text("Medicinlisten er gemt.")
        expect(page.locator(".medicine-card")).to_contain_text("mg oral morfinækvivalent")
        assert_accessible(page)
        page.get_by_role("link", name="Ny medicinliste").click()
    assert [each.regular_mg for each in MedicationList.objects.order_by("pk")] == [120, 60]
