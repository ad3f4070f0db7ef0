"""A draft is held against past referrals in a real browser, with a worker's work done beside it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from oversight import parts
from oversight.models import Backtest
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.admission.factories import a_draft
from tests.browser.accessibility import assert_accessible
from tests.oversight.by_hand import told, told_by_hand
from tests.oversight.past import past_referrals, run, started
from tests.staff.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]
NARROW: ViewportSize = {"width": 400, "height": 800}


def test_a_physician_tests_a_draft_sees_the_bar_move_and_opens_a_flip(
    page: Page, sign_in: SignIn
) -> None:
    past_referrals()
    physician = person(Role.PHYSICIAN)
    draft = a_draft(physician, limits={"duration": 3})
    sign_in(page, physician)
    page.goto(f"/oversight/rules/drafts/{draft.pk}/")
    expect(page.get_by_text("Kladden er ikke afprøvet endnu.")).to_be_visible()
    page.get_by_role("button", name="Afprøv kladden").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", "0")
    assert_accessible(page)

    backtest = Backtest.objects.get()
    for done in (1, 2, 3):
        parts.judge_next_part(backtest.pk)
        expect(bar).to_have_attribute("value", str(done))
    run(backtest)
    expect(page.get_by_role("heading", name=re.compile("ville være vurderet"))).to_be_visible()
    expect(bar).to_have_count(0)
    expect(page.get_by_role("status")).to_contain_text("Afprøvningen er færdig.")
    assert_accessible(page)

    assert told(backtest) == told_by_hand(draft.rules)
    flips = page.locator("#flips tbody tr")
    expect(flips).to_have_count(backtest.flips.count())
    flip = backtest.flips.latest("referral_id")
    flips.first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        Referral.objects.get(pk=flip.referral_id).reference
    )
    page.goto(f"/oversight/rules/drafts/{draft.pk}/")
    row = page.locator("#backtests tbody tr")
    expect(row).to_contain_text(f"{len(told(backtest))} af {Referral.objects.count()} ville være")


def test_a_running_backtest_is_stopped_by_another_person(page: Page, sign_in: SignIn) -> None:
    past_referrals()
    backtest, manager = started(), person(Role.MANAGER)
    sign_in(page, manager)
    page.goto(f"/oversight/rules/backtests/{backtest.pk}/")
    page.get_by_role("button", name="Stop afprøvningen").click()
    expect(page.get_by_role("heading", name="Stoppet, før den var færdig")).to_be_visible()
    assert_accessible(page)
    assert Backtest.objects.get().stopped_by == manager


def test_a_manager_reads_the_result_on_a_telephone(page: Page, sign_in: SignIn) -> None:
    past_referrals()
    backtest = run(started(limits={"duration": 3, "subacute": "30"}))
    sign_in(page, person(Role.MANAGER))
    page.set_viewport_size(NARROW)
    page.goto(f"/oversight/rules/backtests/{backtest.pk}/")
    expect(page.get_by_role("table", name="Efter udfald")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert_accessible(page)
    deciding = page.get_by_role("region", name="Hvad der afgør det")
    expect(deciding.get_by_text("Sporet", exact=True)).to_be_visible()
    expect(page.locator("#flips")).to_have_count(0)
