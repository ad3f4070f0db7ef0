"""My practice's referrals: plain words, whose turn, letters, answering, withdrawing."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from admission.criteria import Destination
from correspondence.models import Message
from correspondence.openings import note_opened
from pathways import closing
from referrals import letters, triage
from referrals.lifecycle import Status
from referrals.models import Draft, Referral
from referrals.views.standing import HAPPENED, STANDINGS
from staff.models import User
from staff.permissions import Role
from tests.referrals import cases
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
ClientFor = Callable[[User], Client]


def asked(referral: Referral, *fields: str) -> None:
    secretary = person(Role.SECRETARY)
    triage.ask(secretary, referral.pk, referral.version, "Siden hvornår?", fields)


def page_of(client_for: ClientFor, referral: Referral) -> str:
    url = reverse("referrals:sent", args=[referral.pk])
    return client_for(referral.referrer).get(url).content.decode()


@pytest.mark.parametrize("status", Status)
def test_every_status_has_plain_words(client_for: ClientFor, status: Status) -> None:
    referral = cases.at(status, cases.the_centre())
    page = page_of(client_for, referral)
    label, _tone, sentence = STANDINGS[status]
    assert str(label) in page
    assert str(sentence) in page
    assert "0201609996" not in page
    assert ("Træk henvisningen tilbage" in page) == referral.is_open
    everything = client_for(referral.referrer).get(reverse("referrals:mine")).content.decode()
    assert str(label) in everything


def test_an_ended_pathway_is_said_instead_of_the_first_visit(client_for: ClientFor) -> None:
    referral = cases.at(Status.ACCEPTED, cases.the_centre())
    assert "Første tid senest" in page_of(client_for, referral)
    pathway = referral.pathway
    assert pathway
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "Flyttet.")
    page = page_of(client_for, referral)
    assert "Forløbet i centret er afbrudt." in page
    assert "Første tid senest" not in page
    assert "I behøver ikke gøre mere" not in page


def test_the_history_does_not_tell_who_took_it_in_the_house(client_for: ClientFor) -> None:
    referral, secretary = cases.sent(), person(Role.SECRETARY)
    triage.claim(secretary, referral.pk, 1)
    assert secretary.name not in page_of(client_for, referral)
    assert "claimed" not in HAPPENED


def test_the_centres_letter_stands_on_the_page(client_for: ClientFor) -> None:
    referral = cases.at(Status.REDIRECTED, cases.the_centre())
    note_opened(referral.referrer, Message.objects.all())
    page = page_of(client_for, referral)
    assert "Send til dem." in page
    assert "Begrundelse" in page
    assert "De kan bedre" in page


def test_what_was_written_can_be_read(client_for: ClientFor) -> None:
    page = page_of(client_for, cases.sent(cases.CANCER))
    assert "Lænd og venstre ben" in page
    assert "Vi ser ingen anden vej." in page


def test_a_question_stands_on_top_and_is_answered_at_the_first_field(
    client_for: ClientFor,
) -> None:
    referral = cases.sent()
    asked(referral, "workup.worked_up", "pain.since_year")
    gp = client_for(referral.referrer)
    assert "Centret venter på svar fra jer" in gp.get(reverse("referrals:mine")).content.decode()
    answer = gp.post(reverse("referrals:answer", args=[referral.pk]))
    draft = Draft.objects.get(completes=referral)
    assert answer["Location"] == reverse("referrals:step", args=[draft.pk, "workup"])
    page = gp.get(answer["Location"]).content.decode()
    assert "Centret spørger:" in page
    assert "Siden hvornår?" in page
    assert "Svar på centrets spørgsmål" in page


def test_a_question_without_fields_leads_to_the_review(client_for: ClientFor) -> None:
    referral = cases.sent()
    asked(referral)
    gp = client_for(referral.referrer)
    answer = gp.post(reverse("referrals:answer", args=[referral.pk]))
    assert answer["Location"].endswith("/review/")
    assert "Siden hvornår?" in gp.get(answer["Location"]).content.decode()


def test_an_answer_nobody_waits_for_is_refused_with_a_sentence(client_for: ClientFor) -> None:
    referral = cases.sent()
    answer = client_for(referral.referrer).post(reverse("referrals:answer", args=[referral.pk]))
    assert answer.status_code == 409
    assert "venter ikke længere på svar" in answer.content.decode()


def test_an_answer_that_is_no_longer_wanted_leaves_the_list_of_drafts(
    client_for: ClientFor,
) -> None:
    referral = cases.sent()
    asked(referral)
    gp = client_for(referral.referrer)
    gp.post(reverse("referrals:answer", args=[referral.pk]))
    assert "Svar på centrets" in gp.get(reverse("referrals:drafts")).content.decode()
    triage.recall(person(Role.SECRETARY), referral.pk, 2)
    assert "Ingen kladder" in gp.get(reverse("referrals:drafts")).content.decode()


class TestWithdrawing:
    def test_it_takes_a_reason(self, client_for: ClientFor) -> None:
        referral = cases.sent()
        gp = client_for(referral.referrer)
        url = reverse("referrals:withdraw", args=[referral.pk])
        assert "patienten får ingen tid" in gp.get(url).content.decode()
        assert gp.post(url, {"version": "1", "why": " "}).status_code == 409
        answer = gp.post(url, {"version": "1", "why": "Flyttet"}, follow=True)
        assert "Henvisningen er trukket tilbage." in answer.content.decode()

    @pytest.mark.parametrize("version", ["0", "", "x", "²", "9" * 30])
    def test_a_stale_page_keeps_what_was_typed(self, client_for: ClientFor, version: str) -> None:
        referral = cases.sent()
        url = reverse("referrals:withdraw", args=[referral.pk])
        typed = {"version": version, "why": "Patienten er flyttet"}
        answer = client_for(referral.referrer).post(url, typed)
        assert answer.status_code == 409
        page = answer.content.decode()
        assert "Patienten er flyttet" in page
        assert 'name="version" value="1"' in page


class TestTheList:
    def test_pages_lead_on_and_back(
        self, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("referrals.views.sent.PAGE", 2)
        author = person(Role.REFERRER)
        sent = [cases.sent(referrer=author) for _ in range(3)]
        gp = client_for(author)
        first = gp.get(reverse("referrals:mine"))
        page = first.context["page"]
        assert [row["referral"] for row in page.rows] == sent[:0:-1]
        second = gp.get(reverse("referrals:mine"), {"p": page.later})
        assert [row["referral"] for row in second.context["page"].rows] == sent[:1]
        assert "?p=" in second.content.decode()

    def test_it_costs_the_same_however_many(
        self, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        author = person(Role.REFERRER)
        gp = client_for(author)
        for number in (1, 8):
            while Referral.objects.count() < number:
                referral = cases.sent(referrer=author)
                if Referral.objects.count() % 2:
                    asked(referral)
            with django_assert_num_queries(9):
                gp.get(reverse("referrals:mine"))

    def test_others_referrals_are_not_in_it(self, client_for: ClientFor) -> None:
        cases.sent()
        page = client_for(person(Role.REFERRER)).get(reverse("referrals:mine")).content.decode()
        assert "Ingen henvisninger endnu" in page


@pytest.mark.parametrize("name", ["sent", "answer", "withdraw"])
def test_another_unit_s_referral_is_not_there(client_for: ClientFor, name: str) -> None:
    url = reverse(f"referrals:{name}", args=[cases.sent().pk])
    stranger = client_for(person(Role.REFERRER))
    for answer in (stranger.get(url), stranger.post(url, {})):
        assert answer.status_code in (404, 405)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.REFERRER])
def test_the_desk_is_for_referrers(client_for: ClientFor, role: Role) -> None:
    referral = cases.sent()
    staff = client_for(person(role))
    for name in ("sent", "answer", "withdraw"):
        url = reverse(f"referrals:{name}", args=[referral.pk])
        assert staff.post(url, {}).status_code in (403, 405)
    assert staff.get(reverse("referrals:mine")).status_code == 403


def test_who_types_another_s_number_is_not_told_whose_it_is(client_for: ClientFor) -> None:
    cases.sent({"patient": {"interpreter": "yes", "interpreter_language": "arabisk"}})
    mistaken = cases.sent({"patient": {"given_names": "Bo", "family_name": "Berg"}})
    asked(mistaken, "pain.since_year")
    everything = client_for(mistaken.referrer).get(reverse("referrals:mine")).content.decode()
    for page in (page_of(client_for, mistaken), everything):
        assert "Bo Berg" in page
        assert "Lonni" not in page
        assert "Lauridsen" not in page
        assert "arabisk" not in page


def test_nothing_that_is_sent_to_the_unit_tells_whose_number_it_is() -> None:
    cases.the_centre()
    cases.sent()
    mistaken = cases.sent({"patient": {"given_names": "Bo", "family_name": "Berg"}})
    receipt = Message.objects.get(unit=mistaken.unit, kind=Message.Kind.RECEIPT)
    written = [
        receipt.body,
        letters.accepted(mistaken),
        letters.redirected(mistaken, Destination.HEADACHE),
        letters.declined(mistaken),
        letters.advice(mistaken),
        letters.question(mistaken, "Hvem er det?", [], mistaken.received_on),
        letters.question_recalled(mistaken),
    ]
    for letter in written:
        assert "Bo Berg" in letter
        assert "Lauridsen" not in letter
