"""Rules in a real browser: written by a physician, approved by the manager, read by everybody."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from admission.criteria.answers import spelled_out
from admission.models import RuleSet
from admission.versions import in_force
from staff.models import User
from staff.permissions import Role
from tests.admission.versions import MONTHS, YEARS, a_draft, an_approved
from tests.browser.accessibility import assert_accessible
from tests.staff.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]
WHY = "Smerter er langvarige efter tre måneder."


def written(page: Page) -> None:
    """Draft three months instead of six, in the browser."""
    page.goto("/oversight/rules/")
    assert_accessible(page)
    page.get_by_role("button", name="Ny kladde").click()
    page.get_by_label("Smerterne har mindst varet").fill("3")
    page.get_by_label("Færdigudredt: spørges i sporet Hurtig vurdering").uncheck(force=True)
    page.get_by_label("Hvorfor ændres reglerne?").fill(WHY)
    assert_accessible(page)
    page.get_by_role("button", name="Gem kladden").click()


def test_a_drafted_limit_is_approved_by_another_and_in_force_from_its_day(
    new_page: Callable[[], Page], sign_in: SignIn
) -> None:
    physician, manager = new_page(), new_page()
    sign_in(physician, person(Role.PHYSICIAN))
    written(physician)
    expect(physician.get_by_role("row", name="grænse 6 måneder 3 måneder")).to_be_visible()
    expect(physician.get_by_role("row", name="Hurtig vurdering: Færdigudredt")).to_be_visible()
    expect(physician.get_by_text("Du har selv skrevet kladden")).to_be_visible()
    assert_accessible(physician)

    sign_in(manager, person(Role.MANAGER))
    manager.goto("/oversight/rules/")
    manager.get_by_role("link", name="Kladde").first.click()
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    expect(manager.get_by_label("Gælder fra")).to_have_value(f"{tomorrow:%d.%m.%Y}")
    assert_accessible(manager)
    manager.get_by_role("button", name="Godkend").click()
    expect(manager.get_by_text("Version 2 er godkendt og gælder fra")).to_be_visible()
    assert_accessible(manager)

    assert in_force(timezone.localdate()).criteria["duration"].limit == 6
    assert in_force(tomorrow).criteria["duration"].limit == 3
    anybody = new_page()
    anybody.goto("/criteria/")
    expect(anybody.get_by_role("heading", name="Smerter i mindst 6 måneder")).to_be_visible()
    expect(anybody.get_by_text(f"Fra {spelled_out(tomorrow)} gælder version 2:")).to_be_visible()
    assert_accessible(anybody)
    anybody.get_by_role("link", name="Læs version 2").click()
    expect(anybody.get_by_role("heading", name="Smerter i mindst 3 måneder")).to_be_visible()
    expect(anybody.get_by_text("Godkendt af Mads Leder (leder)")).to_be_visible()
    expect(anybody.get_by_text(WHY)).to_be_visible()
    assert_accessible(anybody)


def test_the_referrer_reads_the_criteria_without_signing_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("link", name="Vores optagekriterier: hvem vi modtager").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Vores optagekriterier")
    page.get_by_role("button", name="English").first.click()
    expect(page.get_by_role("heading", name="Pain for at least 6 months")).to_be_visible()


def test_on_paper_there_is_nothing_but_the_criteria(page: Page) -> None:
    page.goto("/criteria/")
    page.emulate_media(media="print")
    for noise in ("header", "footer"):
        expect(page.locator(f"body > {noise}")).to_be_hidden()
    expect(page.get_by_role("heading", name="Hvem vi modtager")).to_be_visible()
    paper = page.pdf(prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", paper)) <= 2


def test_something_wrong_leads_to_its_field_and_the_rest_stays_typed(
    page: Page, sign_in: SignIn
) -> None:
    drafter = person(Role.PHYSICIAN)
    draft = a_draft({MONTHS: 3}, by=drafter)
    sign_in(page, drafter)
    page.goto(f"/oversight/rules/drafts/{draft.pk}/edit/")
    page.get_by_label("Mindste alder").fill("16")
    page.locator("summary", has_text="Smerter i mindst 3 måneder").click()
    name = page.get_by_label("Navn på dansk").nth(2)
    name.fill("Smerter længe nok")
    page.get_by_role("button", name="Gem kladden").click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("Smerter i mindst 3 måneder: Navn på dansk")
    assert_accessible(page)
    told.get_by_role("link").click()
    expect(name).to_be_focused()
    expect(page.get_by_label("Mindste alder")).to_have_value("16")
    name.fill("Ondt i mindst {limit}")
    page.get_by_role("button", name="Gem kladden").click()
    expect(page.get_by_role("row", name="Ondt i mindst 3 måneder")).to_be_visible()


def test_an_overtaken_draft_is_carried_over_and_another_is_discarded(
    page: Page, sign_in: SignIn
) -> None:
    drafter = person(Role.PHYSICIAN)
    draft = a_draft({MONTHS: 3}, by=drafter)
    an_approved({YEARS: 16})
    sign_in(page, drafter)
    page.goto(f"/oversight/rules/drafts/{draft.pk}/")
    page.get_by_role("button", name="Før over på version 2").click()
    expect(page.get_by_text("Kladden bygger nu på version 2.")).to_be_visible()
    page.get_by_role("link", name="Kassér…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_text("Kassér kladden?")).to_be_visible()
    assert_accessible(page)
    dialog.get_by_role("button", name="Kassér kladden").click()
    expect(page.get_by_text("Kladden er kasseret.")).to_be_visible()
    assert RuleSet.objects.get(pk=draft.pk).status == "discarded"
