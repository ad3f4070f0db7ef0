"""A practice is told of its own referral of the same patient, and of nobody else's."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from pathways import closing
from referrals import intake, triage
from referrals.drafts import already_here
from referrals.lifecycle import Status
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.referrals import cases
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]
HINT = "I har allerede en henvisning:"


def test_the_patient_step_and_the_last_page_lead_to_it(client_for: ClientFor) -> None:
    first = cases.sent()
    author, gp = first.referrer, client_for(first.referrer)
    draft = cases.written(author)
    for step in ("patient", "review"):
        page = gp.get(reverse("referrals:step", args=[draft.pk, step])).content.decode()
        assert HINT in page
        assert reverse("referrals:sent", args=[first.pk]) in page
        assert f"{first.reference}</a>, visiteres" in page
    saved = gp.post(
        reverse("referrals:autosave", args=[draft.pk, "patient"]), cases.SIMPLE["patient"]
    )
    assert HINT in saved.content.decode()
    assert intake.submit(author, draft.pk) != first


def test_another_practice_is_told_nothing() -> None:
    cases.sent()
    assert not already_here(cases.written(person(Role.REFERRER))).exists()


def test_it_is_told_as_long_as_the_pathway_goes_on() -> None:
    first = cases.at(Status.ACCEPTED, cases.the_centre())
    draft = cases.written(first.referrer)
    assert list(already_here(draft)) == [first]
    pathway = first.pathway
    assert pathway
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "Flyttet.")
    assert not already_here(draft).exists()


def test_nothing_is_told_of_the_referral_that_is_answered_or_without_a_number() -> None:
    referral = cases.sent()
    triage.ask(person(Role.SECRETARY), referral.pk, 1, "Siden hvornår?", [])
    assert not already_here(intake.begin_answer(referral.referrer, referral.pk)).exists()
    draft = intake.start(referral.referrer)
    assert not already_here(draft).exists()
    assert Referral.objects.count() == 1
