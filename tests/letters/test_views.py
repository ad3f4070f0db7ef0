"""The PDF opens for those the letter is for, and the centre's own reading is recorded."""

import hashlib
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from letters.models import Letter
from pathways.models import Pathway
from pathways.planning import change_team
from pathways.team import Seat
from pathways.tracks import Discipline
from patients.models import Access
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import accepted_by, sent, the_centre
from tests.staff.factories import person

pytestmark = pytest.mark.django_db


def a_case() -> tuple[User, Letter, Letter]:
    """The referrer, the unit's letter and the patient's letter about an acceptance."""
    people = the_centre()
    referral = sent()
    accepted_by(people[Role.PHYSICIAN], referral)
    to_unit = Letter.objects.get(kind=Letter.Kind.ACCEPTED)
    return referral.referrer, to_unit, Letter.objects.get(kind=Letter.Kind.NOTICE)


def status(user: User, letter: Letter) -> int:
    client = Client()
    client.force_login(user)
    return int(client.get(reverse("letters:pdf", args=[letter.pk])).status_code)


def test_the_referrers_unit_opens_its_own_letters_and_no_patients(client: Client) -> None:
    referrer, to_unit, to_patient = a_case()
    assert status(referrer, to_unit) == 200
    assert status(referrer, to_patient) == 404
    assert status(person(Role.REFERRER), to_unit) == 404
    assert not Access.objects.filter(user=referrer).exists()


def test_the_centres_reading_is_recorded(client: Client) -> None:
    _, _, letter = a_case()
    secretary = person(Role.SECRETARY)
    assert status(secretary, letter) == 200
    access = Access.objects.get(user=secretary)
    assert (access.patient, access.what) == (letter.patient, "brev")


def test_what_is_shown_is_the_pdf_that_is_kept(client: Client) -> None:
    referrer, letter, _ = a_case()
    client.force_login(referrer)
    for _time in range(2):
        answer = client.get(reverse("letters:pdf", args=[letter.pk]))
        letter.refresh_from_db()
        assert answer["Content-Type"] == "application/pdf"
        assert "no-store" in answer["Cache-Control"]
        assert hashlib.sha256(answer.content).hexdigest() == letter.sha256
    assert len(pikepdf.open(BytesIO(answer.content)).pages) == 1


def test_a_letters_name_says_nothing_about_whom(client: Client) -> None:
    referrer, letter, _ = a_case()
    client.force_login(referrer)
    named = client.get(reverse("letters:pdf", args=[letter.pk]))["Content-Disposition"]
    assert named == f'inline; filename="brev-{letter.pk}.pdf"'


def test_who_treats_the_patient_reads_the_letters_while_they_do() -> None:
    _, to_unit, to_patient = a_case()
    pathway = Pathway.objects.get()
    therapist, responsible = person(Role.PSYCHOLOGIST), pathway.responsible
    assert status(therapist, to_patient) == 404
    seat = Seat(therapist, Discipline.PSYCHOLOGIST, "Søvn.")
    change_team(responsible, pathway.pk, pathway.version, why="Søvn.", join=[seat])
    assert [status(therapist, letter) for letter in (to_unit, to_patient)] == [200, 200]
    assert Access.objects.filter(user=therapist, what="brev").count() == 2
    pathway.refresh_from_db()
    change_team(responsible, pathway.pk, pathway.version, why="Færdig.", leave=[therapist])
    assert [status(therapist, letter) for letter in (to_unit, to_patient)] == [404, 404]


@pytest.mark.parametrize(
    "role", [Role.MANAGER, Role.ADMINISTRATOR, Role.PSYCHOLOGIST, Role.SOCIAL_WORKER]
)
def test_those_who_do_not_see_all_patients_open_none(role: Role) -> None:
    _, letter, _ = a_case()
    assert status(person(role), letter) == 404
