"""The pictures of the README and the guide, from a demo centre: `make run`, `make pictures`."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.chromium import launch

FOLDER = Path(__file__).parent / "pictures"
CHILD = "Test Levendefødt"
LINES = (
    "Contalgin 30 mg 1 x 2",
    "Tramadol 50 mg 2 tabl. 4 gange dgl.",
    "Oxynorm 5 mg p.n. højst 4 dgl.",
    "Gabapentin 300 mg optrappes",
)


def referrer(page: Page) -> None:
    """A referral being written, with the criteria beside it."""
    page.get_by_role("button", name="Ny henvisning").click()
    page.get_by_label("CPR-nummer").fill("020160-9996")
    page.get_by_label("Fornavne").fill("Lonni Test")
    page.get_by_label("Efternavn").fill("Lauridsen")
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.get_by_role("navigation").get_by_role("link", name="Smerten").click()
    page.get_by_label("Smertediagnose").fill("Lændesmerter med ischias (DM544)")
    page.get_by_label("Hvor sidder smerterne?").fill("Lænd og venstre ben")
    page.get_by_label("Måned").fill("8")
    page.get_by_label("År").last.fill("2026")
    page.wait_for_timeout(2500)


def queue(page: Page) -> None:
    page.goto("/referrals/queue/")


def referral(page: Page) -> None:
    """A child's referral: what is not met, and where the patient belongs."""
    page.goto("/referrals/queue/")
    page.get_by_role("row").filter(has_text=CHILD).first.get_by_role("link").click()


def caseload(page: Page) -> None:
    page.goto("/pathways/caseload/")


def phone_hour(page: Page) -> None:
    page.goto("/pathways/phone-hour/")


def patient(page: Page) -> None:
    page.goto("/pathways/caseload/")
    page.locator("a.row-link").first.click()


def medicine(page: Page) -> None:
    """Three lines of medicine, read; one that cannot be."""
    page.get_by_role("button", name="Ny henvisning").click()
    page.get_by_label("CPR-nummer").fill("020160-9996")
    page.get_by_label("Fornavne").fill("Lonni Test")
    page.get_by_label("Efternavn").fill("Lauridsen")
    page.get_by_role("button", name="Gem og fortsæt").click()
    page.get_by_role("navigation").get_by_role("link", name="Medicin").click()
    for place, line in enumerate(LINES):
        page.get_by_role("combobox").nth(place).fill(line)
        page.wait_for_timeout(1500)


def calculator(page: Page) -> None:
    page.goto("/medication/calculator/")
    page.get_by_role("textbox", name="Medicin").fill("\n".join((*LINES, "Metadon 10 mg x 2")))
    page.wait_for_timeout(2500)


def criteria(page: Page) -> None:
    page.goto("/criteria/")


def draft(page: Page) -> None:
    page.goto("/oversight/rules/")
    page.get_by_role("link", name="Kladde").first.click()


def backtest(page: Page) -> None:
    draft(page)
    page.locator("#backtests a.row-link").first.click()


PICTURES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "referrer": ("Astrid Nørgaard", referrer),
    "queue": ("Karin Bech", queue),
    "referral": ("Karin Bech", referral),
    "caseload": ("Anne Holm", caseload),
    "phone-hour": ("Hanne Skov", phone_hour),
    "patient": ("Anne Holm", patient),
    "medicine": ("Astrid Nørgaard", medicine),
    "calculator": ("Anne Holm", calculator),
    "criteria": ("Marianne Winther", criteria),
    "draft": ("Anne Holm", draft),
    "backtest": ("Anne Holm", backtest),
}


def take(address: str) -> None:
    """Take every picture at the address of a running demo centre."""
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name, (person, go) in PICTURES.items():
            context = browser.new_context(
                base_url=address, viewport={"width": 1440, "height": 900}, locale="da-DK"
            )
            page = context.new_page()
            page.goto("/accounts/login/")
            page.get_by_role("button", name=re.compile(person)).click()
            go(page)
            page.wait_for_load_state("networkidle")
            page.screenshot(path=FOLDER / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    take(sys.argv[1])
