"""The calculator as a physician uses it: lines in, working out, nothing kept."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.staff.factories import person

pytestmark = pytest.mark.django_db(transaction=True)

SignIn = Callable[[Page, User], None]
LIST = "\n".join(
    [
        "Contalgin 30 mg 1 x 2",
        "Tramadol 50 mg 2 tabl. 4 gange dgl.",
        "Oxynorm 5 mg p.n. højst 4 dgl.",
        "Metadon 10 mg 1 x 2",
        "Panodil 1 g x 4",
        "Contalgin 30 mg 1-2 x 2",
    ]
)


def test_the_working_appears_while_the_list_is_typed(page: Page, sign_in: SignIn) -> None:
    sign_in(page, person(Role.PHYSICIAN))
    page.goto("/")
    page.get_by_role("link", name="Morfinberegner").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Morfinberegner")
    assert_accessible(page)

    page.get_by_label("Medicin").press_sequentially("Tramadol 50 mg 2 x 4")
    expect(page.locator("#result")).to_contain_text("60 mg")
    expect(page.locator("#result")).to_contain_text("Tabellerne er uenige")
    expect(page).to_have_url(re.compile(r"/medication/calculator/$"))

    page.get_by_label("Medicin").fill(LIST)
    expect(page.locator("#result")).to_contain_text("mindst 120 mg")
    expect(page.get_by_role("row", name="Oxynorm")).to_contain_text("× 1,5 = 30 mg")
    expect(page.get_by_role("row", name="Metadon")).to_contain_text("ingen fast omregningsfaktor")
    expect(page.get_by_role("row", name="1-2 x 2")).to_contain_text("Der står et interval")
    expect(page.get_by_text("Må ikke bruges til at omregne dosis")).to_be_visible()
    assert_accessible(page)


def test_it_works_without_scripts(page: Page, sign_in: SignIn, live: str) -> None:
    browser = page.context.browser
    assert browser
    context = browser.new_context(base_url=live, java_script_enabled=False, locale="da-DK")
    plain = context.new_page()
    sign_in(plain, person(Role.NURSE))
    plain.goto("/medication/calculator/")
    plain.get_by_label("Medicin").fill("Durogesic 25 µg/t hver 3. døgn")
    plain.get_by_role("button", name="Beregn").click()

    expect(plain.locator("#result")).to_contain_text("60 mg")
    expect(plain.get_by_label("Medicin")).to_have_value("Durogesic 25 µg/t hver 3. døgn")
    context.close()
