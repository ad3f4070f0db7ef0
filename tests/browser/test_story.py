"""The main job from end to end, as the people of the house do it, each at their own desk."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from playwright.sync_api import Page, expect

from correspondence.tasks import sweep
from pathways.tasks import remind_appointments
from staff.models import User
from staff.permissions import Role
from staff.working_days import add_weekdays, is_open
from tests.staff.factories import a_practice, person

pytestmark = pytest.mark.django_db(transaction=True)
Desk = Callable[[User], Page]


@pytest.fixture
def desk(new_page: Callable[[], Page], sign_in: Callable[[Page, User], None]) -> Desk:
    """A person's own browser, signed in and at the first place of their desk."""

    def opened(user: User) -> Page:
        page = new_page()
        sign_in(page, user)
        page.goto("/")
        return page

    return opened


def test_a_referral_becomes_a_watched_pathway(desk: Desk, settings: Any, tmp_path: Path) -> None:
    settings.OUTBOX_FOLDER = tmp_path
    gp = person(Role.REFERRER, name="Gerda Lykke", unit=a_practice(name="Lægerne Søborg"))
    secretary = person(Role.SECRETARY, name="Karin Bech")
    physician = person(Role.PHYSICIAN, name="Anne Holm")
    nurse = person(Role.NURSE, name="Hanne Skov")
    for role in (Role.PHYSIOTHERAPIST, Role.PSYCHOLOGIST, Role.SOCIAL_WORKER):
        person(role, name=f"Kim {role.label.capitalize()}")

    the_gp_writes_and_sends(desk(gp))
    the_secretary_accepts(desk(secretary))
    the_physician_sees_the_patient_and_books(desk(physician))
    the_nurse_logs_a_call(desk(nurse))
    the_physician_answers_the_nurse(desk(physician))
    with time_machine.travel(seven_days_before_the_appointment()):
        remind_appointments()
        remind_appointments()
        sweep()
        the_reminder_has_left_once(desk(secretary), tmp_path)
    the_gp_sees_how_it_went(desk(gp))


def the_gp_writes_and_sends(page: Page) -> None:
    page.get_by_role("button", name="Ny henvisning").click()
    page.get_by_label("CPR-nummer").fill("020160-9996")
    page.get_by_label("Fornavne").fill("Lonni Test")
    page.get_by_label("Efternavn").fill("Lauridsen")
    page.get_by_label("Telefon", exact=True).fill("20 30 40 50")
    expect(criterion(page, "18 år eller ældre")).to_contain_text("66 år")
    go_on(page)

    page.get_by_label("Vurdering og behandling").check()
    page.get_by_label("Hvad ønsker I hjælp til?").fill(
        "Hun er gået i stå. Hvordan kommer hun videre?"
    )
    go_on(page)

    page.get_by_label("Smertediagnose").fill("Lændesmerter UNS")
    page.get_by_label("Måned").fill(str(timezone.localdate().month))
    page.get_by_label("År", exact=False).last.fill(str(timezone.localdate().year))
    expect(criterion(page, "Smerter i mindst 6 måneder")).to_contain_text("Ikke opfyldt")
    page.get_by_label("År", exact=False).last.fill("2020")
    expect(criterion(page, "Smerter i mindst 6 måneder")).not_to_contain_text("Ikke opfyldt")
    go_on(page)

    choose(page, "færdigudredt", "Ja")
    choose(page, "færdigbehandlet", "Ja")
    go_on(page)

    page.get_by_label("Præparat").first.fill("Contalgin")
    page.get_by_label("Styrke").first.fill("30 mg")
    page.get_by_label("Hvor ofte").first.fill("1 x 2")
    go_on(page)

    choose(page, "psykologiske problemer", "Ja")
    choose(page, "sociale eller arbejdsmæssige", "Nej")
    page.get_by_label("Nej, ingen af delene").check()
    page.get_by_label("Nej, aldrig").check()
    page.get_by_label("Ingen hovedpine").check()
    choose(page, "illegalt misbrug", "Nej")
    page.get_by_label("Intet eller moderat forbrug").check()
    choose(page, "møde op", "Ja")
    expect(panel(page)).to_contain_text("Foreslået spor: Tværfaglig")
    go_on(page)
    go_on(page)

    page.get_by_role("button", name="Send henvisningen").dblclick()
    expect(page.locator("#messages")).to_contain_text("sendt")


