"""A referral's page: what it shows of the referral, to whom, and that it is recorded."""

import re
from collections.abc import Callable, Mapping
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import Access, Wish
from patients.wishes import Said, record
from referrals.lifecycle import Status
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.referrals.cases import ADVICE, CANCER, PEOPLE, UNCLEAR, accepted_by, at, sent
from tests.referrals.pages import address, text
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
ClientFor = Callable[[User], Client]


@pytest.mark.parametrize("status", Status)
def test_the_page_opens_at_every_status(
    status: Status, people: People, client_for: ClientFor
) -> None:
    referral = at(status, people)
    for role in (Role.SECRETARY, Role.PHYSICIAN, Role.NURSE):
        answer = client_for(people[role]).get(address(referral))
        assert answer.status_code == 200
    page = text(answer)
    assert "Hvordan kommer hun videre?" in page
    assert "020160-9996" in page
    title = re.search("<title>(.*?)</title>", page, re.DOTALL)
    assert title
    assert "Lauridsen" not in title[1]
    assert "020160" not in title[1]


@pytest.mark.parametrize("role", Role)
def test_only_those_who_see_referrals_open_one(role: Role, client_for: ClientFor) -> None:
    answer = client_for(person(role)).get(address(sent()))
    assert answer.status_code == (200 if may(role, Permission.VIEW_REFERRALS) else 403)


def test_the_page_says_on_top_that_the_patient_is_in_a_pathway(
    people: People, secretary: Client
) -> None:
    first = sent()
    accepted_by(people[Role.SECRETARY], first)
    again = secretary.get(address(sent()))
    assert "allerede i forløb" in again.context["in_pathway"]
    assert again.context["in_pathway"] in text(again)
    assert secretary.get(address(first)).context["in_pathway"] == ""  # it is the pathway's own


@pytest.mark.parametrize(
    ("answer", "words"), [("no", "tolk: nej"), ("", "tolk: ikke oplyst"), ("yes", "tolk: urdu")]
)
def test_an_interpreter_nobody_has_spoken_of_is_not_said_to_be_unneeded(
    answer: str, words: str, secretary: Client, client_for: ClientFor
) -> None:
    told = {"patient": {"interpreter": answer, "interpreter_language": "urdu"}}
    referral = sent(told)
    assert words in text(secretary.get(address(referral)))
    assert words in text(client_for(referral.referrer).get(address(referral, "sent")))


def test_a_referral_that_is_not_there_is_not_found(secretary: Client) -> None:
    assert secretary.get(reverse("referrals:referral", args=[4711])).status_code == 404
    assert secretary.get(reverse("referrals:accept", args=[4711])).status_code == 404
    assert secretary.post(reverse("referrals:claim", args=[4711])).status_code == 404


@pytest.mark.parametrize(
    ("role", "purpose"),
    [(Role.SECRETARY, "triage"), (Role.PHYSICIAN, "triage"), (Role.NURSE, "treatment")],
)
def test_opening_a_referral_is_recorded(
    role: Role, purpose: str, people: People, client_for: ClientFor
) -> None:
    referral = sent()
    client_for(people[role]).get(address(referral))
    opened = Access.objects.get()
    assert (opened.user, opened.patient, opened.purpose) == (
        people[role],
        referral.patient,
        purpose,
    )


def test_the_page_shows_earlier_referrals_pathways_and_letters(
    people: People, secretary: Client
) -> None:
    earlier = at(Status.ACCEPTED, people)
    page = text(secretary.get(address(sent())))
    assert earlier.reference in page
    assert "Forløb</strong> · Monofaglig" in page
    assert "er modtaget" in page
    assert "Patienten er allerede i forløb" in page


def test_another_name_under_a_known_number_is_seen_at_once(secretary: Client) -> None:
    known, mistaken = sent(), sent({"patient": {"given_names": "Bo", "family_name": "Berg"}})
    assert "Henviser skriver et andet navn: Bo Berg" in text(secretary.get(address(mistaken)))
    assert "et andet navn" not in text(secretary.get(address(known)))


def test_the_criteria_that_decide_come_first(secretary: Client) -> None:
    findings = secretary.get(address(sent(CANCER, UNCLEAR))).context["findings"]
    verdicts = [str(each["finding"].verdict) for each in findings]
    assert verdicts == sorted(verdicts, key=["not_met", "unknown", "met"].index)
    assert verdicts[0] == "not_met"


def test_those_who_only_read_see_no_actions(people: People, client_for: ClientFor) -> None:
    assert "action-bar" not in text(client_for(people[Role.NURSE]).get(address(sent())))


def test_a_button_that_is_refused_says_why(people: People, secretary: Client) -> None:
    page = text(secretary.get(address(at(Status.AWAITING_SIGNATURE, people))))
    assert f"venter på underskrift fra {people[Role.PHYSICIAN].name}" in page
    page = text(secretary.get(address(sent(UNCLEAR, ADVICE, number=PEOPLE[1]))))
    assert "Der er ikke foreslået noget spor" in page


def test_a_wish_for_another_hospital_stands_above_the_actions_until_the_decision(
    people: People, secretary: Client
) -> None:
    referral, by = sent(), people[Role.SECRETARY]
    assert "action-bar__warning" not in text(secretary.get(address(referral)))
    record(by, referral.patient, uuid4(), Said(Wish.Kind.FREE_CHOICE, words="Helst i Odense"))
    page = secretary.get(address(referral))
    assert page.context["wanted_elsewhere"].startswith("Patienten ønsker et andet sygehus")
    assert "»Helst i Odense«" in page.context["wanted_elsewhere"]
    assert "action-bar__warning" in text(page)
    accepted_by(by, referral)
    assert not secretary.get(address(referral)).context["wanted_elsewhere"]
