"""The practices to phone: which answers, who is told, and what opening them changes."""

import datetime as dt
from collections.abc import Callable, Mapping

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from correspondence import openings
from correspondence.models import Message, Opening
from pathways import closing
from pathways.models import Pathway
from patients.models import Access
from referrals import intake, phoning, triage
from referrals.lifecycle import Status
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import at, sent
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
ClientFor = Callable[[User], Client]
MONDAY = dt.datetime(2026, 6, 8, 10, tzinfo=dt.UTC)
THURSDAY = dt.datetime(2026, 6, 11, 8, tzinfo=dt.UTC)
LIST = "/referrals/to-phone/"
S = Status


def walked(status: Status, people: People) -> Referral:
    with time_machine.travel(MONDAY):
        return at(status, people)


def waiting() -> list[Message]:
    return list(phoning.unopened(THURSDAY.date()))


def the_answer() -> Message:
    [message] = waiting()
    return message


@pytest.mark.parametrize("status", Status)
def test_questions_redirects_declines_and_advice_are_phoned_about(
    people: People, status: Status
) -> None:
    walked(status, people)
    is_phoned = status in (S.AWAITING_REFERRER, S.REDIRECTED, S.DECLINED, S.ADVISED)
    assert len(waiting()) == is_phoned
    assert phoning.unseen_answers().exists() == (is_phoned or status == S.ACCEPTED)
    assert all(phoning.is_told_by_phone(message) for message in waiting())


def test_an_acceptance_is_not_but_shows_whether_it_was_opened(
    people: People, secretary: Client
) -> None:
    referral = walked(S.ACCEPTED, people)
    [answer] = phoning.unseen_answers()
    assert not phoning.is_told_by_phone(answer)
    page = reverse("referrals:referral", args=[referral.pk])
    assert "Ikke åbnet endnu" in secretary.get(page).content.decode()
    openings.note_opened(referral.referrer, [answer])
    assert f"Åbnet af {referral.referrer.name}" in secretary.get(page).content.decode()


def test_a_discharge_is_phoned_about(people: People) -> None:
    walked(S.ACCEPTED, people)
    pathway = Pathway.objects.get()
    with time_machine.travel(MONDAY):
        closing.discharge(people[Role.PHYSICIAN], pathway.pk, pathway.version, "Epikrise.", False)
    assert the_answer().about == f"pathway:{pathway.pk}"
    assert phoning.told_of([the_answer()])[the_answer().pk].pathway == pathway


def test_a_question_that_was_taken_back_is_nobodys_task(people: People) -> None:
    referral = walked(S.AWAITING_REFERRER, people)
    with time_machine.travel(MONDAY):
        triage.recall(people[Role.SECRETARY], referral.pk, referral.version)
    assert waiting() == []
    assert not phoning.unseen_answers().exists()


def test_nor_does_a_new_question_make_it_one_again(people: People) -> None:
    referral = walked(S.AWAITING_REFERRER, people)
    secretary = people[Role.SECRETARY]
    with time_machine.travel(MONDAY + dt.timedelta(hours=1)):
        triage.recall(secretary, referral.pk, referral.version)
        referral.refresh_from_db()
        triage.ask(secretary, referral.pk, referral.version, "Hvilken dosis?", [])
    assert "Hvilken dosis?" in the_answer().body
    assert [the_answer()] == list(phoning.unread_by(referral.referrer))


def test_nor_is_one_whose_referral_was_withdrawn(people: People) -> None:
    referral = walked(S.AWAITING_REFERRER, people)
    intake.withdraw(referral.referrer, referral.pk, referral.version, "Flyttet")
    assert waiting() == []


@pytest.mark.parametrize("role", Role)
def test_the_list_is_the_secretarys(people: People, role: Role, client_for: ClientFor) -> None:
    walked(S.DECLINED, people)
    user = person(role)
    found = phoning.to_phone(user, THURSDAY.date())
    assert found.exists() == (role == Role.SECRETARY)
    with time_machine.travel(THURSDAY):
        answer = client_for(user).get(LIST)
    assert answer.status_code == (200 if role == Role.SECRETARY else 403)