def the_secretary_accepts(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text("Visitation")
    open_row(page)
    expect(page.get_by_text("Hun er gået i stå.")).to_be_visible()
    page.get_by_role("button", name="Godkend som foreslået").click()
    expect(page.locator("#messages")).to_contain_text("Lonni Test Lauridsen er modtaget i centret")


def the_physician_sees_the_patient_and_books(page: Page) -> None:
    row = page.get_by_role("row").filter(has_text="Lonni Test Lauridsen")
    expect(row).to_contain_text("Giv patienten en første tid")
    open_row(page)
    page.get_by_role("link", name="Book").first.click()
    form = page.get_by_role("dialog")
    form.get_by_label("Hos").select_option(label="Anne Holm (læge)")
    form.get_by_label("Dag").fill(f"{appointment_day():%d.%m.%Y}")
    form.get_by_label("Klokken").fill("10.30")
    form.get_by_role("button", name="Book").click()
    expect(page.locator("#messages")).to_contain_text("booket")
    expect(page.get_by_text("Første samtale hos Anne Holm").first).to_be_visible()


def the_nurse_logs_a_call(page: Page) -> None:
    page.get_by_label("Find patienten").press_sequentially("lonni")
    expect(page.locator("#found")).to_contain_text("Lonni Test Lauridsen")
    page.keyboard.press("Enter")
    page.get_by_label("Identitet bekræftet").check()
    page.get_by_text("bivirkning", exact=True).click()
    page.get_by_label("Det blev sagt").fill("Træt og svimmel om morgenen.")
    page.get_by_text("spørg lægen", exact=True).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#messages")).to_contain_text("er gemt")


def the_physician_answers_the_nurse(page: Page) -> None:
    questions = page.get_by_role("region", name="Spørgsmål fra telefontiden")
    expect(questions).to_contain_text("Træt og svimmel om morgenen.")
    questions.get_by_role("link", name="Svar").click()
    form = page.get_by_role("dialog")
    form.get_by_role("textbox").fill("Halvér aftendosis.")
    form.get_by_role("button", name="Gem").click()
    expect(page.locator("#messages")).to_contain_text("Opfølgningen er gemt")


def the_reminder_has_left_once(page: Page, folder: Path) -> None:
    reminders = [path.read_text() for path in folder.rglob("*reminder*")]
    assert len(reminders) == 1
    assert "Husk din tid" in reminders[0]
    page.get_by_role("navigation").get_by_role("link", name="Udbakke").click()
    row = page.get_by_role("row").filter(has_text="påmindelse om tid")
    expect(row).to_have_count(1)
    expect(row).to_contain_text("sendt")


def the_gp_sees_how_it_went(page: Page) -> None:
    open_row(page)
    expect(page.get_by_role("main")).to_contain_text("Modtaget i centret")
    page.get_by_role("link", name="Visitationssvar: patienten er modtaget").click()
    expect(page.get_by_role("main")).to_contain_text("Anne Holm")


def appointment_day() -> dt.date:
    day = add_weekdays(timezone.localdate(), 10)
    return day if is_open(day) else add_weekdays(day, 3)


def seven_days_before_the_appointment() -> dt.datetime:
    on_the_day = dt.datetime.combine(appointment_day(), dt.time(10, 31))
    return timezone.make_aware(on_the_day) - dt.timedelta(days=7)


def open_row(page: Page) -> None:
    """Open the patient's row in the list at hand."""
    page.get_by_role("row").filter(has_text="Lonni Test Lauridsen").get_by_role("link").click()


def panel(page: Page) -> Any:
    return page.get_by_role("complementary").or_(page.locator(".criteria-panel")).first


def criterion(page: Page, name: str) -> Any:
    return page.get_by_role("listitem").filter(has_text=name).first


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Gem og fortsæt").click()
