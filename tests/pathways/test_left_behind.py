"""Appointments with somebody who has left the team are seen until somebody moves them."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pathways import appointments, planning
from pathways.left_behind import left_behind, still_with
from pathways.models import Appointment, Pathway
from pathways.team import Seat
from pathways.times import Time
from pathways.tracks import Discipline, Track
from staff.models import User
from staff.permissions import Role
from staff.working_days import first_open
from tests.pathways.factories import a_pathway, colleague
from tests.staff.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE)


def booked(pathway: Pathway, clinician: User, hour: int = 10) -> Appointment:
    day = first_open(timezone.localdate() + dt.timedelta(days=7))
    starts_at = timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
    pathway.refresh_from_db()
    time = Time(clinician, starts_at)
    return appointments.book(pathway.responsible, pathway.pk, pathway.version, time)


def replaced(pathway: Pathway, nurse: User) -> User:
    """Another nurse takes the nurse's place."""
    other = person(Role.NURSE, name="Bente Dam")
    seat = Seat(other, Discipline.NURSE, "")
    pathway.refresh_from_db()
    who, pk, version = pathway.responsible, pathway.pk, pathway.version
    planning.change_team(who, pk, version, why="Barsel", join=[seat], leave=[nurse])
    return other


def test_the_times_of_who_leaves_are_counted_and_shown(pathway: Pathway, client: Client) -> None:
    nurse = colleague(pathway)
    times = [booked(pathway, nurse, 10), booked(pathway, nurse, 11)]
    booked(pathway, pathway.responsible, 12)
    assert not left_behind(pathway)
    replaced(pathway, nurse)
    assert list(left_behind(pathway)) == times
    assert still_with(pathway, [nurse]) == f"2 tider er stadig hos {nurse.name}."
    client.force_login(pathway.responsible)
    page = client.get(reverse("pathways:patient", args=[pathway.patient_id])).content.decode()
    assert f"er stadig hos {nurse.name}, som ikke er på teamet." in page


def test_who_hands_a_pathway_over_is_told_what_stays(pathway: Pathway, client: Client) -> None:
    was, other = pathway.responsible, person(Role.PHYSICIAN, name="Bo Friis")
    booked(pathway, was)
    pathway.refresh_from_db()
    client.force_login(was)
    typed = {"version": pathway.version, "responsible": other.pk, "why": "Barsel"}
    answer = client.post(reverse("pathways:team", args=[pathway.pk]), typed, follow=True)
    assert f"Teamet er ændret. 1 tid er stadig hos {was.name}." in answer.content.decode()
