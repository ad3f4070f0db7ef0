"""A GP writes and sends a referral with the keyboard alone, and the panel answers on the way."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Browser, Locator, Page, expect

from referrals import intake, triage
from referrals.models import Draft, Referral
from staff.models import User
from staff.permissions import Role
from tests.browser.accessibility import assert_accessible
from tests.referrals import cases
from tests.staff.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
SignIn = Callable[[Page, User], None]


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has focus, as one does without a mouse."""
    for _ in range(80):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach the field")


def fill_in(page: Page, label: str, text: str) -> None:
    tab_to(page, page.get_by_label(label).first)
    page.keyboard.type(text)


def choose(page: Page, question: str, answer: str) -> None:
    """Tab to a group of radio buttons and move to the answer with the arrows."""
    group = page.get_by_role("group", name=question)
    radios = group.get_by_role("radio")
    tab_to(page, radios.first)
    page.keyboard.press("Space")
    wanted = group.get_by_label(answer, exact=True)
    for _ in range(radios.count()):
        if wanted.is_checked():
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no such answer: {answer}")


def go_on(page: Page) -> None:
    """The visible button, reached by Tab and pressed with Enter."""
    assert_accessible(page)
    here = page.url
    tab_to(page, page.get_by_role("button", name="Gem og fortsæt").last)
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(here)


def finding(page: Page, code: str) -> Locator:
    return page.locator(f"#finding-{code}")


def who_the_patient_is(page: Page) -> None:
    """The number tells sex and age, and the draft is kept."""
    expect(page.get_by_role("heading", name="Hvem er patienten?")).to_be_visible()
    expect(page.get_by_label("Fødselsdato")).to_be_hidden()
    fill_in(page, "CPR-nummer", "020160-9996")
    expect(page.get_by_text("Kvinde, ")).to_be_visible()
    expect(page.get_by_text("Kladde gemt")).to_be_visible()
    assert Draft.objects.get().pages["patient"]["moment"] > 0  # what is sent tells when
    expect(finding(page, "adult")).to_have_class(re.compile("finding--met"))
    fill_in(page, "Fornavne", "Lonni Test")
    fill_in(page, "Efternavn", "Lauridsen")
    go_on(page)


def what_is_wanted(page: Page) -> None:
    """The question to the centre."""
    choose(page, "Hvad ønsker I af centret?", "Vurdering og behandling")
    fill_in(page, "Hvad ønsker I hjælp til?", "Hvordan kommer hun videre?")
    go_on(page)


def the_pain(page: Page) -> None:
    """A pain that began lately does not last long enough; one from 2020 does."""
    fill_in(page, "Smertediagnose", "Fibromyalgi")
    page.keyboard.press("Escape")
    fill_in(page, "Måned", str(localdate().month))
    fill_in(page, "År", str(localdate().year))
    expect(finding(page, "duration")).to_have_class(re.compile("finding--not_met"))
    expect(finding(page, "duration")).to_contain_text("Opfyldt fra")
    tab_to(page, page.get_by_label("Måned"))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("3")
    tab_to(page, page.get_by_label("År"))
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("2020")
    expect(finding(page, "duration")).to_have_class(re.compile("finding--met"))
    go_on(page)


def the_workup(page: Page) -> None:
    """What is missing is asked for only where something is."""
    expect(page.get_by_label("Hvad mangler i udredningen?")).to_be_hidden()
    choose(page, "færdigudredt", "Nej")
    expect(page.get_by_label("Hvad mangler i udredningen?")).to_be_visible()
    page.keyboard.press("ArrowUp")
    choose(page, "færdigbehandlet", "Ja")
    go_on(page)


def the_medicine(page: Page) -> None:
    """A line is read as it is written."""
    fill_in(page, "Lægemiddel", "Morfin 10 mg 3 gange dagligt")
    expect(page.get_by_text("30 mg MÆ")).to_be_visible()
    tab_to(page, page.get_by_role("button", name="Flere rækker"))
    page.keyboard.press("Enter")
    expect(page.get_by_label("Lægemiddel")).to_have_count(4)
    go_on(page)


def what_complicates(page: Page) -> None:
    """The last answers decide the track."""
    choose(page, "psykologiske problemer", "Ja")
    choose(page, "sociale eller arbejdsmæssige", "Nej")
    tab_to(page, page.get_by_label("Nej, ingen af delene"))
    page.keyboard.press("Space")
    choose(page, "haft kræft", "Nej, aldrig")
    choose(page, "hovedpine", "Ingen hovedpine")
    choose(page, "illegalt misbrug", "Nej")
    choose(page, "Alkohol", "Intet eller moderat forbrug")
    choose(page, "møde op", "Ja")
    expect(page.locator(".routing__track")).to_contain_text("Tværfaglig")
    go_on(page)
    go_on(page)


