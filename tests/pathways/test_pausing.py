"""A pathway on pause: why, until when, and how it is taken up again."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.refusals import Refused, Stale
from pathways import appointments, pausing, planning
from pathways.lifecycle import PauseReason, Status, Verb
from pathways.models import Appointment, Pathway
from pathways.times import Time
from pathways.tracks import Track
from staff.models import User
from staff.permissions import Role
from tests.pathways.factories import a_pathway, colleague, latest_step
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)
AUGUST = dt.date(2026, 8, 17)
FRIDAY = dt.date(2026, 6, 12)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE)


@pytest.fixture
def nurse(pathway: Pathway) -> User:
    return colleague(pathway)


def at(day: dt.date, hour: int = 10) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def paused(pathway: Pathway, reason: str = PauseReason.ILLNESS, why: str = "") -> Pathway:
    pausing.pause(pathway.responsible, pathway.pk, version(pathway), reason, AUGUST, why)
    return Pathway.objects.get(pk=pathway.pk)


def version(pathway: Pathway) -> int:
    return Pathway.objects.get(pk=pathway.pk).version


def booked(pathway: Pathway, day: dt.date) -> Appointment:
    who = pathway.responsible
    return appointments.book(who, pathway.pk, version(pathway), Time(who, at(day)))


def seen(pathway: Pathway, nurse: User, clock: time_machine.Traveller) -> None:
    """The patient has been here on Friday."""
    visit = booked(pathway, FRIDAY)
    clock.move_to(at(FRIDAY, 12))
    appointments.attend(nurse, visit.pk, version(pathway), "Ring", nurse, dt.date(2026, 6, 22))


def test_a_pause_says_why_and_when_somebody_looks_again(pathway: Pathway) -> None:
    found = paused(pathway, why="Venter på ny hofte")
    assert (found.status, found.due_on) == (Status.PAUSED, AUGUST)
    assert found.next_step == "Se på forløbet igen"
    assert found.next_step_by == pathway.next_step_by
    assert found.standing == "På pause til 17.8.2026"
    assert latest_step(found).why == "Anden sygdom. Til 17.8.2026. Venter på ny hofte"


@pytest.mark.parametrize("reason", PauseReason)
def test_the_patients_wish_to_wait_is_told_apart(pathway: Pathway, reason: PauseReason) -> None:
    found = paused(pathway, reason, "Barsel")
    wish = reason == PauseReason.WISH
    assert latest_step(found).verb == (Verb.PUT_OFF if wish else Verb.PAUSED)


def test_somebody_else_may_be_the_one_who_looks_again(pathway: Pathway, nurse: User) -> None:
    physician = pathway.responsible
    pausing.pause(nurse, pathway.pk, 1, "illness", AUGUST, "", physician)
    pathway.refresh_from_db()
    assert pathway.next_step_by == physician


@pytest.mark.parametrize(
    ("reason", "day", "sentence"),
    [
        ("", AUGUST, "Vælg, hvorfor forløbet"),
        ("other", AUGUST, "Skriv, hvorfor forløbet"),
        ("illness", dt.date(2026, 6, 9), "Vælg en dag efter i dag"),
        ("illness", dt.date(2027, 6, 11), "højst vare til den 10.6.2027"),
    ],
)
def test_a_pause_without_a_reason_or_an_end_is_refused(
    pathway: Pathway, nurse: User, reason: str, day: dt.date, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence):
        pausing.pause(nurse, pathway.pk, 1, reason, day)
    pathway.refresh_from_db()
    assert (pathway.status, pathway.version) == (Status.WAITING, 1)


def test_the_longest_pause_is_allowed(pathway: Pathway, nurse: User) -> None:
    pausing.pause(nurse, pathway.pk, 1, "illness", dt.date(2027, 6, 10))
    assert version(pathway) == 2


def test_a_paused_pathway_is_not_paused_again_but_its_day_may_change(
    pathway: Pathway, nurse: User
) -> None:
    paused(pathway)
    with pytest.raises(Refused, match="allerede på pause"):
        paused(pathway)
    planning.set_next_step(nurse, pathway.pk, 2, "Se igen", nurse, dt.date(2026, 9, 1))
    pathway.refresh_from_db()
    assert pathway.standing == "På pause til 1.9.2026"


def test_only_what_is_paused_is_resumed(pathway: Pathway, nurse: User) -> None:
    with pytest.raises(Refused, match="ikke på pause"):
        pausing.resume(nurse, pathway.pk, 1, "Ring", nurse, FRIDAY)


def test_a_pathway_without_a_visit_waits_again(pathway: Pathway, nurse: User) -> None:
    paused(pathway)
    pausing.resume(nurse, pathway.pk, 2, "Giv en tid", nurse, FRIDAY)
    pathway.refresh_from_db()
    assert (pathway.status, pathway.next_step) == (Status.WAITING, "Giv en tid")
    assert pathway.paused_because == ""
    assert latest_step(pathway).verb == Verb.RESUMED


def test_after_a_visit_it_is_under_way_again(
    pathway: Pathway, nurse: User, clock: time_machine.Traveller
) -> None:
    seen(pathway, nurse, clock)
    found = paused(pathway)
    pausing.resume(nurse, pathway.pk, found.version, "Ring", nurse, dt.date(2026, 7, 1))
    pathway.refresh_from_db()
    assert pathway.status == Status.ACTIVE


def test_booked_appointments_stand(pathway: Pathway) -> None:
    visit = booked(pathway, dt.date(2026, 8, 19))
    paused(pathway)
    visit.refresh_from_db()
    assert visit.status == Appointment.Status.BOOKED


def test_moving_or_cancelling_one_leaves_the_pause(pathway: Pathway, nurse: User) -> None:
    visit = booked(pathway, AUGUST)
    paused(pathway)
    later = Time(pathway.responsible, at(dt.date(2026, 8, 20)))
    appointments.move(nurse, visit.pk, version(pathway), later)
    appointments.cancel(nurse, visit.pk, version(pathway), "Vil hellere vente")
    pathway.refresh_from_db()
    assert (pathway.status, pathway.due_on) == (Status.PAUSED, AUGUST)
    assert pathway.next_step == "Se på forløbet igen"


def test_booking_a_new_one_ends_the_pause(pathway: Pathway) -> None:
    paused(pathway)
    booked(pathway, dt.date(2026, 6, 22))
    pathway.refresh_from_db()
    assert (pathway.status, pathway.due_on) == (Status.WAITING, dt.date(2026, 6, 22))
    assert pathway.next_step == "Første samtale hos Anne Holm"
    assert [step.verb for step in pathway.transitions.all()][-2:] == [Verb.RESUMED, Verb.BOOKED]


def test_after_the_pause_the_earliest_appointment_is_the_next_step(pathway: Pathway) -> None:
    booked(pathway, dt.date(2026, 6, 22))
    paused(pathway)
    booked(pathway, dt.date(2026, 6, 29))
    pathway.refresh_from_db()
    assert pathway.due_on == dt.date(2026, 6, 22)


def test_a_visit_in_the_pause_ends_it(
    pathway: Pathway, nurse: User, clock: time_machine.Traveller
) -> None:
    visit = booked(pathway, FRIDAY)
    paused(pathway)
    clock.move_to(at(FRIDAY, 12))
    day = dt.date(2026, 6, 22)
    appointments.attend(nurse, visit.pk, version(pathway), "Ring", nurse, day)
    pathway.refresh_from_db()
    assert (pathway.status, pathway.paused_because) == (Status.ACTIVE, "")


def test_staying_away_in_the_pause_ends_it_so_that_somebody_calls(
    pathway: Pathway, nurse: User, clock: time_machine.Traveller
) -> None:
    visit, before = booked(pathway, FRIDAY), pathway.first_visit_by
    paused(pathway)
    clock.move_to(at(FRIDAY, 12))
    appointments.stay_away(nurse, visit.pk, version(pathway))
    pathway.refresh_from_db()
    assert (pathway.status, pathway.paused_because) == (Status.WAITING, "")
    assert pathway.next_step.startswith("Ring til patienten, som udeblev")
    assert pathway.first_visit_by == before + (FRIDAY - NOW.date())


def test_no_next_step_lets_a_pause_last_longer_than_the_longest(
    pathway: Pathway, nurse: User, clock: time_machine.Traveller
) -> None:
    paused(pathway)
    clock.shift(dt.timedelta(days=30))
    with pytest.raises(Refused, match=r"højst vare til den 10\.6\.2027"):
        planning.set_next_step(nurse, pathway.pk, 2, "Se igen", nurse, dt.date(2027, 6, 11))
    planning.set_next_step(nurse, pathway.pk, 2, "Se igen", nurse, dt.date(2027, 6, 10))


def test_the_second_of_two_is_told_what_the_first_did(pathway: Pathway, nurse: User) -> None:
    paused(pathway)
    with pytest.raises(Stale, match=r"Anne Holm .* satte forløbet på pause"):
        pausing.pause(nurse, pathway.pk, 1, "illness", AUGUST)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.REFERRER])
def test_nobody_pauses_what_they_do_not_see(pathway: Pathway, role: Role) -> None:
    with pytest.raises(Pathway.DoesNotExist):
        pausing.pause(person(role), pathway.pk, 1, "illness", AUGUST)


def test_the_page_says_until_when_and_offers_to_resume(
    client_for: SignIn, pathway: Pathway, nurse: User
) -> None:
    client, address = client_for(nurse), reverse("pathways:patient", args=[pathway.patient_id])
    page = client.get(address).content.decode()
    assert "Sæt på pause…" in page
    assert "Genoptag…" not in page
    paused(pathway)
    page = client.get(address).content.decode()
    assert "På pause til 17.8.2026" in page
    assert "Bookede tider gælder stadig" in page
    assert "Genoptag…" in page
    assert "Sæt på pause…" not in page


def test_a_pause_is_made_and_ended_on_the_page(
    client_for: SignIn, pathway: Pathway, nurse: User
) -> None:
    client, typed = client_for(nurse), {"reason": "wish", "look_again_on": "17.8.2026"}
    pause = reverse("pathways:pause", args=[pathway.pk])
    assert client.post(pause, typed | {"version": 1}).status_code == 302
    again = client.post(pause, typed | {"version": 1})
    assert again.status_code == 409
    assert "satte forløbet på pause efter patientens ønske" in again.content.decode()
    resume = reverse("pathways:resume", args=[pathway.pk])
    assert client.get(resume).status_code == 200
    step = {"next_step": "Giv en tid", "next_step_by": nurse.pk, "due_on": "12.6.2026"}
    assert client.post(resume, step | {"version": 2}).status_code == 302
    assert latest_step(pathway).verb == Verb.RESUMED
