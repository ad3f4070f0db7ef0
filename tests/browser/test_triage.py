"""The triage desk in a real browser, used as a secretary, a physician and a manager use it."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect

from referrals import triage
from referrals.lifecycle import Status
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.referrals.cases import (
    ADVICE,
    CANCER,
    COMPLEX,
    PEOPLE,
    RENAMED,
    UNCLEAR,
    sent,
    the_centre,
)

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]
People = Mapping[Role, User]


@pytest.fixture
def people() -> People:
    return the_centre()


def test_a_secretary_goes_through_the_queue_by_keyboard_and_accepts(
    page: Page, sign_in: SignIn, people: People
) -> None:
    sent(COMPLEX, number=PEOPLE[0])
    following = sent(number=PEOPLE[1])
    sign_in(page, people[Role.SECRETARY])
    page.goto("/referrals/queue/")
    expect(page.get_by_role("row")).to_have_count(3)
    assert_accessible(page)
    page.keyboard.press("j")
    expect(page.locator(".row-link").first).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Henvisning")
    expect(page.get_by_text("Hvordan kommer hun videre?")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Godkend som foreslået").click()
    expect(page.get_by_text("er modtaget i centret")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(following.reference)


def test_changing_the_track_proposes_the_team_and_the_letter_anew(
    page: Page, sign_in: SignIn, people: People
) -> None:
    referral = sent()
    sign_in(page, people[Role.SECRETARY])
    page.goto(f"/referrals/{referral.pk}/")
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Sygeplejerske")).to_be_visible()
    expect(dialog.get_by_label("Psykolog")).to_have_count(0)
    dialog.get_by_label("Spor").select_option("interdisciplinary")
    expect(dialog.get_by_label("Psykolog")).to_be_visible()
    expect(dialog.locator("#letter-pages")).to_contain_text("Spor: Tværfaglig")
    assert_accessible(page)
    dialog.get_by_role("button", name="Godkend og næste").click()
    expect(dialog.get_by_role("alert")).to_contain_text("Skriv, hvorfor du vælger et andet")
    dialog.get_by_label("Begrundelse").fill("Psykologen kender hende")
    dialog.get_by_role("button", name="Godkend og næste").click()
    expect(page.get_by_text("er modtaget i centret")).to_be_visible()
    referral.refresh_from_db()
    assert referral.pathway is not None
    assert referral.pathway.track == "interdisciplinary"


def test_what_one_click_sends_is_read_before_it_goes(
    page: Page, sign_in: SignIn, people: People
) -> None:
    referral = sent(COMPLEX)
    sign_in(page, people[Role.SECRETARY])
    page.goto(f"/referrals/{referral.pk}/")
    to_be_sent = page.locator(".to-be-sent")
    expect(to_be_sent.locator("img")).to_have_count(0)
    page.get_by_text("Det sendes", exact=True).click()
    expect(to_be_sent).to_contain_text("patienten får brev, og forløbet åbnes")
    expect(to_be_sent).to_contain_text("Du er velkommen i Tværfagligt Smertecenter")
    expect(to_be_sent.locator("img").last).to_be_visible()
    expect(to_be_sent.get_by_role("button")).to_have_count(0)
    assert_accessible(page)
    page.get_by_role("button", name="Godkend som foreslået").click()
    expect(page.get_by_text("er modtaget i centret")).to_be_visible()


def test_a_patient_who_has_a_new_name_is_the_same_person(
    page: Page, sign_in: SignIn, people: People
) -> None:
    sent()
    referral = sent(RENAMED)
    sign_in(page, people[Role.SECRETARY])
    page.goto(f"/referrals/{referral.pk}/")
    expect(page.get_by_role("link", name="Forkert CPR-nummer…")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Samme person, navnet er ændret…").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Fornavne")).to_have_value("Ida")
    assert_accessible(page)
    dialog.get_by_label("Slået op i CPR-registret").check()
    dialog.get_by_role("button", name="Gem navnet").click()
    expect(page.get_by_text("Navnet er gemt")).to_be_visible()
    expect(page.get_by_role("button", name="Godkend som foreslået")).to_be_enabled()


@pytest.mark.parametrize("key", ["s", "o", "v", "l"])
def test_each_small_form_opens_by_its_key_and_everybody_can_use_it(
    key: str, page: Page, sign_in: SignIn, people: People
) -> None:
    referral = sent(UNCLEAR)
    sign_in(page, people[Role.SECRETARY])
    page.goto(f"/referrals/{referral.pk}/")
    page.keyboard.press(key)
    expect(page.get_by_role("dialog")).to_be_visible()
    assert_accessible(page)


def test_what_one_writes_stands_beside_the_letter_that_is_sent(
    page: Page, sign_in: SignIn, people: People
) -> None:
    referral = sent(UNCLEAR)
    sign_in(page, people[Role.SECRETARY])
    page.goto(f"/referrals/{referral.pk}/")
    page.keyboard.press("s")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Hvad mangler, og").fill("Tager hun hash?")
    expect(dialog.locator("#letter")).to_contain_text("Tager hun hash?")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Spørgsmålet om")).to_be_visible()
    referral.refresh_from_db()
    assert referral.status == Status.AWAITING_REFERRER


def test_who_comes_second_loses_nothing_typed(page: Page, sign_in: SignIn, people: People) -> None:
    referral = sent(CANCER)
    sign_in(page, people[Role.SECRETARY])
    page.goto(f"/referrals/{referral.pk}/")
    page.keyboard.press("v")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Begrundelse").fill("Hører til i palliationen")
    triage.claim(people[Role.PHYSICIAN], referral.pk, 1)
    dialog.get_by_role("button", name="Afvis og næste").click()
    expect(dialog.get_by_role("alert")).to_contain_text(people[Role.PHYSICIAN].name)
    expect(dialog.get_by_label("Begrundelse")).to_have_value("Hører til i palliationen")
    assert_accessible(page)
    dialog.get_by_role("button", name="Afvis og næste").click()
    expect(page.get_by_text("er afvist")).to_be_visible()
    assert Referral.objects.get(pk=referral.pk).status == Status.DECLINED


def test_a_physician_signs_and_gives_advice(page: Page, sign_in: SignIn, people: People) -> None:
    secretary, physician = people[Role.SECRETARY], people[Role.PHYSICIAN]
    to_sign, to_advise = sent(number=PEOPLE[0]), sent(ADVICE, number=PEOPLE[1])
    triage.decline(secretary, to_sign.pk, 1, "Bor i udlandet", "Vi kan ikke.", physician)
    triage.send_for_advice(secretary, to_advise.pk, 1, physician, "Se på morfinen")
    sign_in(page, physician)
    page.goto("/referrals/to-sign/")
    assert_accessible(page)
    page.get_by_role("link", name="hverdage").first.click()
    expect(page.get_by_text("Vi kan ikke.").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Underskriv").click()
    expect(page.get_by_text("Intet venter på din underskrift")).to_be_visible()
    page.goto("/referrals/to-advise/")
    assert_accessible(page)
    page.get_by_role("link", name="hverdage").first.click()
    expect(page.get_by_role("link", name="Skriv råd…")).to_be_visible()
    page.keyboard.press("r")
    dialog = page.get_by_role("dialog")
    letter = dialog.get_by_label("Rådet til henviser")
    letter.press("Control+End")
    letter.type("Trap langsomt ned.")
    dialog.get_by_role("button", name="Send rådet").click()
    expect(page.get_by_text("Ingen venter på råd fra dig")).to_be_visible()


def test_a_manager_goes_from_the_numbers_to_the_rows(
    page: Page, sign_in: SignIn, people: People
) -> None:
    sent(COMPLEX)
    sign_in(page, people[Role.MANAGER])
    page.goto("/referrals/overview/")
    assert_accessible(page)
    page.get_by_role("row", name="Tværfaglig").first.get_by_role("link").click()
    expect(page.get_by_text("Lonni Test Lauridsen")).to_be_visible()
    assert_accessible(page)
