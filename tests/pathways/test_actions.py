"""The small forms over a patient's page: shown, done, refused without losing a word."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pathways import appointments, planning
from pathways.models import Appointment, Pathway
from pathways.times import Time
from pathways.tracks import Track
from staff import working_days
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.pathways.factories import a_pathway, colleague
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


def an_open_day(ahead: int) -> dt.date:
    """The first open day at least so many days from today."""
    day = timezone.localdate() + dt.timedelta(days=ahead)
    while not working_days.is_open(day):
        day += dt.timedelta(days=1)
    return day


def at_ten(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(10)))


class Desk:
    """A pathway with a booked appointment, and what each action's form sends."""

    def __init__(self) -> None:
        self.pathway = a_pathway(Track.SINGLE)
        self.nurse, self.physician = colleague(self.pathway), self.pathway.responsible
        time = Time(self.physician, at_ten(an_open_day(5)))
        self.appointment = appointments.book(
            self.nurse, self.pathway.pk, self.pathway.version, time
        )
        self.pathway.refresh_from_db()

    def comes(self) -> None:
        """The day of the appointment is today."""
        Appointment.objects.update(starts_at=timezone.now())

    def url(self, name: str) -> str:
        of_appointment = name in {"move", "cancel", "attended", "stayed_away"}
        return reverse(
            f"pathways:{name}", args=[self.appointment.pk if of_appointment else self.pathway.pk]
        )

    def typed(self, name: str) -> dict[str, Any]:
        day = f"{an_open_day(9):%d.%m.%Y}"
        time = {
            "clinician": self.nurse.pk,
            "day": day,
            "at": "11.30",
            "minutes": 30,
            "how": "visit",
        }
        step = {"next_step": "Ring til Lonni", "next_step_by": self.nurse.pk, "due_on": day}
        forms: dict[str, dict[str, Any]] = {
            "book": time,
            "move": time | {"why": "Sygdom"},
            "cancel": {"why": "Patienten er syg"},
            "attended": step,
            "stayed_away": {},
            "next_step": step,
            "team": {"join": person(Role.PSYCHOLOGIST).pk, "why": "Sover dårligt"},
            "discharge": {"summary": "Bedre", "follow_up_by_gp": "no"},
            "discontinue": {"ending": "moved", "why": "Flyttet"},
            "pause": {"reason": "illness", "look_again_on": day, "why": "Venter på operation"},
        }
        return forms[name] | {"version": self.pathway.version}


@pytest.fixture
def desk() -> Desk:
    return Desk()


ACTIONS = [
    "book",
    "move",
    "cancel",
    "attended",
    "stayed_away",
    "next_step",
    "pause",
    "team",
    "discharge",
    "discontinue",
]
ENDS = {"discharge", "discontinue"}


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_is_shown_and_done(client_for: SignIn, desk: Desk, name: str) -> None:
    if name in {"attended", "stayed_away"}:
        desk.comes()
    client = client_for(desk.physician)
    assert client.get(desk.url(name)).status_code == 200
    version = desk.pathway.version
    response = client.post(desk.url(name), desk.typed(name))
    assert response.status_code == 302
    assert response.headers["Location"] == reverse(
        "pathways:patient", args=[desk.pathway.patient_id]
    )
    desk.pathway.refresh_from_db()
    assert desk.pathway.version == version + 1


@pytest.mark.parametrize("name", ACTIONS)
def test_an_action_opens_over_the_page(client_for: SignIn, desk: Desk, name: str) -> None:
    page = client_for(desk.physician).get(desk.url(name), headers={"HX-Request": "true"})
    assert "<html" not in page.content.decode()
    assert "action-dialog__head" in page.content.decode()


@pytest.mark.parametrize("name", ACTIONS)
def test_who_may_do_what(client_for: SignIn, desk: Desk, name: str) -> None:
    permission = Permission.DISCHARGE if name in ENDS else Permission.PLAN
    for role in Role:
        response = client_for(person(role, name="En Anden")).get(desk.url(name))
        if not may(role, permission):
            assert response.status_code == 403, role
        elif not may(role, Permission.VIEW_ALL_PATIENTS):
            assert response.status_code == 404, role
        else:
            assert response.status_code == 200, role


@pytest.mark.parametrize("name", [name for name in ACTIONS if name != "stayed_away"])
def test_an_empty_form_says_what_is_missing(client_for: SignIn, desk: Desk, name: str) -> None:
    response = client_for(desk.physician).post(desk.url(name), {"version": desk.pathway.version})
    assert response.status_code == 422
    assert "Der er noget, der skal rettes" in response.content.decode()
    desk.pathway.refresh_from_db()
    assert desk.pathway.transitions.count() == 2


def test_the_second_of_two_is_told_what_happened_and_keeps_the_words(
    client_for: SignIn, desk: Desk
) -> None:
    words = desk.typed("next_step")
    planning.set_next_step(
        desk.physician,
        desk.pathway.pk,
        desk.pathway.version,
        "Skriv til kommunen",
        desk.physician,
        an_open_day(3),
    )
    client = client_for(desk.nurse)
    response = client.post(desk.url("next_step"), words)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Anne Holm (læge) satte næste skridt" in page
    assert "Ring til Lonni" in page
    desk.pathway.refresh_from_db()
    assert f'name="version" value="{desk.pathway.version}"' in page
    assert (
        client.post(desk.url("next_step"), words | {"version": desk.pathway.version}).status_code
        == 302
    )


def test_a_refused_booking_keeps_what_was_typed(client_for: SignIn, desk: Desk) -> None:
    words = desk.typed("book") | {"day": f"{an_open_day(5):%d.%m.%Y}", "at": "10.15"}
    words["clinician"] = desk.physician.pk
    response = client_for(desk.nurse).post(desk.url("book"), words)
    assert response.status_code == 409
    assert "Anne Holm er optaget fra kl. 10.00 til" in response.content.decode()
    assert "10.15" in response.content.decode()


def test_a_next_step_without_a_day_cannot_be_saved(client_for: SignIn, desk: Desk) -> None:
    words = desk.typed("next_step") | {"due_on": ""}
    response = client_for(desk.nurse).post(desk.url("next_step"), words)
    assert response.status_code == 422
    assert "Et næste skridt har altid en frist." in response.content.decode()


def test_follow_up_in_general_practice_needs_advice(client_for: SignIn, desk: Desk) -> None:
    words = desk.typed("discharge") | {"follow_up_by_gp": "yes"}
    response = client_for(desk.physician).post(desk.url("discharge"), words)
    assert response.status_code == 422
    assert "hvad egen læge anbefales at følge op på" in response.content.decode()


def test_a_pathway_read_by_nobody_does_not_exist(client_for: SignIn) -> None:
    for name in ACTIONS:
        response = client_for(person(Role.PHYSICIAN)).get(reverse(f"pathways:{name}", args=[99]))
        assert response.status_code == 404
    assert not Pathway.objects.exists()
