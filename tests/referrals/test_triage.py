"""What the visitation does with a referral, and who may do it when."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import time_machine

from admission.criteria import Destination
from casework.refusals import Refused, Stale
from correspondence.models import Message
from letters.models import Letter
from pathways.models import Pathway
from pathways.team import Plan
from pathways.tracks import Track
from patients.recognition import Checked
from referrals import letters, recognising, signing, triage
from referrals.checks import RULES, Action, refusal
from referrals.lifecycle import Status, Verb
from referrals.models import Decision, Question, Referral
from referrals.needs import needs_reason, needs_signature
from referrals.proposals import plan_on, proposed_plan
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.referrals.cases import (
    ADVICE,
    CANCER,
    COMPLEX,
    RENAMED,
    UNCLEAR,
    accepted_by,
    at,
    declined,
    sent,
)
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
Kind = Decision.Kind


DO: Mapping[Action, Callable[[User, Referral, User], Any]] = {
    Action.CLAIM: lambda user, r, doctor: triage.claim(user, r.pk, r.version),
    Action.RELEASE: lambda user, r, doctor: triage.release(user, r.pk, r.version),
    Action.ASK: lambda user, r, doctor: triage.ask(user, r.pk, r.version, "Hvad?", []),
    Action.RECALL: lambda user, r, doctor: triage.recall(user, r.pk, r.version),
    Action.ACCEPT: lambda user, r, doctor: accepted_by(user, r),
    Action.REDIRECT: lambda user, r, doctor: triage.redirect(
        user, r.pk, r.version, Destination.PALLIATIVE, "Brev", "Fordi", doctor
    ),
    Action.DECLINE: declined,
    Action.SEND_FOR_ADVICE: lambda user, r, doctor: triage.send_for_advice(
        user, r.pk, r.version, doctor, ""
    ),
    Action.SIGN: lambda user, r, doctor: signing.sign(user, r.pk, r.version),
    Action.GIVE_BACK: lambda user, r, doctor: signing.give_back(user, r.pk, r.version, "Nej"),
    Action.ADVISE: lambda user, r, doctor: signing.advise(user, r.pk, r.version, "Råd"),
    Action.RECOGNISE: lambda user, r, doctor: recognising.recognise(
        user, r.pk, r.version, Checked("Ida", "Friis", "register")
    ),
}
NOT_YET = {Action.RELEASE, Action.RECOGNISE}  # nobody has taken it, and the name is known
CENTRE = [role for role in Role if role != Role.REFERRER]


@pytest.mark.parametrize("status", Status)
def test_each_action_is_open_to_its_roles_at_its_statuses_and_to_nobody_else(
    status: Status, people: People
) -> None:
    referral = at(status, people)
    for action, rule in RULES.items():
        for role in CENTRE:
            user = people[role]
            allowed = may(role, rule.permission) and status in rule.at
            if allowed and action not in NOT_YET:
                assert refusal(user, action, referral) == "", (action, role)
                continue
            assert refusal(user, action, referral), (action, role)
            with pytest.raises((Refused, Referral.DoesNotExist)):
                DO[action](user, referral, people[Role.PHYSICIAN])
    referral.refresh_from_db()
    assert referral.status == status


@pytest.mark.parametrize("action", Action)
def test_nothing_can_be_done_with_a_referral_one_may_not_see(
    action: Action, people: People
) -> None:
    referral = at(Status.RECEIVED, people)
    stranger = person(Role.REFERRER)
    with pytest.raises(Referral.DoesNotExist):
        DO[action](stranger, referral, people[Role.PHYSICIAN])


@pytest.mark.parametrize("action", [Action.CLAIM, Action.ASK, Action.ACCEPT, Action.DECLINE])
def test_who_comes_second_reads_who_did_what(action: Action, people: People) -> None:
    referral = at(Status.RECEIVED, people)
    triage.claim(people[Role.SECRETARY], referral.pk, referral.version)
    with pytest.raises(Stale) as stale:
        DO[action](people[Role.PHYSICIAN], referral, people[Role.PHYSICIAN])
    assert people[Role.SECRETARY].name in str(stale.value)
    assert "tog henvisningen" in str(stale.value)


def test_claiming_and_putting_back(people: People) -> None:
    referral, secretary = at(Status.RECEIVED, people), people[Role.SECRETARY]
    due_on = referral.due_on
    claimed = triage.claim(secretary, referral.pk, 1)
    assert (claimed.owner, claimed.due_on) == (secretary, due_on)
    with pytest.raises(Refused, match="Læg den tilbage først"):
        triage.claim(people[Role.PHYSICIAN], referral.pk, 2)
    released = triage.release(people[Role.PHYSICIAN], referral.pk, 2)
    assert released.owner is None
    assert [step.verb for step in released.transitions.all()] == ["sent", "claimed", "released"]


def test_a_question_turns_the_referral_to_the_referrer(people: People) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)):
        referral = sent(UNCLEAR)
        question = triage.ask(
            people[Role.SECRETARY],
            referral.pk,
            1,
            " Er der misbrug? ",
            ["complicating.illegal_drugs"],
        )
    referral.refresh_from_db()
    assert referral.status == Status.AWAITING_REFERRER
    assert referral.due_on == dt.date(2026, 6, 18)
    assert question.text == "Er der misbrug?"
    portal = Message.objects.get(kind=Message.Kind.QUESTION)
    assert portal.channel == Message.Channel.PORTAL
    assert "Er der misbrug?" in portal.body
    assert "Er der et illegalt misbrug?" in portal.body
    assert "18. juni 2026" in portal.body


@pytest.mark.parametrize(
    ("asked_on", "answer_by"),
    [
        (dt.date(2026, 6, 1), dt.date(2026, 6, 10)),  # before the letter of 11 June
        (dt.date(2026, 6, 9), dt.date(2026, 6, 10)),
        (dt.date(2026, 6, 10), dt.date(2026, 6, 11)),  # tomorrow at the soonest
        (dt.date(2026, 6, 19), dt.date(2026, 6, 22)),  # the next weekday
    ],
)
def test_an_answer_is_wanted_before_the_law_wants_a_letter(
    asked_on: dt.date, answer_by: dt.date, people: People
) -> None:
    with time_machine.travel(dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)):
        referral = sent(UNCLEAR)
    with time_machine.travel(dt.datetime.combine(asked_on, dt.time(12), dt.UTC)):
        triage.ask(people[Role.SECRETARY], referral.pk, 1, "Er der misbrug?", [])
    referral.refresh_from_db()
    assert referral.notify_by == dt.date(2026, 6, 11)
    assert referral.due_on == answer_by
    assert f"senest {answer_by.day}. juni 2026" in Message.objects.get(kind="question").body


@pytest.mark.parametrize("text", ["", "   ", "x" * 501])
def test_a_question_is_neither_empty_nor_longer_than_500_characters(
    text: str, people: People
) -> None:
    referral = at(Status.RECEIVED, people)
    with pytest.raises(Refused, match="højst 500 tegn"):
        triage.ask(people[Role.SECRETARY], referral.pk, 1, text, [])
    assert not Question.objects.exists()


def test_a_question_taken_back_gives_the_referral_its_old_due_date(people: People) -> None:
    referral = at(Status.RECEIVED, people)
    due_on = referral.due_on
    triage.ask(people[Role.SECRETARY], referral.pk, 1, "Hvad?", [])
    recalled = triage.recall(people[Role.SECRETARY], referral.pk, 2)
    assert (recalled.status, recalled.due_on) == (Status.RECEIVED, due_on)
    assert Question.objects.get().recalled_at
    assert Message.objects.filter(key=f"referral:{referral.pk}:recalled:3").exists()


def test_accepting_opens_a_pathway_and_tells_referrer_and_patient(people: People) -> None:
    referral = sent(COMPLEX)
    decision = accepted_by(people[Role.SECRETARY], referral)
    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED
    assert referral.pathway is not None
    assert referral.pathway.track == Track.INTERDISCIPLINARY
    assert referral.pathway.responsible == people[Role.PHYSICIAN]
    assert referral.pathway.diagnosis
    assert (decision.signed_by, decision.signed_role) == (people[Role.SECRETARY], "sekretær")
    sent_now = Message.objects.filter(key__startswith=f"referral:{referral.pk}:accepted:2")
    assert {message.channel for message in sent_now} == {"portal", "email", "digital_post"}
    assert referral.transitions.last().verb == Verb.ACCEPTED


def test_the_email_says_that_there_is_news_and_nothing_about_whom(people: People) -> None:
    referral = sent()
    accepted_by(people[Role.SECRETARY], referral)
    for email in Message.objects.filter(channel=Message.Channel.EMAIL):
        assert "Lauridsen" not in email.subject + email.body
        assert "020160" not in email.subject + email.body
        assert email.address == referral.unit.email


def test_a_patient_in_a_pathway_is_not_received_again(people: People) -> None:
    accepted_by(people[Role.SECRETARY], sent())
    again = sent()
    with pytest.raises(Refused, match="allerede i forløb"):
        accepted_by(people[Role.SECRETARY], again)
    assert "allerede i forløb" in refusal(people[Role.SECRETARY], Action.ACCEPT, again)
    assert Pathway.objects.count() == 1


def other_people(plan: Plan) -> Plan:
    colleague = person(Role.PHYSICIAN)
    first, *rest = plan.team
    seat = type(first)(colleague, first.discipline, "")
    return Plan(plan.track, colleague, (seat, *rest))


def test_departing_from_the_proposal_takes_a_reason(people: People) -> None:
    referral, secretary = sent(), people[Role.SECRETARY]
    shown = proposed_plan(referral)
    assert shown is not None
    for plan in (other_people(shown), plan_on(referral, Track.INTERDISCIPLINARY)):
        with pytest.raises(Refused, match="Skriv"):
            triage.accept(secretary, referral.pk, 1, plan, "  ", "Brev", shown=shown)
    changed = other_people(shown)
    decision = triage.accept(
        secretary, referral.pk, 1, changed, "Kender hende", "Brev", shown=shown
    )
    assert decision.reason == "Kender hende"


def test_the_proposal_one_saw_counts_though_loads_have_changed_since(people: People) -> None:
    referral = sent()
    shown = proposed_plan(referral)
    assert shown is not None
    person(Role.PHYSICIAN, name="Aaa Ny")
    accepted_by(people[Role.SECRETARY], sent(number="0504909989"))
    assert needs_reason(referral, shown, shown) == ""
    triage.accept(people[Role.SECRETARY], referral.pk, 1, shown, "", "Brev", shown=shown)


def test_advice_only_becomes_a_pathway_only_with_a_reason(people: People) -> None:
    referral = sent(ADVICE)
    plan = plan_on(referral, Track.SINGLE)
    with pytest.raises(Refused, match="beder kun om råd"):
        triage.accept(people[Role.SECRETARY], referral.pk, 1, plan, "", "Brev")
    triage.accept(people[Role.SECRETARY], referral.pk, 1, plan, "Aftalt med lægen", "Brev")
    referral.refresh_from_db()
    assert referral.status == Status.ACCEPTED


SIGNATURES = [
    (Kind.ACCEPT, {}, "", False),
    (Kind.ACCEPT, UNCLEAR, "", False),
    (Kind.ACCEPT, CANCER, "", True),
    (Kind.DECLINE, {}, "", True),
    (Kind.DECLINE, UNCLEAR, "", True),
    (Kind.DECLINE, CANCER, "", False),
    (Kind.REDIRECT, {}, Destination.PALLIATIVE, True),
    (Kind.REDIRECT, {}, "", True),
    (Kind.REDIRECT, CANCER, Destination.PALLIATIVE, False),
    (Kind.REDIRECT, CANCER, Destination.HEADACHE, True),
    (Kind.REDIRECT, CANCER, "", False),
    (Kind.ADVISE, {}, "", False),
]


@pytest.mark.parametrize(("kind", "changes", "destination", "needed"), SIGNATURES)
def test_which_decisions_need_a_physician(
    kind: str, changes: Mapping[str, Any], destination: str, needed: bool
) -> None:
    referral = sent(changes)
    assert bool(needs_signature(referral, kind, destination)) is needed


def test_what_a_secretary_may_not_decide_waits_for_the_chosen_physician(people: People) -> None:
    referral, physician = sent(), people[Role.PHYSICIAN]
    with time_machine.travel(dt.datetime(2026, 6, 9, 10, tzinfo=dt.UTC)):
        decision = declined(people[Role.SECRETARY], referral, physician)
    referral.refresh_from_db()
    assert referral.status == Status.AWAITING_SIGNATURE
    assert (referral.owner, referral.due_on) == (physician, dt.date(2026, 6, 11))
    assert decision.signed_at is None
    assert not Message.objects.filter(kind=Message.Kind.DECISION).exists()


def test_without_a_physician_to_sign_the_decision_is_refused(people: People) -> None:
    referral = sent()
    with pytest.raises(Refused, match="Vælg lægen"):
        declined(people[Role.SECRETARY], referral)
    with pytest.raises(Refused, match="er ikke læge"):
        declined(people[Role.SECRETARY], referral, people[Role.NURSE])
    referral.refresh_from_db()
    assert referral.status == Status.RECEIVED


def test_a_physician_signs_by_deciding(people: People) -> None:
    referral, physician = sent(), people[Role.PHYSICIAN]
    decision = declined(physician, referral)
    assert (decision.signed_by, decision.signed_role) == (physician, "læge")
    referral.refresh_from_db()
    assert referral.status == Status.DECLINED


def test_a_redirect_that_a_criterion_points_to_is_the_secretarys_own(people: People) -> None:
    referral = sent(CANCER)
    decision = triage.redirect(
        people[Role.SECRETARY], referral.pk, 1, Destination.PALLIATIVE, "Send dem dertil.", ""
    )
    assert decision.signed_by == people[Role.SECRETARY]
    referral.refresh_from_db()
    assert referral.status == Status.REDIRECTED


def test_a_redirect_that_no_criterion_points_to_takes_a_reason(people: People) -> None:
    referral = sent()
    with pytest.raises(Refused, match="intet kriterium siger det"):
        triage.redirect(
            people[Role.PHYSICIAN], referral.pk, 1, Destination.HEADACHE, "Send dem dertil.", ""
        )


@pytest.mark.parametrize("letter", ["", "  \n"])
def test_no_decision_without_a_letter(letter: str, people: People) -> None:
    referral = sent()
    with pytest.raises(Refused, match="Skriv brevet"):
        accepted_by(people[Role.SECRETARY], referral, letter=letter)


def test_declining_takes_a_reason(people: People) -> None:
    with pytest.raises(Refused, match="hvorfor henvisningen afvises"):
        triage.decline(people[Role.PHYSICIAN], sent().pk, 1, " ", "Brev")


def told(referral: Referral, kind: str) -> str:
    """The words of the letter of a kind about the referral; empty without one."""
    messages = Message.objects.filter(about=f"referral:{referral.pk}", letter__kind=kind)
    return "".join(message.body for message in messages)


def test_who_declines_by_a_criterion_need_not_say_it_again(people: People) -> None:
    referral = sent(CANCER)
    triage.decline(people[Role.SECRETARY], referral.pk, 1, "", "Vi kan ikke.")
    assert "ikke patienter med aktiv cancer" in told(referral, Letter.Kind.DECLINED)
    assert referral.transitions.get(verb=Verb.DECLINED).why == "Ikke opfyldt: »Ingen aktiv kræft«."


@pytest.mark.parametrize("destination", ["", Destination.REFERRER])
def test_the_referrer_reads_the_reason_for_a_no(destination: str, people: People) -> None:
    referral, by = sent(), people[Role.PHYSICIAN]
    if destination:
        triage.redirect(by, referral.pk, 1, destination, "Hos jer.", "Smerterne er nye")
    else:
        triage.decline(by, referral.pk, 1, "Smerterne er nye", "Vi kan ikke.")
    kind = Letter.Kind.REDIRECTED if destination else Letter.Kind.DECLINED
    assert told(referral, kind).startswith("Begrundelse: Smerterne er nye\n\n")


def test_a_declined_patient_is_told_unless_that_is_left_to_the_referrer(people: People) -> None:
    by, kind = people[Role.PHYSICIAN], Letter.Kind.PATIENT_DECLINED
    one, other = sent(), sent(number="0504909989")
    triage.decline(by, one.pk, 1, "Nej", "Vi kan ikke.", words_to_patient="Held og lykke.")
    triage.decline(by, other.pk, 1, "Nej", "Vi kan ikke.", tells_patient=False)
    assert "Held og lykke." in told(one, kind)
    assert told(other, kind) == ""


def test_whom_the_referrer_calls_by_another_name_is_told_nothing_of_a_decline(
    people: People,
) -> None:
    sent()
    referral = sent(RENAMED)
    triage.decline(people[Role.PHYSICIAN], referral.pk, 1, "Nej", "Vi kan ikke.")
    assert told(referral, Letter.Kind.PATIENT_DECLINED) == ""


@pytest.mark.parametrize("says", [True, False])
def test_the_patient_is_told_of_coming_back_only_when_the_referrer_is(
    says: bool, people: People
) -> None:
    referral = sent(CANCER)
    letter = letters.redirected(referral, Destination.REFERRER) if says else "Hos jer."
    triage.redirect(
        people[Role.PHYSICIAN], referral.pk, 1, Destination.REFERRER, letter, "De kan selv"
    )
    words = told(referral, Letter.Kind.PATIENT_REDIRECTED)
    assert ("hvornår du kan blive henvist igen" in words) is says


def test_every_verb_has_the_permission_its_role_table_gives() -> None:
    assert {rule.permission for rule in RULES.values()} == {Permission.TRIAGE, Permission.SIGN}
