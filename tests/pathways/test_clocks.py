"""The law's clock runs on, the centre's stands still, and a wish stands beside both."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from casework.clock import NOTHING, Clock, Span
from casework.lifecycle import Holder
from casework.templatetags.clocks import clock_bar, whole_units
from pathways.clocks import on_the_way, stood_still
from pathways.models import Pathway
from pathways.pausing import pause, resume
from pathways.tracks import Track
from patients.models import Wish
from staff.deadlines import Unit
from staff.models import User
from staff.permissions import Role
from tests.pathways.factories import a_pathway
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
OPENED = dt.datetime(2026, 11, 2, 10, tzinfo=COPENHAGEN)  # a Monday
A_DAY = dt.timedelta(days=1)
SignIn = Callable[[User], Client]


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(OPENED, tick=False) as traveller:
        yield traveller


def paused(now: time_machine.Traveller, days: int, reason: str = "illness") -> Pathway:
    """A subacute pathway that is put on pause on its third day, and how long it has been so."""
    pathway = a_pathway(Track.SUBACUTE)
    now.shift(2 * A_DAY)
    until = dt.date(2026, 12, 14)
    pathway = pause(pathway.responsible, pathway.pk, pathway.version, reason, until)
    now.shift(days * A_DAY)
    return pathway


def test_a_pause_moves_the_centres_own_day_by_as_long_as_it_lasts(
    now: time_machine.Traveller,
) -> None:
    pathway = paused(now, days=5)
    (target,) = on_the_way(pathway).own
    assert target.due_on == dt.date(2026, 11, 20)  # the 21st is a Saturday
    assert target.stands_still
    by = pathway.responsible
    pathway = resume(by, pathway.pk, pathway.version, "Ring", by, dt.date(2026, 12, 1))
    assert pathway.first_visit_by == target.due_on  # what the hourly check looks at
    now.shift(10 * A_DAY)
    (target,) = on_the_way(pathway).own
    assert target.due_on == dt.date(2026, 11, 20)  # the 21st is a Saturday
    assert not target.stands_still


def test_a_pause_that_the_patient_wished_for_is_the_patients_time(
    now: time_machine.Traveller,
) -> None:
    shares = on_the_way(paused(now, days=5, reason="wish")).clock.shares
    assert shares == {Holder.CENTRE: 2 * A_DAY, Holder.PATIENT: 5 * A_DAY}


def test_a_pathway_without_a_referral_has_no_clock_of_the_laws(
    now: time_machine.Traveller,
) -> None:
    assert on_the_way(a_pathway(Track.FAST)).law == []


def test_the_page_shows_the_bar_the_days_and_the_wishes(
    now: time_machine.Traveller, client_for: SignIn
) -> None:
    pathway = paused(now, days=5)
    client = client_for(pathway.responsible)
    page = client.get(reverse("pathways:patient", args=[pathway.patient_id])).content.decode()
    assert "Hvem har bolden?" in page
    assert "Står stille, mens andre har bolden" in page
    assert "Ingen noteret." in page
    assert page.count('<rect class="clock__part') == 2


def test_a_wish_is_written_down_on_the_page_and_stands_in_the_timeline(
    client_for: SignIn,
) -> None:
    pathway = a_pathway(Track.FAST)
    client, page = client_for(pathway.responsible), [pathway.patient_id]
    address, key = reverse("pathways:wish", args=page), f"{uuid.uuid4()}"
    typed = {"key": key, "kind": "free_choice", "day": "", "words": "Vil til Odense"}
    for _ in range(2):
        answer = client.post(address, typed)
        assert answer.status_code == 302
    assert Wish.objects.get().words == "Vil til Odense"
    shown = client.get(reverse("pathways:patient", args=page)).content.decode()
    sentence = "Patienten ønsker et andet sygehus (frit sygehusvalg)"
    assert shown.count(sentence) == 2  # beside the clock, and in the timeline
    assert "Vil til Odense" in shown


def test_a_refused_wish_comes_back_with_what_was_typed(client_for: SignIn) -> None:
    pathway = a_pathway(Track.FAST)
    address = reverse("pathways:wish", args=[pathway.patient_id])
    typed = {"key": f"{uuid.uuid4()}", "kind": "date", "day": "", "words": "Kun om fredagen"}
    answer = client_for(pathway.responsible).post(address, typed)
    assert answer.status_code == 409
    assert "Skriv den dag, det handler om." in answer.content.decode()
    assert "Kun om fredagen" in answer.content.decode()


def test_a_wish_of_somebody_elses_patient_is_not_found(client_for: SignIn) -> None:
    pathway = a_pathway(Track.FAST)
    stranger = client_for(person(Role.PSYCHOLOGIST))
    assert stranger.get(reverse("pathways:wish", args=[pathway.patient_id])).status_code == 404


lengths = st.lists(st.integers(0, 10**8), min_size=1, max_size=4)


@given(lengths=lengths, unit=st.sampled_from([A_DAY, dt.timedelta(hours=1)]))
def test_the_days_that_are_shown_add_up_to_the_days_in_all(
    lengths: list[int], unit: dt.timedelta
) -> None:
    parts = [dt.timedelta(seconds=length) for length in lengths]
    total = sum(parts, NOTHING)
    whole = whole_units(parts, total, unit)
    assert sum(whole) == round(total / unit)
    assert all(abs(n * unit - part) < unit for n, part in zip(whole, parts, strict=True))


def test_a_short_time_is_told_in_hours_and_svg_has_points_in_every_language() -> None:
    end = OPENED + dt.timedelta(hours=3)
    spans = (Span(Holder.CENTRE, OPENED, OPENED + A_DAY / 24), Span(Holder.REFERRER, OPENED, end))
    shown = clock_bar(Clock(spans, True))
    assert [line["words"] for line in shown["legend"]] == ["1 time", "3 timer"]
    assert shown["parts"][0]["width"] == "33.333"


def test_the_first_hour_is_told_in_minutes() -> None:
    now = OPENED + dt.timedelta(minutes=25)
    shown = clock_bar(Clock((Span(Holder.CENTRE, OPENED, now),), True))
    assert [line["words"] for line in shown["legend"]] == ["25 minutter"]
    assert shown["total"] == "25 minutter"


@given(
    day=st.integers(0, 400),
    away=st.integers(0, 60),
    unit=st.sampled_from([Unit.WEEKDAYS, Unit.DAYS]),
)
def test_neighbouring_stops_stand_still_as_long_as_one(day: int, away: int, unit: Unit) -> None:
    start = OPENED + day * A_DAY
    middle, end = start + away * A_DAY / 3, start + away * A_DAY
    one = Clock((Span(Holder.REFERRER, start, end),), True)
    two = Clock((Span(Holder.REFERRER, start, middle), Span(Holder.PATIENT, middle, end)), True)
    assert stood_still(one, unit) == stood_still(two, unit)
