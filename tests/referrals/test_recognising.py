"""Who is called by another name: that it is the same person, or that the number is wrong."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.apps import apps
from django.test import Client

from casework.refusals import Refused, Stale
from correspondence.models import Message
from letters.models import Letter
from medication.models import MedicationList
from patients.models import Patient, Recognition
from patients.recognition import Checked
from referrals import recognising, triage
from referrals.checks import Action, refusal
from referrals.lifecycle import Status, Verb
from referrals.models import Question, Referral
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.referrals.cases import accepted_by, at, sent
from tests.referrals.pages import address, drawn, text
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
ClientFor = Callable[[User], Client]
BO: Mapping[str, Mapping[str, Any]] = {
    "patient": {
        "given_names": "Bo",
        "family_name": "Berg",
        "street": "Nygade 4",
        "postal_code": "2650",
        "city": "Hvidovre",
    },
    "medicine": {"line": ["Tramadol 50 mg 2 gange dagligt"], "allergies": "Penicillin"},
}
CHECKED = Checked("Bo", "Berg", Recognition.How.REGISTER)
NOTHING_TO_SETTLE = "Henviser skriver et navn, som vi kender patienten under."


def mistaken(*changes: Mapping[str, Mapping[str, Any]]) -> Referral:
    """A referral of Bo Berg under the number of Lonni Test Lauridsen, who is known."""
    sent()
    return sent(BO, *changes)


def recognised(by: User, referral: Referral, checked: Checked = CHECKED) -> Referral:
    recognising.recognise(by, referral.pk, referral.version, checked)
    return Referral.objects.get(pk=referral.pk)


def test_once_it_is_the_same_person_the_patient_is_received_and_gets_the_letter(
    people: People,
) -> None:
    referral = recognised(people[Role.SECRETARY], mistaken())
    assert refusal(people[Role.SECRETARY], Action.ACCEPT, referral) == ""
    accepted_by(people[Role.SECRETARY], referral)
    letter = Letter.objects.get(kind=Letter.Kind.NOTICE)
    assert (letter.recipient, letter.address) == ("Bo Berg", "Nygade 4, 2650 Hvidovre")
    assert Message.objects.filter(kind=Message.Kind.PATIENT_NOTICE).count() == 1


def test_what_the_referrer_told_of_the_patient_is_taken_over(people: People) -> None:
    referral = mistaken()
    lists = MedicationList.objects.filter(patient=referral.patient)
    before = lists.count()
    patient = recognised(people[Role.SECRETARY], referral).patient
    assert (patient.name, patient.street, patient.allergies) == (
        "Bo Berg",
        "Nygade 4",
        "Penicillin",
    )
    assert lists.count() == before + 1


def test_the_history_says_who_found_out_how_and_which_names(people: People) -> None:
    referral = recognised(people[Role.PHYSICIAN], mistaken())
    step = referral.transitions.last()
    assert (step.verb, step.by, step.from_status, step.to_status) == (
        Verb.RECOGNISED,
        people[Role.PHYSICIAN],
        Status.RECEIVED,
        Status.RECEIVED,
    )
    assert step.why == (
        "Navnet er ændret fra Lonni Test Lauridsen til Bo Berg. "
        "Kontrolleret: slået op i CPR-registret."
    )
    kept = apps.get_model("patients", "PatientEvent").objects.filter(pgh_obj=referral.patient)
    assert {"Lonni Test", "Bo"} <= set(kept.values_list("given_names", flat=True))


def test_a_name_that_was_only_misspelt_stays_as_we_know_it(people: People) -> None:
    known = Checked("Lonni Test", "Lauridsen", Recognition.How.REFERRER)
    referral = recognised(people[Role.SECRETARY], mistaken(), known)
    assert referral.patient.name == "Lonni Test Lauridsen"
    assert refusal(people[Role.SECRETARY], Action.ACCEPT, referral) == ""
    assert referral.transitions.last().why == (
        "Henviser skriver Bo Berg. Navnet er fortsat Lonni Test Lauridsen. "
        "Kontrolleret: henviser er spurgt."
    )


def test_both_names_are_known_from_then_on(people: People) -> None:
    recognised(people[Role.SECRETARY], mistaken())
    for name in ({}, BO):
        referral = sent(name)
        assert refusal(people[Role.SECRETARY], Action.ACCEPT, referral) == ""
        assert refusal(people[Role.SECRETARY], Action.RECOGNISE, referral) == NOTHING_TO_SETTLE
    third = sent({"patient": {"given_names": "Ida", "family_name": "Friis"}})
    assert "et andet navn" in refusal(people[Role.SECRETARY], Action.ACCEPT, third)


@pytest.mark.parametrize(
    "status", [Status.AWAITING_REFERRER, Status.AWAITING_SIGNATURE, Status.AWAITING_ADVICE]
)
def test_it_can_be_settled_wherever_the_referral_lies(status: Status, people: People) -> None:
    referral = at(status, people)
    Patient.objects.filter(pk=referral.patient_id).update(given_names="Bo", family_name="Berg")
    owner, due_on = referral.owner, referral.due_on
    lonni = Checked("Lonni", "Lauridsen", Recognition.How.PATIENT)
    after = recognised(people[Role.SECRETARY], referral, lonni)
    assert (after.status, after.owner, after.due_on) == (status, owner, due_on)
    assert after.patient.name == "Lonni Lauridsen"


def test_who_reads_an_old_page_is_told_who_did_it(people: People) -> None:
    referral = mistaken()
    recognised(people[Role.PHYSICIAN], referral)
    with pytest.raises(Stale, match="fastslog, at det er samme person"):
        recognising.recognise(people[Role.SECRETARY], referral.pk, referral.version, CHECKED)
    assert Recognition.objects.count() == 1


@pytest.mark.parametrize(
    ("checked", "sentence"),
    [
        (Checked(" ", "Berg", "register"), "Skriv både fornavn og efternavn."),
        (Checked("Bo", "", "register"), "Skriv både fornavn og efternavn."),
        (Checked("Bo", "Berg", ""), "Vælg, hvordan det er kontrolleret"),
    ],
)
def test_what_nobody_could_stand_by_is_refused(
    checked: Checked, sentence: str, people: People
) -> None:
    referral = mistaken()
    with pytest.raises(Refused, match=sentence):
        recognised(people[Role.SECRETARY], referral, checked)
    assert not Recognition.objects.exists()


def test_the_page_shows_both_ways_out(people: People, secretary: Client) -> None:
    referral = mistaken()
    labels = [each.label for each in secretary.get(address(referral)).context["actions"]]
    assert labels[:2] == ["Samme person, navnet er ændret…", "Forkert CPR-nummer…"]
    usual = secretary.get(address(sent())).context["actions"]
    assert not {"Samme person, navnet er ændret…", "Forkert CPR-nummer…"} & {
        each.label for each in usual
    }


def test_the_form_settles_it_and_one_stays_at_the_referral(secretary: Client) -> None:
    referral = mistaken()
    typed = drawn(secretary, referral, Action.RECOGNISE)
    assert (typed["given_names"], typed["family_name"]) == ("Bo", "Berg")
    page = text(secretary.get(address(referral, Action.RECOGNISE)))
    assert "Bo Berg og Lonni Test Lauridsen er samme person?" in page
    unsaid = secretary.post(address(referral, Action.RECOGNISE), typed)
    assert "Vælg, hvordan det er kontrolleret." in text(unsaid)
    done = {**typed, "how": "register"}
    answer = secretary.post(address(referral, Action.RECOGNISE), done, follow=True)
    assert answer.redirect_chain == [(address(referral), 302)]
    assert "Bo Berg er den person, der har nummeret." in text(answer)
    assert "Godkend som foreslået" in text(answer)


def test_a_double_click_settles_it_once(secretary: Client) -> None:
    referral = mistaken()
    done = {**drawn(secretary, referral, Action.RECOGNISE), "how": "register"}
    first, second = (secretary.post(address(referral, Action.RECOGNISE), done) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert "fastslog, at det er samme person" in text(second)
    assert Recognition.objects.count() == 1


def test_a_wrong_number_is_asked_about_without_a_word_of_whose_it_is(secretary: Client) -> None:
    referral = mistaken()
    typed = drawn(secretary, referral, Action.ASK)
    assert typed["text"].startswith("Hører CPR-nummeret og navnet sammen?")
    assert {"patient.given_names", "patient.family_name"} <= set(typed["fields_missing"])
    secretary.post(address(referral, Action.ASK), typed)
    asked = Message.objects.get(kind=Message.Kind.QUESTION)
    assert Question.objects.get().referral == referral
    assert "træk henvisningen tilbage" in asked.body
    assert "Lonni" not in asked.body
    assert "Hører CPR" not in drawn(secretary, sent(), Action.ASK)["text"]


@pytest.mark.parametrize("role", Role)
def test_who_visitates_settles_whose_number_it_is(role: Role, client_for: ClientFor) -> None:
    referral, user = mistaken(), person(role)
    answer = client_for(user).get(address(referral, Action.RECOGNISE))
    assert answer.status_code == (200 if may(role, Permission.TRIAGE) else 403)


def test_where_the_name_is_known_there_is_nothing_to_settle(secretary: Client) -> None:
    answer = secretary.get(address(sent(), Action.RECOGNISE))
    assert answer.status_code == 409
    assert NOTHING_TO_SETTLE in text(answer)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_settle_it_once(people: People) -> None:
    referral = mistaken()
    answers: Counter[str] = Counter()

    def settle(number: int) -> None:
        try:
            recognised(people[Role.PHYSICIAN if number % 2 else Role.SECRETARY], referral)
            answers["done"] += 1
        except Stale:
            answers["stale"] += 1

    at_once(8, settle)
    assert answers == {"done": 1, "stale": 7}
    assert Recognition.objects.count() == 1
    assert referral.transitions.filter(verb=Verb.RECOGNISED).count() == 1


def test_a_question_can_be_asked_and_settled_by_the_centre_meanwhile(people: People) -> None:
    referral = mistaken()
    triage.ask(people[Role.SECRETARY], referral.pk, referral.version, "Hvem er det?", [])
    referral.refresh_from_db()
    after = recognised(people[Role.SECRETARY], referral)
    assert after.status == Status.AWAITING_REFERRER
