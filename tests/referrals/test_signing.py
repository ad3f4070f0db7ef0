"""Sign, give back, advise; and many people at the same referral at the same moment."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import pytest
import time_machine

from admission.criteria import Destination
from casework.refusals import Refused
from correspondence.models import Message
from letters.content import content_of
from letters.models import Letter
from pathways.models import Pathway
from pathways.tracks import Track
from referrals import letters, signing, triage
from referrals.lifecycle import Status, Verb
from referrals.models import Decision, Referral
from referrals.previews import words_to_unit
from referrals.proposals import plan_on
from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import (
    ADVICE,
    CANCER,
    accepted_by,
    at,
    declined,
    sent,
)
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
HOW_MANY = 16


def for_signature(people: People) -> Referral:
    """A patient with active cancer whom the secretary would receive nevertheless."""
    referral = sent(CANCER)
    accepted_by(
        people[Role.SECRETARY],
        referral,
        reason="Smerterne er ældre end kræften",
        physician=people[Role.PHYSICIAN],
    )
    return Referral.objects.get(pk=referral.pk)


def test_signing_puts_the_proposed_decision_in_force(people: People) -> None:
    referral = for_signature(people)
    assert referral.status == Status.AWAITING_SIGNATURE
    assert not Pathway.objects.exists()
    decision = signing.sign(people[Role.PHYSICIAN], referral.pk, referral.version)
    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED
    assert referral.pathway is not None
    assert decision.proposed_by == people[Role.SECRETARY]
    assert (decision.signed_by, decision.signed_role) == (people[Role.PHYSICIAN], "læge")
    letter = Message.objects.get(kind=Message.Kind.DECISION)
    assert f"{people[Role.PHYSICIAN].name}, læge" in letter.body
    assert people[Role.SECRETARY].name not in letter.body


def test_the_first_visit_is_by_one_day_whoever_reads_of_it(people: People) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)):
        referral = for_signature(people)
    with time_machine.travel(dt.datetime(2026, 6, 12, 10, tzinfo=dt.UTC)):
        seen = words_to_unit(Decision.objects.get(), people[Role.PHYSICIAN])
        signing.sign(people[Role.PHYSICIAN], referral.pk, referral.version)
    pathway = Pathway.objects.get()
    assert pathway.first_visit_by == dt.date(2026, 9, 10)
    by_kind = {letter.kind: letter for letter in Letter.objects.all()}
    to_unit, to_patient = (
        content_of(by_kind[kind].content).as_text()
        for kind in (Letter.Kind.ACCEPTED, Letter.Kind.NOTICE)
    )
    assert "Første tid: senest 10. september 2026" in to_unit
    assert "Din første tid: senest 10. september 2026" in to_patient
    assert seen == to_unit


def test_another_physician_may_sign_and_is_the_one_recorded(people: People) -> None:
    referral, colleague = for_signature(people), person(Role.PHYSICIAN)
    decision = signing.sign(colleague, referral.pk, referral.version)
    assert decision.signed_by == colleague
    assert referral.transitions.last().by == colleague


def test_what_is_given_back_lies_with_who_proposed_it_and_keeps_its_due_date(
    people: People,
) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)):
        referral = for_signature(people)
    with time_machine.travel(dt.datetime(2026, 6, 11, 10, tzinfo=dt.UTC)):
        back = signing.give_back(people[Role.PHYSICIAN], referral.pk, 2, " Spørg onkologen ")
    assert (back.status, back.owner) == (Status.RECEIVED, people[Role.SECRETARY])
    assert back.due_on == dt.date(2026, 6, 16)
    decision = Decision.objects.get()
    assert (decision.returned_by, decision.returned_why) == (
        people[Role.PHYSICIAN],
        "Spørg onkologen",
    )
    assert back.transitions.last().why == "Spørg onkologen"
    assert not Message.objects.filter(kind=Message.Kind.DECISION).exists()


def test_after_being_given_back_the_referral_can_be_decided_anew(people: People) -> None:
    referral = for_signature(people)
    back = signing.give_back(people[Role.PHYSICIAN], referral.pk, 2, "Nej")
    decision = triage.redirect(
        people[Role.SECRETARY], back.pk, back.version, Destination.PALLIATIVE, "Send dertil", ""
    )
    assert decision.signed_by == people[Role.SECRETARY]
    assert Decision.objects.count() == 2


def test_giving_back_takes_words(people: People) -> None:
    referral = for_signature(people)
    with pytest.raises(Refused, match="hvorfor"):
        signing.give_back(people[Role.PHYSICIAN], referral.pk, 2, "  ")


def test_a_decision_that_cannot_hold_any_more_is_not_signed(people: People) -> None:
    referral, team_nurse = for_signature(people), people[Role.NURSE]
    team_nurse.is_active = False
    team_nurse.save()
    with pytest.raises(Refused, match="arbejder ikke længere"):
        signing.sign(people[Role.PHYSICIAN], referral.pk, referral.version)
    referral.refresh_from_db()
    assert referral.status == Status.AWAITING_SIGNATURE
    assert not Decision.objects.exclude(signed_at=None).exists()


def test_advice_is_sent_and_opens_no_pathway(people: People) -> None:
    referral = sent(ADVICE)
    triage.send_for_advice(people[Role.SECRETARY], referral.pk, 1, people[Role.PHYSICIAN], "Se her")
    referral.refresh_from_db()
    assert referral.owner == people[Role.PHYSICIAN]
    assert referral.transitions.last().why == "Se her"
    signing.advise(people[Role.PHYSICIAN], referral.pk, 2, "Trap morfinen langsomt ned.")
    referral.refresh_from_db()
    assert referral.status == Status.ADVISED
    assert not Pathway.objects.exists()
    advice = Message.objects.get(kind=Message.Kind.ADVICE)
    assert "Trap morfinen langsomt ned." in advice.body
    assert advice.unit == referral.unit


def test_the_beginning_of_a_letter_is_no_advice(people: People) -> None:
    referral = at(Status.AWAITING_ADVICE, people)
    with pytest.raises(Refused, match="Skriv rådet"):
        signing.advise(people[Role.PHYSICIAN], referral.pk, 2, letters.advice(referral))


def test_a_request_for_advice_can_be_given_back(people: People) -> None:
    referral = at(Status.AWAITING_ADVICE, people)
    back = signing.give_back(people[Role.PHYSICIAN], referral.pk, 2, "Bør ses i klinikken")
    assert (back.status, back.owner) == (Status.RECEIVED, None)


@pytest.mark.django_db(transaction=True)
def test_sixteen_decisions_at_once_make_one(people: People) -> None:
    referral = sent(CANCER)
    plan = plan_on(referral, Track.SINGLE)
    physicians = [person(Role.PHYSICIAN) for _ in range(HOW_MANY)]
    answers: Counter[str] = Counter()

    def decide(number: int) -> None:
        user, pk = physicians[number], referral.pk
        try:
            if number % 3 == 0:
                triage.accept(user, pk, 1, plan, "Alligevel", "Brev", shown=plan)
            elif number % 3 == 1:
                triage.decline(user, pk, 1, "Nej", "Brev")
            else:
                triage.redirect(user, pk, 1, Destination.PALLIATIVE, "Brev", "")
            answers["done"] += 1
        except Refused:
            answers["refused"] += 1

    at_once(HOW_MANY, decide)
    referral.refresh_from_db()
    assert answers == {"done": 1, "refused": HOW_MANY - 1}
    assert Decision.objects.count() == 1
    assert referral.transitions.filter(to_status=referral.status).count() == 1
    assert referral.version == 2
    assert Pathway.objects.count() == (1 if referral.status == Status.ACCEPTED else 0)
    assert Message.objects.filter(kind=Message.Kind.DECISION).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_referrals_of_one_patient_accepted_at_once_open_one_pathway(people: People) -> None:
    referrals = [sent() for _ in range(4)]
    plan = plan_on(referrals[0], Track.SINGLE)
    answers: Counter[str] = Counter()

    def accept(number: int) -> None:
        pk = referrals[number].pk
        try:
            triage.accept(people[Role.SECRETARY], pk, 1, plan, "", "Brev", shown=plan)
            answers["done"] += 1
        except Refused:
            answers["refused"] += 1

    at_once(4, accept)
    assert answers == {"done": 1, "refused": 3}
    assert Pathway.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sixteen_claims_at_once_give_the_referral_to_one(people: People) -> None:
    referral = sent()
    secretaries = [person(Role.SECRETARY) for _ in range(HOW_MANY)]
    won: list[User] = []

    def claim(number: int) -> None:
        try:
            triage.claim(secretaries[number], referral.pk, 1)
            won.append(secretaries[number])
        except Refused:
            pass

    at_once(HOW_MANY, claim)
    referral.refresh_from_db()
    assert [referral.owner] == won
    assert referral.transitions.filter(verb=Verb.CLAIMED).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_decision_is_signed_once(people: People) -> None:
    referral = sent()
    declined(people[Role.SECRETARY], referral, people[Role.PHYSICIAN])
    signed: list[int] = []

    def sign(number: int) -> None:
        try:
            if number % 2:
                signing.give_back(people[Role.PHYSICIAN], referral.pk, 2, "Nej")
            else:
                signing.sign(people[Role.PHYSICIAN], referral.pk, 2)
            signed.append(number)
        except Refused:
            pass

    at_once(HOW_MANY, sign)
    referral.refresh_from_db()
    assert len(signed) == 1
    assert referral.version == 3