def look_through_and_send(page: Page) -> None:
    """Everything on one page, and the receipt."""
    expect(page.get_by_role("heading", name="Gennemse og send")).to_be_visible()
    assert_accessible(page)
    tab_to(page, page.get_by_role("button", name="Send henvisningen"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("er sendt. Kvitteringen")).to_be_visible()
    assert_accessible(page)
    assert Referral.objects.get().judgement.met == 10


def test_a_gp_refers_with_the_keyboard_alone(page: Page, sign_in: SignIn) -> None:
    gp = person(Role.REFERRER, name="Gerda Læge")
    sign_in(page, gp)
    page.goto("/")
    assert_accessible(page)
    page.keyboard.press("n")
    who_the_patient_is(page)
    what_is_wanted(page)
    the_pain(page)
    the_workup(page)
    the_medicine(page)
    what_complicates(page)
    look_through_and_send(page)


def test_a_link_to_another_step_saves_first(page: Page, sign_in: SignIn) -> None:
    gp = person(Role.REFERRER)
    draft = intake.start(gp)
    sign_in(page, gp)
    page.goto(f"/referrals/drafts/{draft.pk}/pain/")
    page.get_by_label("Hvor sidder smerterne?").fill("Lænden")
    page.get_by_role("link", name="Ingen aktiv kræft").click()
    expect(page).to_have_url(re.compile(r"/complicating/#id_cancer_0$"))
    assert Draft.objects.get().answers["pain"]["where"] == "Lænden"


def test_a_known_patient_is_filled_in_while_typing(page: Page, sign_in: SignIn) -> None:
    gp = person(Role.REFERRER)
    cases.sent(referrer=gp)
    draft = intake.start(gp)
    sign_in(page, gp)
    page.goto(f"/referrals/drafts/{draft.pk}/patient/")
    page.get_by_label("CPR-nummer").press_sequentially("0201609996")
    expect(page.get_by_label("Efternavn")).to_have_value("Lauridsen")
    expect(page.get_by_label("CPR-nummer")).to_be_focused()


def test_a_replacement_number_asks_for_birth_date_and_sex(page: Page, sign_in: SignIn) -> None:
    gp = person(Role.REFERRER)
    draft = intake.start(gp)
    sign_in(page, gp)
    page.goto(f"/referrals/drafts/{draft.pk}/patient/")
    page.get_by_label("CPR-nummer").fill("0703921VJ4")
    page.get_by_label("Fødselsdato").fill("7.3.1992")
    page.get_by_label("Kvinde").check()
    expect(page.get_by_text("født 7.3.1992")).to_be_visible()
    assert_accessible(page)


def test_the_form_works_without_javascript(
    browser: Browser, live: str, new_page: Callable[[], Page], sign_in: SignIn
) -> None:
    gp = person(Role.REFERRER)
    draft = intake.start(gp)
    page = new_page()
    sign_in(page, gp)
    context = browser.new_context(base_url=live, java_script_enabled=False, locale="da-DK")
    cookies: Any = page.context.cookies()
    context.add_cookies(cookies)
    plain = context.new_page()
    plain.goto(f"/referrals/drafts/{draft.pk}/pain/")
    plain.get_by_label("År").fill("2020")
    plain.get_by_role("button", name="Gem og fortsæt").last.click()
    expect(plain).to_have_url(re.compile("/workup/$"))
    expect(finding(plain, "duration")).to_have_class(re.compile("finding--met"))
    expect(plain.get_by_label("Hvad mangler i udredningen?")).to_be_visible()
    plain.goto(f"/referrals/drafts/{draft.pk}/medicine/")
    plain.get_by_label("Lægemiddel").first.fill("Morfin 10 mg x 3")
    plain.get_by_role("button", name="Vis, hvordan linjerne læses").click()
    expect(plain.get_by_text("30 mg MÆ")).to_be_visible()
    expect(plain.get_by_label("Lægemiddel")).to_have_count(4)
    context.close()


def test_a_question_is_answered_in_words_that_outlive_a_link_away(
    page: Page, sign_in: SignIn
) -> None:
    referral = cases.sent()
    triage.ask(person(Role.SECRETARY), referral.pk, 1, "Hvad skrev neurologen i august?", [])
    sign_in(page, referral.referrer)
    page.goto(f"/referrals/sent/{referral.pk}/")
    page.get_by_role("button", name="Besvar spørgsmålet").click()
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_text("Svaret er ikke sendt")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Jeres svar").fill("Intet at operere.")
    page.get_by_role("link", name="Ret Smerten").click()
    expect(page).to_have_url(re.compile(r"/pain/$"))
    page.goto(f"/referrals/drafts/{referral.drafts.get().pk}/review/")
    expect(page.get_by_label("Jeres svar")).to_have_value("Intet at operere.")
    page.get_by_role("button", name="Send svaret").click()
    expect(page.get_by_text("Svaret på centrets spørgsmål er sendt.")).to_be_visible()
    expect(page.get_by_text("Intet at operere.")).to_be_visible()


def test_the_desks_pages_are_accessible(page: Page, sign_in: SignIn) -> None:
    referral = cases.sent(cases.CANCER)
    gp, secretary = referral.referrer, person(Role.SECRETARY)
    triage.ask(secretary, referral.pk, 1, "Siden hvornår?", ["pain.since_year"])
    answer = intake.begin_answer(gp, referral.pk)
    sign_in(page, gp)
    for place in (
        "/referrals/new/",
        "/referrals/sent/",
        f"/referrals/sent/{referral.pk}/",
        f"/referrals/sent/{referral.pk}/withdraw/",
        "/referrals/drafts/",
        f"/referrals/drafts/{answer.pk}/discard/",
        f"/referrals/drafts/{answer.pk}/pain/?check=1",
        f"/referrals/drafts/{answer.pk}/attachments/",
        f"/referrals/drafts/{answer.pk}/review/",
    ):
        page.goto(place)
        assert_accessible(page)
