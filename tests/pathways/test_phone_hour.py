"""The phone hour's pages: found by what is typed, logged once, nothing typed is lost."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from pathways import closing, contacts
from pathways.contacts import Call
from pathways.models import Contact, Pathway
from pathways.tracks import Track
from patients.models import Access
from staff.models import User
from staff.permissions import Role
from staff.working_days import first_open
from tests.pathways.factories import a_pathway, colleague
from tests.patients.factories import a_patient
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]


@pytest.fixture
def pathway() -> Pathway:
    return a_pathway(Track.SINGLE)


@pytest.fixture
def nurse(pathway: Pathway) -> User:
    return colleague(pathway)


def typed(**words: Any) -> dict[str, Any]:
    return {
        "key": str(uuid.uuid4()),
        "caller": "patient",
        "identity_checked": "on",
        "reason": "medicine",
        "said": "Mere ondt siden i går",
        "advice": "Tag medicinen med mad",
        "follow_up": "nothing",
    } | words


def call_page(pathway: Pathway) -> str:
    return reverse("pathways:call", args=[pathway.patient_id])


def test_a_call_is_saved_and_the_desk_is_ready_for_the_next(
    client_for: SignIn, pathway: Pathway, nurse: User
) -> None:
    response = client_for(nurse).post(call_page(pathway), typed(), follow=True)
    assert response.redirect_chain == [(reverse("pathways:phone_hour"), 302)]
    assert "1 opkald i dag" in response.content.decode()
    assert Contact.objects.get().advice == "Tag medicinen med mad"


def test_sent_twice_it_is_one_call(client_for: SignIn, pathway: Pathway, nurse: User) -> None:
    words, client = typed(), client_for(nurse)
    for _time in range(2):
        assert client.post(call_page(pathway), words).status_code == 302
    assert Contact.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence", "status"),
    [
        ({"reason": ""}, "Vælg, hvad opkaldet handler om.", 422),
        ({"caller": "relative"}, "Skriv navnet på den, der ringer.", 422),
        ({"identity_checked": ""}, "Bekræft identiteten, før du giver råd", 409),
    ],
)
def test_nothing_typed_is_lost_when_something_is_missing(
    client_for: SignIn,
    pathway: Pathway,
    nurse: User,
    wrong: dict[str, str],
    sentence: str,
    status: int,
) -> None:
    words = typed(**wrong)
    response = client_for(nurse).post(call_page(pathway), words)
    page = response.content.decode()
    assert response.status_code == status
    assert sentence in page
    assert "Mere ondt siden i går" in page
    assert words["key"] in page


def test_a_promise_is_kept_with_the_time_that_was_typed(
    client_for: SignIn, pathway: Pathway, nurse: User
) -> None:
    day = timezone.localdate() + dt.timedelta(days=3)
    words = typed(follow_up="call_back", due_day=f"{day:%d.%m.%Y}", due_at="14.30")
    client_for(nurse).post(call_page(pathway), words)
    due = timezone.localtime(Contact.objects.get().follow_up_due_at)
    assert (due.date(), due.time(), Contact.objects.get().follow_up_by) == (
        day,
        dt.time(14, 30),
        nurse,
    )


def test_a_time_left_over_from_another_choice_is_no_promise(
    client_for: SignIn, pathway: Pathway, nurse: User
) -> None:
    client_for(nurse).post(call_page(pathway), typed(due_day="01.12.2036", due_at="14.30"))
    assert Contact.objects.get().follow_up_due_at is None


def test_opening_the_call_is_recorded_for_the_phone_hour(
    client_for: SignIn, pathway: Pathway, nurse: User
) -> None:
    client_for(nurse).get(call_page(pathway))
    assert Access.objects.get().purpose == Access.Purpose.PHONE_HOUR


@pytest.mark.parametrize("role", list(Role))
def test_only_nurses_have_a_phone_hour(client_for: SignIn, pathway: Pathway, role: Role) -> None:
    client = client_for(person(role, name="En Anden"))
    expected = 200 if role == Role.NURSE else 403
    for page in (reverse("pathways:phone_hour"), call_page(pathway)):
        assert client.get(page).status_code == expected


def test_promises_stand_with_the_nearest_due_first(
    client_for: SignIn, pathway: Pathway, nurse: User
) -> None:
    day = first_open(timezone.localdate() + dt.timedelta(days=1))
    for said, hour in (("senere", 14), ("først", 9)):
        call = Call(
            caller="patient",
            reason="medicine",
            said=said,
            follow_up="call_back",
            follow_up_due_at=timezone.make_aware(dt.datetime.combine(day, dt.time(hour))),
        )
        contacts.log(nurse, pathway.patient_id, uuid.uuid4(), call)
    response = client_for(nurse).get(reverse("pathways:phone_hour"))
    assert [contact.said for contact in response.context["promises"]] == ["først", "senere"]
    assert "2 tilbagekald" in response.content.decode()


def test_a_follow_up_leads_back_to_the_desk(
    client_for: SignIn, pathway: Pathway, nurse: User
) -> None:
    call = Call(caller="patient", reason="medicine", said="x", follow_up="ask_physician")
    contact = contacts.log(nurse, pathway.patient_id, uuid.uuid4(), call)
    page = reverse("pathways:followed_up", args=[contact.pk])
    physician = client_for(pathway.responsible)
    answer = {"outcome": "Halvér dosis", "call_back": "on"}
    assert physician.post(page, answer).headers["Location"] == reverse("pathways:caseload")
    response = client_for(nurse).post(page, {"outcome": "Givet videre"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("pathways:phone_hour")
    assert "Opfølgningen er gemt." in response.content.decode()
    assert client_for(nurse).post(page, {"outcome": "Igen"}).status_code == 409


def test_the_desk_takes_the_same_few_queries_however_many_calls(
    client_for: SignIn,
    pathway: Pathway,
    nurse: User,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for _number in range(8):
        call = Call(caller="patient", reason="medicine", said="x", follow_up="call_back")
        contacts.log(nurse, pathway.patient_id, uuid.uuid4(), call)
    client = client_for(nurse)
    with django_assert_max_num_queries(6):
        client.get(reverse("pathways:phone_hour"))


@pytest.mark.parametrize("text", ["050580", "lauri", "LAURIDSEN lonni", "20 30 40 50", "304050"])
def test_a_patient_is_found_by_number_name_or_phone(client_for: SignIn, text: str) -> None:
    patient = a_patient(number="0505809996", phone="+4520304050")
    a_patient(number="0101701234", family_name="Madsen", given_names="Ole", phone="+4511111111")
    found = client_for(person()).post(reverse("pathways:find"), {"q": text})
    assert found.headers["Location"] == reverse("pathways:patient", args=[patient.pk])


def test_several_are_listed_and_none_says_what_to_try(client_for: SignIn) -> None:
    a_patient(given_names="Åse")
    a_patient(given_names="Ole")
    client = client_for(person())
    several = client.post(reverse("pathways:find"), {"q": "lauridsen"}).content.decode()
    assert several.index("Ole Lauridsen") < several.index("Åse Lauridsen")
    nobody = client.post(reverse("pathways:find"), {"q": "zzz"}).content.decode()
    assert "Ingen patient passer" in nobody


def test_those_with_a_pathway_stand_first(client_for: SignIn) -> None:
    a_patient(given_names="Anna")
    a_pathway(patient=a_patient(given_names="Åse"))
    page = client_for(person()).post(reverse("pathways:find"), {"q": "lauridsen"}).content.decode()
    assert page.index("Åse Lauridsen") < page.index("Anna Lauridsen")


def test_as_you_type_a_list_is_sent_that_leads_to_the_call(client_for: SignIn) -> None:
    patient = a_patient()
    response = client_for(person()).post(
        reverse("pathways:find"), {"q": "laur", "to": "call"}, headers={"HX-Request": "true"}
    )
    page = response.content.decode()
    assert reverse("pathways:call", args=[patient.pk]) in page
    assert "<html" not in page


def test_a_single_letter_finds_nobody(client_for: SignIn) -> None:
    a_patient()
    page = client_for(person()).post(reverse("pathways:find"), {"q": "l"}).content.decode()
    assert "Lauridsen" not in page


def test_a_therapist_finds_only_the_own_teams_patients(client_for: SignIn) -> None:
    pathway = a_pathway(Track.INTERDISCIPLINARY)
    a_patient(given_names="Fremmed")
    member = pathway.team.get(discipline="psychologist").user
    found = client_for(member).post(reverse("pathways:find"), {"q": "lauridsen"})
    assert found.headers["Location"] == reverse("pathways:patient", args=[pathway.patient_id])


@pytest.mark.parametrize("role", [Role.REFERRER, Role.MANAGER, Role.ADMINISTRATOR])
def test_who_sees_no_patients_finds_none(client_for: SignIn, role: Role) -> None:
    assert client_for(person(role)).post(reverse("pathways:find"), {"q": "x"}).status_code == 403


def test_what_is_promised_about_an_ended_pathway_says_so(
    client_for: SignIn, pathway: Pathway, nurse: User
) -> None:
    call = Call(caller="patient", reason="medicine", said="x", follow_up="ask_physician")
    contacts.log(nurse, pathway.patient_id, uuid.uuid4(), call)
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "moved", "Flyttet")
    page = client_for(nurse).get(reverse("pathways:phone_hour")).content.decode()
    assert "Afbrudt" in page
    assert "1 spørgsmål til lægen" in page


@pytest.mark.parametrize("typed", ["", "a"])
def test_a_search_for_too_little_says_so(client_for: SignIn, nurse: User, typed: str) -> None:
    page = client_for(nurse).post(reverse("pathways:find"), {"q": typed}).content.decode()
    assert "Skriv mindst to tegn" in page


def test_who_has_died_is_found_as_such(client_for: SignIn, pathway: Pathway, nurse: User) -> None:
    closing.discontinue(pathway.responsible, pathway.pk, pathway.version, "died", "Oplyst")
    client, sought = client_for(nurse), {"q": pathway.patient.family_name}
    found = client.post(reverse("pathways:find"), sought, headers={"HX-Request": "true"})
    assert "Død, noteret" in found.content.decode()
    page = client.get(reverse("pathways:call", args=[pathway.patient_id])).content.decode()
    assert "Død, noteret" in page
