"""Referral: every status, every action, every role."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from admission.criteria import Destination
from pathways.closing import discontinue
from patients.models import Patient
from patients.recognition import Checked
from referrals import intake, recognising, signing, triage
from referrals.checks import Action
from referrals.lifecycle import REFERRAL, Status
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.lifecycles.table import ALLOWED, NOT_FOUND, REFUSED, read, tried
from tests.referrals.cases import accepted_by, at, declined, the_centre
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)

# Who may do it where: S secretary, P physician, R the referrer's own unit; . nobody.
MAY = read(
    """
                     received  awaiting_referrer  awaiting_signature  awaiting_advice  closed
    claim            SP        .                  .                   .                .
    release          SP        .                  .                   .                .
    ask              SP        .                  .                   .                .
    recall           .         SP                 .                   .                .
    accept           SP        .                  .                   .                .
    redirect         SP        .                  .                   .                .
    decline          SP        .                  .                   .                .
    propose          S         .                  .                   .                .
    send_for_advice  SP        .                  .                   .                .
    sign             .         .                  P                   .                .
    give_back        .         .                  P                   P                .
    advise           .         .                  .                   P                .
    recognise        SP        SP                 SP                  SP               .
    supply           .         R                  .                   .                .
    withdraw         R         R                  R                   R                .
    """
)
# Who sees the referral, and is told why not; for everybody else it does not exist.
LETTERS = {"secretary": "S", "physician": "P", "nurse": "N", "referrer": "R"}
LONNI = Checked("Lonni", "Lauridsen", "register")
WHO = [*Role.values, "another unit's referrer"]


@dataclass(frozen=True)
class World:
    """A referral at a status, and everybody."""

    referral: Referral
    people: Mapping[str, User]

    def physician(self) -> User:
        return self.people[Role.PHYSICIAN]


@pytest.fixture(scope="module")
def worlds(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Callable[[Status], World]]:
    """One world for each status, made when it is first asked for; nothing done in it is kept."""
    made: dict[Status, World] = {}
    with time_machine.travel(NOW, tick=False), django_db_blocker.unblock(), transaction.atomic():
        people = the_centre()

        def world(status: Status) -> World:
            if status not in made:
                made[status] = build(status, people)
            return made[status]

        for status in Status:
            world(status)
        yield world
        transaction.set_rollback(True)


def build(status: Status, people: Mapping[Role, User]) -> World:
    referral = at(status, people)
    if status == Status.ACCEPTED:
        ended(referral)
    others = {str(role): user for role, user in people.items()}
    own, strange = {"referrer": referral.referrer}, person(Role.REFERRER)
    return World(referral, others | own | {"another unit's referrer": strange})


def ended(referral: Referral) -> None:
    """The pathway of the accepted one is over: all these referrals are about the same patient."""
    pathway = referral.pathway
    assert pathway is not None
    discontinue(pathway.responsible, pathway.pk, pathway.version, "patient", "Vil ikke mere")


def act(action: str, world: World, user: User) -> Any:
    r, physician = Referral.objects.get(pk=world.referral.pk), world.physician()
    verbs: Mapping[str, Callable[[], object]] = {
        "claim": lambda: triage.claim(user, r.pk, r.version),
        "release": lambda: triage.release(user, r.pk, r.version),
        "ask": lambda: triage.ask(user, r.pk, r.version, "Hvad mangler?", []),
        "recall": lambda: triage.recall(user, r.pk, r.version),
        "accept": lambda: accepted_by(user, r),
        "redirect": lambda: triage.redirect(
            user, r.pk, r.version, Destination.PALLIATIVE, "Brev", "Fordi", physician
        ),
        "decline": lambda: declined(user, r, physician),
        "propose": lambda: declined(user, r, physician),
        "send_for_advice": lambda: triage.send_for_advice(user, r.pk, r.version, physician, ""),
        "sign": lambda: signing.sign(user, r.pk, r.version),
        "give_back": lambda: signing.give_back(user, r.pk, r.version, "Spørg igen"),
        "advise": lambda: signing.advise(user, r.pk, r.version, "Trap langsomt ned."),
        "recognise": lambda: recognising.recognise(user, r.pk, r.version, LONNI),
        "supply": lambda: supply(user, r),
        "withdraw": lambda: intake.withdraw(user, r.pk, r.version, "Flyttet"),
    }
    return verbs[action]()


def supply(user: User, referral: Referral) -> None:
    draft = intake.begin_answer(user, referral.pk)
    intake.submit(user, draft.pk, typed={"answer": "Siden august sidste år."})


def expected(action: str, status: Status, who: str) -> str:
    column = status.value if REFERRAL[status].is_open else "closed"
    letter = LETTERS.get(who)
    if letter is None:
        return NOT_FOUND
    return ALLOWED if letter in MAY.cell(action, column) else REFUSED


# Declining without a criterion that says so is a physician's: what a secretary proposes is signed.
PAIRS = [
    (action, who)
    for action in MAY.may
    for who in WHO
    if (action, who) not in {("propose", "physician")}
]


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize(("action", "who"), PAIRS)
def test_who_may_do_what_where(
    worlds: Callable[[Status], World], status: Status, action: str, who: str
) -> None:
    world = worlds(status)
    with transaction.atomic():
        if action == "release" and status == Status.RECEIVED:
            act("claim", world, world.people[Role.SECRETARY])
        if action == "recognise":
            Patient.objects.update(given_names="Bo", family_name="Berg")
        tried(lambda: act(action, world, world.people[who]), expected(action, status, who))
        transaction.set_rollback(True)


def test_the_table_names_every_status_and_every_action_of_the_desk() -> None:
    assert set(MAY.may) == {*Action, "propose", "supply", "withdraw"}
    assert set(MAY.may["claim"]) == {*REFERRAL.open_statuses, "closed"}
