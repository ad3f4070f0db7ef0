"""A change of the rules from the first thought to the first patient: drafted, tried, approved."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from admission.criteria import Verdict
from admission.models import RuleSet
from oversight import parts
from oversight.models import Backtest
from referrals.models import Referral
from referrals.proposals import findings, latest
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.oversight.by_hand import told, told_by_hand
from tests.oversight.past import begun, past_referrals, run
from tests.referrals.cases import PEOPLE, sent
from tests.staff.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]


def drafted(page: Page) -> RuleSet:
    """Three months instead of six, written in the browser."""
    page.goto("/oversight/rules/")
    page.get_by_role("button", name="Ny kladde").click()
    page.get_by_label("Smerterne har mindst varet").fill("3")
    page.get_by_label("Hvorfor ændres reglerne?").fill("Smerter er langvarige efter tre måneder.")
    page.get_by_role("button", name="Gem kladden").click()
    expect(page.get_by_role("row", name="grænse 6 måneder 3 måneder")).to_be_visible()
    draft: RuleSet = RuleSet.objects.get()
    return draft


def tried(page: Page, draft: RuleSet) -> Backtest:
    """Backtest the draft; the bar moves with every part that a worker does."""
    page.get_by_role("button", name="Afprøv kladden").click()
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("value", "0")
    backtest: Backtest = Backtest.objects.get(draft=draft)
    for done in (1, 2):
        parts.judge_next_part(backtest.pk)
        expect(bar).to_have_attribute("value", str(done))
    run(backtest)
    expect(page.get_by_role("heading", name=re.compile("ville være vurderet"))).to_be_visible()
    return backtest


def duration_of(referral: Referral) -> tuple[int, Verdict]:
    """The version that judged the referral, and what it found of how long the pain has lasted."""
    found = {finding.code: finding.verdict for finding in findings(referral)}
    return latest(referral).rules_number, found["duration"]


def test_a_shorter_duration_is_drafted_tried_approved_by_another_and_judges_from_its_day(
    new_page: Callable[[], Page], sign_in: SignIn
) -> None:
    past_referrals()
    physician, manager = new_page(), new_page()
    sign_in(physician, person(Role.PHYSICIAN))
    draft = drafted(physician)
    backtest = tried(physician, draft)
    assert told(backtest) == told_by_hand(draft.rules)
    expect(physician.locator("#flips tbody tr")).to_have_count(backtest.flips.count())

    sign_in(manager, person(Role.MANAGER))
    manager.goto(f"/oversight/rules/drafts/{draft.pk}/")
    expect(manager.get_by_text("ville være vurderet anderledes")).to_be_visible()
    manager.get_by_role("button", name="Godkend").click()
    expect(manager.get_by_text("Version 2 er godkendt og gælder fra")).to_be_visible()
    assert_accessible(manager)

    assert duration_of(sent(begun(4), number=PEOPLE[2])) == (1, Verdict.NOT_MET)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1), tick=True):
        assert duration_of(sent(begun(4), number=PEOPLE[3])) == (2, Verdict.MET)
        manager.goto("/criteria/")
        expect(manager.get_by_role("heading", name="Smerter i mindst 3 måneder")).to_be_visible()