class TestTheSecretary:
    def opened(self, client_for: ClientFor, people: People, address: str = LIST) -> str:
        with time_machine.travel(THURSDAY):
            return client_for(people[Role.SECRETARY]).get(address).content.decode()

    def test_sees_whom_to_phone_about_what(self, people: People, client_for: ClientFor) -> None:
        referral = walked(S.DECLINED, people)
        referral.unit.phone = "+4512990002"
        referral.unit.save()
        page = self.opened(client_for, people)
        for words in (referral.unit.name, "12 99 00 02", referral.reference, "i dag", "Afvist"):
            assert words.lower() in page.lower()
        assert 'place-count">1<' in page

    def test_has_nothing_to_do_the_day_before(self, people: People, client_for: ClientFor) -> None:
        walked(S.DECLINED, people)
        with time_machine.travel(THURSDAY - dt.timedelta(days=1)):
            page = client_for(people[Role.SECRETARY]).get(LIST).content.decode()
        assert "Ingen at ringe til" in page
        assert "place-count" not in page

    def test_notes_the_call_and_the_task_is_gone(
        self, people: People, client_for: ClientFor
    ) -> None:
        referral = walked(S.DECLINED, people)
        address = reverse("referrals:phoned", args=[the_answer().pk])
        with time_machine.travel(THURSDAY):
            client = client_for(people[Role.SECRETARY])
            answer = client.post(address, {"spoken_to": "Bente"}, follow=True)
            told = client.get(reverse("referrals:referral", args=[referral.pk])).content.decode()
        assert "Noteret" in answer.content.decode()
        assert "Ingen at ringe til" in answer.content.decode()
        assert "Karin Sekretær ringede 11.6.2026 kl. 10.00 og talte med Bente" in told

    def test_without_a_name_the_form_asks_for_one(
        self, people: People, client_for: ClientFor
    ) -> None:
        walked(S.DECLINED, people)
        address = reverse("referrals:phoned", args=[the_answer().pk])
        with time_machine.travel(THURSDAY):
            answer = client_for(people[Role.SECRETARY]).post(address, {"spoken_to": " "})
        assert answer.status_code == 422
        assert "Skriv, hvem du talte med." in answer.content.decode()
        assert not Opening.objects.exists()

    def test_who_is_too_late_reads_why_and_keeps_the_words(
        self, people: People, client_for: ClientFor
    ) -> None:
        referral = walked(S.DECLINED, people)
        message = the_answer()
        openings.note_opened(referral.referrer, [message])
        address = reverse("referrals:phoned", args=[message.pk])
        with time_machine.travel(THURSDAY):
            answer = client_for(people[Role.SECRETARY]).post(address, {"spoken_to": "Bente"})
        assert answer.status_code == 409
        assert "Praksis kender allerede svaret: Åbnet af" in answer.content.decode()
        assert "Bente</textarea>" in answer.content.decode()

    def test_where_nobody_takes_the_phone_it_is_tried_again_the_next_weekday(
        self, people: People, client_for: ClientFor
    ) -> None:
        referral, secretary = walked(S.DECLINED, people), people[Role.SECRETARY]
        message = the_answer()
        address = reverse("referrals:phoned", args=[message.pk])
        friday = THURSDAY + dt.timedelta(days=1)
        with time_machine.travel(friday):
            client = client_for(secretary)
            told = client.post(address, {"nobody": "1", "spoken_to": "Telefonsvarer"}, follow=True)
            page = client.get(reverse("referrals:referral", args=[referral.pk])).content.decode()
        assert "ingen tog telefonen" in told.content.decode()
        assert "Ingen at ringe til" in told.content.decode()
        assert "Ringede til praksis og traf ingen" in page
        assert "Telefonsvarer" in page
        assert list(phoning.unopened(friday.date())) == [message]  # nobody has seen it yet
        sunday, monday = friday + dt.timedelta(days=2), friday + dt.timedelta(days=3)
        assert not phoning.to_phone(secretary, sunday.date()).exists()
        [again] = phoning.to_phone(secretary, monday.date())
        assert openings.phone_by(again) == monday.date()
        with time_machine.travel(monday):
            page = client_for(secretary).get(LIST).content.decode()
        assert "12.6.2026 kl. 10.00 og traf ingen: Telefonsvarer" in page

    def test_a_call_in_vain_about_what_has_been_opened_meanwhile_is_not_noted(
        self, people: People, client_for: ClientFor
    ) -> None:
        referral = walked(S.DECLINED, people)
        message = the_answer()
        openings.note_opened(referral.referrer, [message])
        address = reverse("referrals:phoned", args=[message.pk])
        with time_machine.travel(THURSDAY):
            answer = client_for(people[Role.SECRETARY]).post(address, {"nobody": "1"})
        assert answer.status_code == 409
        assert "Praksis kender allerede svaret: Åbnet af" in answer.content.decode()
        assert not message.calls_in_vain.exists()

    def test_reading_the_answer_is_recorded(self, people: People, client_for: ClientFor) -> None:
        referral = walked(S.DECLINED, people)
        page = self.opened(client_for, people, f"{LIST}{the_answer().pk}/")
        assert "Vi kan ikke hjælpe." in page
        noted = Access.objects.get(what="svar til praksis")
        assert (noted.patient, noted.user) == (referral.patient, people[Role.SECRETARY])

    def test_more_answers_cost_no_more_queries(
        self,
        people: People,
        client_for: ClientFor,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _round in range(2):
            walked(S.DECLINED, people)
            walked(S.REDIRECTED, people)
            with time_machine.travel(THURSDAY):
                client = client_for(people[Role.SECRETARY])
                with django_assert_num_queries(8):
                    client.get(LIST)


class TestTheReferrer:
    def test_reads_what_is_unread_first_and_opening_it_is_noted(
        self, people: People, client_for: ClientFor
    ) -> None:
        referral = walked(S.DECLINED, people)
        gp, answer = client_for(referral.referrer), the_answer()
        letter = reverse("referrals:letter", args=[answer.pk])
        before = gp.get(reverse("referrals:mine")).content.decode()
        assert before.index("Ulæst fra centret") < before.index(letter) < before.index("<table")
        assert before.count("Ulæst") == 2  # the heading of the list, and the row
        assert 'place-count">1<' in before
        assert "Vi kan ikke hjælpe." in gp.get(letter).content.decode()
        after = gp.get(reverse("referrals:mine")).content.decode()
        assert "Ulæst" not in after
        assert Opening.objects.get().by == referral.referrer
        assert waiting() == []

    def test_the_referrals_page_alone_does_not_open_a_decision(
        self, people: People, client_for: ClientFor
    ) -> None:
        referral = walked(S.DECLINED, people)
        page = client_for(referral.referrer).get(reverse("referrals:sent", args=[referral.pk]))
        assert "Vi kan ikke hjælpe." not in page.content.decode()
        assert "Ulæst" in page.content.decode()
        assert not Opening.objects.exists()

    def test_a_question_is_read_where_it_stands(
        self, people: People, client_for: ClientFor
    ) -> None:
        referral = walked(S.AWAITING_REFERRER, people)
        gp = client_for(referral.referrer)
        assert "Ulæst" in gp.get(reverse("referrals:mine")).content.decode()
        page = gp.get(reverse("referrals:sent", args=[referral.pk])).content.decode()
        assert "Hvad mangler?" in page
        assert "Ulæst" not in page
        assert Opening.objects.get().message.kind == Message.Kind.QUESTION

    def test_somebody_elses_letter_is_not_there(
        self, people: People, client_for: ClientFor
    ) -> None:
        walked(S.DECLINED, people)
        letter = reverse("referrals:letter", args=[the_answer().pk])
        assert client_for(person(Role.REFERRER)).get(letter).status_code == 404
        assert not Opening.objects.exists()

    def test_asking_for_the_head_alone_reads_nothing(
        self, people: People, client_for: ClientFor
    ) -> None:
        referral = walked(S.DECLINED, people)
        letter = reverse("referrals:letter", args=[the_answer().pk])
        assert client_for(referral.referrer).head(letter).status_code == 405
        assert not Opening.objects.exists()

    def test_a_receipt_waits_for_nobody(self, client_for: ClientFor) -> None:
        referral = sent()
        page = client_for(referral.referrer).get(reverse("referrals:mine")).content.decode()
        assert "Ulæst" not in page


def test_a_message_about_no_case_has_no_referral() -> None:
    assert phoning.told_of([Message(pk=1, about="proof:2026-06-09")]) == {}
