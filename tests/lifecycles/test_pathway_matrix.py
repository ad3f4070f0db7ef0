"""Pathway: every status, every action, every role."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from pathways import appointments, closing, contacts, interpreters, pausing, planning, reopening
from pathways.contacts import Call
from pathways.lifecycle import PATHWAY, Status
from pathways.models import Appointment, Contact, Pathway
from pathways.team import Seat
from pathways.times import Time
from pathways.tracks import Discipline
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.lifecycles.table import ALLOWED, NOT_FOUND, REFUSED, read, tried
from tests.referrals.cases import INTERPRETER, accepted_by, sent, the_centre
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 9, 8, 0, tzinfo=dt.UTC)  # a Tuesday
NEXT_WEEK = dt.date(2026, 6, 16)

# Who may do it where: S secretary, P physician, N nurse, T a psychologist on the team; . nobody.
# `open` is receiving the patient once more, on a new referral.
MAY = read(
    """
                    waiting  active  paused  completed  discontinued
    open            .        .       .       SP         SP
    book            SPNT     SPNT    SPNT    .          .
    move            SPNT     SPNT    SPNT    .          .
    cancel          SPNT     SPNT    SPNT    .          .
    attend          SPNT     SPNT    SPNT    .          .
    stay_away       SPNT     SPNT    SPNT    .          .
    interpreter     SPNT     SPNT    SPNT    .          .
    no_interpreter  SPNT     SPNT    SPNT    .          .
    plan            SPNT     SPNT    SPNT    .          .
    join            SPNT     SPNT    SPNT    .          .
    pause           SPNT     SPNT    .       .          .
    put_off         SPNT     SPNT    .       .          .
    resume          .        .       SPNT    .          .
    discharge       P        P       P       .          .
    discontinue     P        P       P       .          .
    died            P        P       P       .          .
    reopen          .        .       .       .          P
    log_contact     N        N       N       N          N
    """
)
# Who sees the pathway, and is told why not; for everybody else it does not exist. A team's people
# see it while it is open; to receive somebody again, it is the new referral that one sees.
SEE = {
    **dict.fromkeys(("waiting", "active", "paused"), "SPNT"),
    **dict.fromkeys(("completed", "discontinued"), "SPN"),
    "open": "SPNR",
}
LETTERS = {
    Role.SECRETARY.value: "S",
    Role.PHYSICIAN.value: "P",
    Role.NURSE.value: "N",
    Role.PSYCHOLOGIST.value: "T",
    Role.REFERRER.value: "R",
}
# Whether the role takes calls is asked before whose patient it is.
ASKED_FIRST = {"log_contact"}
WHO = [*Role.values, "another psychologist"]


@dataclass(frozen=True)
class World:
    """A pathway at a status with an appointment of today, and a new referral of the patient."""

    pathway: Pathway
    appointment: Appointment
    again: Referral
    people: Mapping[str, User]


@pytest.fixture(scope="module")
def worlds(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Mapping[Status, World]]:
    """One world for each status; nothing done in it is kept."""
    with time_machine.travel(NOW, tick=False), django_db_blocker.unblock(), transaction.atomic():
        people = the_centre()
        yield {status: build(status, people, n) for n, status in enumerate(Status)}
        transaction.set_rollback(True)


NUMBERS = ("0201609996", "0504909989", "0504909995", "0201609995", "0107729995")


def build(status: Status, people: Mapping[Role, User], n: int) -> World:
    referral = sent(INTERPRETER, number=NUMBERS[n])
    accepted_by(people[Role.SECRETARY], referral)
    pathway = Pathway.objects.get(referral=referral)
    with_a_psychologist(pathway, people)
    walk(pathway, status, people)
    mine = {str(role): user for role, user in people.items()}
    others = {
        "referrer": referral.referrer,
        "another psychologist": person(Role.PSYCHOLOGIST, name="Per Psykolog"),
    }
    appointment = pathway.appointments.order_by("-pk")[0]
    again = sent(INTERPRETER, referrer=referral.referrer, number=NUMBERS[n])
    return World(Pathway.objects.get(pk=pathway.pk), appointment, again, mine | others)


def with_a_psychologist(pathway: Pathway, people: Mapping[Role, User]) -> None:
    seat = Seat(people[Role.PSYCHOLOGIST], Discipline.PSYCHOLOGIST, "Sover ikke")
    who = pathway.responsible
    planning.change_team(who, pathway.pk, pathway.version, why="Sover ikke", join=[seat])


def walk(pathway: Pathway, status: Status, people: Mapping[Role, User]) -> None:
    """To the status, with an appointment that begins later today."""
    nurse, physician, pk = people[Role.NURSE], people[Role.PHYSICIAN], pathway.pk
    if status == Status.ACTIVE:
        first = book(nurse, pathway, 10)
        version = version_of(pathway)
        appointments.attend(nurse, first.pk, version, "Ring", nurse, NEXT_WEEK)
    book(physician, pathway, 11 + list(Status).index(status))
    version = version_of(pathway)
    if status == Status.PAUSED:
        pausing.pause(nurse, pk, version, "illness", NEXT_WEEK)
    elif status == Status.COMPLETED:
        closing.discharge(physician, pk, version, "Bedre", follow_up_by_gp=False)
    elif status == Status.DISCONTINUED:
        closing.discontinue(physician, pk, version, "patient", "Vil ikke mere")


def version_of(pathway: Pathway) -> int:
    return Pathway.objects.get(pk=pathway.pk).version


def book(user: User, pathway: Pathway, hour: int) -> Appointment:
    when = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time(hour, 30)))
    return appointments.book(user, pathway.pk, version_of(pathway), Time(user, when))


def a_time(user: User) -> Time:
    when = timezone.make_aware(dt.datetime.combine(NEXT_WEEK, dt.time(9)))
    return Time(user, when)


def act(action: str, world: World, user: User) -> Any:
    people, time = world.people, a_time(world.people[Role.PHYSICIAN])
    p, a = Pathway.objects.get(pk=world.pathway.pk), world.appointment.pk
    pk, v, nurse = p.pk, p.version, people[Role.NURSE]
    seat = Seat(people[Role.SOCIAL_WORKER], Discipline.SOCIAL_WORKER, "Sag i kommunen")
    call = Call(Contact.Caller.PATIENT, Contact.Reason.MEDICINE, "Hvornår virker det?")
    verbs: Mapping[str, Callable[[], object]] = {
        "open": lambda: receive_again(user, world),
        "book": lambda: appointments.book(user, pk, v, time),
        "move": lambda: appointments.move(user, a, v, time, "Syg"),
        "cancel": lambda: appointments.cancel(user, a, v, "Syg"),
        "attend": lambda: appointments.attend(user, a, v, "Ring", nurse, NEXT_WEEK),
        "stay_away": lambda: appointments.stay_away(user, a, v),
        "interpreter": lambda: interpreters.book_interpreter(user, a, v, "Tolkebureauet"),
        "no_interpreter": lambda: interpreters.lose_interpreter(user, a, v),
        "plan": lambda: planning.set_next_step(user, pk, v, "Ring", nurse, NEXT_WEEK),
        "join": lambda: planning.change_team(user, pk, v, why="Sagen", join=[seat]),
        "pause": lambda: pausing.pause(user, pk, v, "other", NEXT_WEEK, "Barsel"),
        "put_off": lambda: pausing.pause(user, pk, v, "wish", NEXT_WEEK),
        "resume": lambda: pausing.resume(user, pk, v, "Ring", nurse, NEXT_WEEK),
        "discharge": lambda: closing.discharge(user, pk, v, "Bedre", follow_up_by_gp=False),
        "discontinue": lambda: closing.discontinue(user, pk, v, "centre", "Intet tilbud"),
        "died": lambda: closing.discontinue(user, pk, v, "died", "Oplyst af pårørende"),
        "reopen": lambda: reopening.reopen(
            user, pk, v, "Forkert patient", "Ring", nurse, NEXT_WEEK
        ),
        "log_contact": lambda: contacts.log(user, p.patient_id, uuid4(), call),
    }
    return verbs[action]()


def receive_again(user: User, world: World) -> None:
    accepted_by(user, Referral.objects.get(pk=world.again.pk), reason="Henvist igen")


def expected(action: str, status: Status, who: str) -> str:
    letter = LETTERS.get(who)
    if letter and letter in MAY.cell(action, status.value):
        return ALLOWED
    seen = SEE["open" if action == "open" else status.value]
    return REFUSED if action in ASKED_FIRST or (letter and letter in seen) else NOT_FOUND


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("action", MAY.may)
@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what_where(
    worlds: Mapping[Status, World], status: Status, action: str, who: str
) -> None:
    world = worlds[status]
    with transaction.atomic():
        if action == "no_interpreter" and PATHWAY[status].is_open:
            act("interpreter", world, world.people[Role.NURSE])
        tried(lambda: act(action, world, world.people[who]), expected(action, status, who))
        transaction.set_rollback(True)


def test_the_table_names_every_status() -> None:
    assert set(MAY.may["book"]) == set(PATHWAY.standings)
