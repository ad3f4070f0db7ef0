"""Races on real PostgreSQL: one call sent often, one hour booked by many, one patient twice."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from casework.refusals import Refused
from pathways import appointments, contacts
from pathways.contacts import Call
from pathways.models import Appointment, Contact, Pathway
from pathways.times import Time
from pathways.tracks import Track
from staff.working_days import is_open
from tests.pathways.factories import a_pathway, a_plan, colleague
from tests.patients.factories import a_patient
from tests.staff.factories import a_practice
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)

HOW_MANY = 8


def an_open_day() -> dt.date:
    day = timezone.localdate() + dt.timedelta(days=7)
    while not is_open(day):
        day += dt.timedelta(days=1)
    return day


def test_one_call_sent_by_many_clicks_at_once_is_one_call() -> None:
    pathway = a_pathway(Track.SINGLE)
    nurse, key = colleague(pathway), uuid.uuid4()
    call = Call(caller="patient", reason="medicine", said="Mere ondt")
    told: list[Contact] = []
    at_once(HOW_MANY, lambda _n: told.append(contacts.log(nurse, pathway.patient_id, key, call)))
    assert len(told) == HOW_MANY
    assert set(told) == {Contact.objects.get()}


def test_one_hour_is_booked_once_even_when_the_times_only_overlap() -> None:
    pathways = [a_pathway(Track.SINGLE) for _n in range(HOW_MANY)]
    physician = pathways[0].responsible
    at_ten = timezone.make_aware(dt.datetime.combine(an_open_day(), dt.time(10)))
    refused: list[str] = []

    def book(number: int) -> None:
        time = Time(physician, at_ten + dt.timedelta(minutes=number), minutes=30)
        pathway = pathways[number]
        try:
            appointments.book(physician, pathway.pk, pathway.version, time)
        except Refused as refusal:
            refused.append(refusal.sentence)

    at_once(HOW_MANY, book)
    assert Appointment.objects.count() == 1
    assert len(refused) == HOW_MANY - 1
    assert all("er optaget fra" in sentence for sentence in refused)


def test_one_patient_gets_one_pathway() -> None:
    patient, plan, unit = a_patient(), a_plan(Track.SINGLE), a_practice()
    refused: list[str] = []

    def open_one(_number: int) -> None:
        try:
            a_pathway(patient=patient, plan=plan, unit=unit)
        except Refused as refusal:
            refused.append(refusal.sentence)

    at_once(HOW_MANY, open_one)
    assert Pathway.objects.count() == 1
    assert len(refused) == HOW_MANY - 1
    assert all("allerede i forløb" in sentence for sentence in refused)
