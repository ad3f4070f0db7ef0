"""A patient's medicine at the centre: a new list is seen as read before it is kept, once."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from casework.refusals import Refused, Stale
from medication.models import MedicationList
from medication.reading_list import read_list
from pathways.medicine import lists_of, take_down
from pathways.models import Pathway
from pathways.tracks import Discipline, Track
from patients.models import Access, Patient
from staff.models import User
from staff.permissions import Role
from tests.pathways.factories import a_pathway, colleague
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
TODAY = timezone.localdate
HIGH, LESS, LIKE_NO_OTHER = "Contalgin 60 mg 1 x 2", "Contalgin 30 mg 1 x 2", "Hyben og gurkemeje"


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.INTERDISCIPLINARY)


def down(user: User, patient: Patient, *lines: str, ago: int = 0, **more: Any) -> MedicationList:
    seen = {"seen": read_list(lines).mark, "begun_from": last_number()}
    given: dict[str, Any] = {"key": uuid.uuid4(), **seen} | more
    return take_down(user, patient.pk, lines=lines, as_of=TODAY() - dt.timedelta(days=ago), **given)


def last_number() -> int:
    last = MedicationList.objects.order_by("pk").last()
    return last.pk if last else 0


def address(patient: Patient) -> str:
    return reverse("pathways:medicine", args=[patient.pk])


def sent(seen_lines: Sequence[str], **more: str) -> dict[str, str]:
    """What the form sends when the lines were seen as they are read."""
    return {
        "key": str(uuid.uuid4()),
        "lines": "\r\n".join(seen_lines),
        "as_of": f"{TODAY():%d.%m.%Y}",
        "seen": read_list(seen_lines).mark,
        "begun_from": str(last_number()),
    } | more


class TestTakingDown:
    def test_a_list_that_somebody_recorded_meanwhile_is_not_passed_over(
        self, pathway: Pathway
    ) -> None:
        nurse, physician = person(Role.NURSE), person(Role.PHYSICIAN)
        opened = last_number()
        down(physician, pathway.patient, HIGH)
        with pytest.raises(Stale, match=f"{physician.name} gemte en medicinliste"):
            down(nurse, pathway.patient, LESS, begun_from=opened)
        assert [each.lines for each in lists_of(pathway.patient)] == [[HIGH]]
        down(nurse, pathway.patient, LESS)
        assert len(lists_of(pathway.patient)) == 2

    def test_a_list_is_kept_with_what_it_comes_to(self, pathway: Pathway) -> None:
        nurse = colleague(pathway)
        kept = down(nurse, pathway.patient, HIGH, LIKE_NO_OTHER)
        assert (kept.regular_mg, kept.at_least, kept.source) == (Decimal(120), True, "clinic")
        assert (kept.recorded_by, kept.as_of, kept.is_confirmed) == (nurse, TODAY(), True)

    def test_a_double_click_keeps_one(self, pathway: Pathway) -> None:
        key = uuid.uuid4()
        nurse = colleague(pathway)
        first, second = (down(nurse, pathway.patient, HIGH, key=key) for _ in range(2))
        assert first == second
        assert len(lists_of(pathway.patient)) == 1

    def test_the_same_key_for_two_patients_is_two_lists(self, pathway: Pathway) -> None:
        key, nurse = uuid.uuid4(), colleague(pathway)
        assert down(nurse, pathway.patient, HIGH, key=key) != down(
            nurse, a_patient(), HIGH, key=key
        )

    def test_the_newest_day_counts_whenever_it_was_taken_down(self, pathway: Pathway) -> None:
        nurse = colleague(pathway)
        newest = down(nurse, pathway.patient, LESS)
        older = down(nurse, pathway.patient, HIGH, ago=30)
        assert lists_of(pathway.patient) == [newest, older]

    @pytest.mark.parametrize(
        ("lines", "more", "sentence"),
        [
            ([HIGH], {"seen": read_list([LESS]).mark}, "Se efter, om linjerne er læst rigtigt"),
            ([" "], {}, "Skriv medicinen"),
            ([HIGH], {"ago": -1}, "en dag, der ikke er kommet"),
        ],
    )
    def test_what_was_not_seen_is_not_kept(
        self, pathway: Pathway, lines: list[str], more: dict[str, Any], sentence: str
    ) -> None:
        with pytest.raises(Refused, match=sentence):
            down(colleague(pathway), pathway.patient, *lines, **more)
        assert not MedicationList.objects.exists()

    def test_only_physicians_and_nurses_do_it(self, pathway: Pathway) -> None:
        for user in (person(Role.SECRETARY), colleague(pathway, Discipline.PSYCHOLOGIST)):
            with pytest.raises(Refused, match="skriver ikke medicinlister"):
                down(user, pathway.patient, HIGH)
        assert down(person(Role.PHYSICIAN), pathway.patient, HIGH)


class TestThePage:
    def test_the_newest_lines_stand_there_to_be_changed(
        self, pathway: Pathway, client_for: SignIn
    ) -> None:
        nurse = colleague(pathway)
        down(nurse, pathway.patient, HIGH, ago=3)
        page = client_for(nurse).get(address(pathway.patient)).content.decode()
        assert HIGH in page
        assert read_list([HIGH]).mark in page
        assert Access.objects.filter(patient=pathway.patient, what="medicinliste").exists()

    def test_it_is_kept_and_leads_back(self, pathway: Pathway, client_for: SignIn) -> None:
        answer = client_for(colleague(pathway)).post(address(pathway.patient), sent([LESS]))
        assert answer.headers["Location"].endswith(f"/patients/{pathway.patient_id}/#medicine")
        assert [each.lines for each in lists_of(pathway.patient)] == [[LESS]]

    def test_lines_that_were_not_seen_as_read_come_back_with_the_reading(
        self, pathway: Pathway, client_for: SignIn
    ) -> None:
        client = client_for(colleague(pathway))
        answer = client.post(address(pathway.patient), sent([LESS], seen=""))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "Se efter, om linjerne er læst rigtigt" in page
        assert read_list([LESS]).mark in page
        assert not lists_of(pathway.patient)

    def test_another_list_from_the_same_page_comes_back_to_be_kept_as_one_of_its_own(
        self, pathway: Pathway, client_for: SignIn
    ) -> None:
        client, key = client_for(colleague(pathway)), str(uuid.uuid4())
        client.post(address(pathway.patient), sent([LESS], key=key))
        answer = client.post(address(pathway.patient), sent([HIGH], key=key))
        page = answer.content.decode()
        assert answer.status_code == 409
        assert "allerede gemt en anden liste" in page
        assert HIGH in page
        new = answer.context["form"]["key"].value()
        assert new != key
        client.post(address(pathway.patient), sent([HIGH], key=new))
        assert [each.lines for each in lists_of(pathway.patient)] == [[HIGH], [LESS]]

    @pytest.mark.parametrize("wrong", [{"lines": ""}, {"as_of": "i går"}, {"key": "x"}])
    def test_what_cannot_be_read_comes_back(
        self, pathway: Pathway, client_for: SignIn, wrong: dict[str, str]
    ) -> None:
        client = client_for(colleague(pathway))
        assert client.post(address(pathway.patient), sent([LESS], **wrong)).status_code == 422
        assert not lists_of(pathway.patient)

    def test_the_reading_alone_is_sent_while_typing(
        self, pathway: Pathway, client_for: SignIn
    ) -> None:
        client = client_for(colleague(pathway))
        headers = {"HX-Request": "true", "HX-Target": "medicine-read"}
        typed = sent([HIGH, LIKE_NO_OTHER])
        page = client.post(address(pathway.patient), typed, headers=headers).content.decode()
        assert "<html" not in page
        assert "120 mg" in page
        assert "Kan ikke læses:" in page
        assert not lists_of(pathway.patient)

    def test_without_scripts_one_looks_first(self, pathway: Pathway, client_for: SignIn) -> None:
        client = client_for(colleague(pathway))
        page = client.post(address(pathway.patient), sent([HIGH], look="1")).content.decode()
        assert "Contalgin (morfin, N02AA01)" in page
        assert not lists_of(pathway.patient)


class TestThePatientsPage:
    def test_total_ceiling_list_and_curve_are_shown(
        self, pathway: Pathway, client_for: SignIn
    ) -> None:
        nurse = colleague(pathway)
        down(nurse, pathway.patient, LESS, ago=40)
        assert "<polyline" not in self.page(pathway, client_for)
        down(nurse, pathway.patient, HIGH, "Tramadol 50 mg 2 x 4")
        page = self.page(pathway, client_for)
        assert "<polyline" in page
        assert "180 mg" in page
        assert "160–200 mg" in page
        assert "seponeringsliste" in page
        assert "Vejledende" in page

    def test_without_a_list_it_says_so_and_asks_only_those_who_may(
        self, pathway: Pathway, client_for: SignIn
    ) -> None:
        page = self.page(pathway, client_for)
        assert "Der er ingen medicinliste endnu." in page
        assert "Ny medicinliste" in page
        assert "kan stå i henvisningen" not in page

    def page(self, pathway: Pathway, client_for: SignIn) -> str:
        url = reverse("pathways:patient", args=[pathway.patient_id])
        return client_for(colleague(pathway)).get(url).content.decode()


class TestTheCaseload:
    def test_rows_show_the_newest_total_and_flag_what_is_above_the_ceiling(
        self, pathway: Pathway, client_for: SignIn
    ) -> None:
        nurse = colleague(pathway)
        down(nurse, pathway.patient, LESS, ago=5)
        down(nurse, pathway.patient, HIGH)
        page = client_for(pathway.responsible).get(reverse("pathways:caseload")).content.decode()
        assert "<strong>120 mg</strong>" in page
        assert "over 100 mg opioid" in page

    def test_lists_cost_the_same_few_queries_however_many(
        self, client_for: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        pathways = [a_pathway(Track.SINGLE) for _ in range(4)]
        for each in pathways:
            for ago in (1, 9):
                down(person(Role.NURSE), each.patient, LESS, ago=ago)
        client = client_for(pathways[0].responsible)
        with django_assert_max_num_queries(9):
            assert "60 mg" in client.get(reverse("pathways:caseload")).content.decode()
