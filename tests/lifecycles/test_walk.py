"""A random walk over referrals and pathways, with time moving: the promises hold at every step.

Users, roles, actions, stale pages and empty words are drawn; the verbs are the real ones, on
PostgreSQL. `make test` walks some cases, the same each time; `make faults` walks 500 of 30 steps,
others each time. WALKS says how many.
"""

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, ClassVar
from uuid import UUID

import pytest
import time_machine
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from admission.criteria import Destination
from casework.refusals import Refused
from correspondence.models import Message
from pathways import appointments, closing, contacts, pausing, planning, reminders
from pathways import waiting as pathways_waiting
from pathways.appointments import Time
from pathways.contacts import Call
from pathways.lifecycle import Ending, PauseReason
from pathways.models import Appointment, Contact, Pathway, PathwayTransition
from pathways.team import Seat
from pathways.tracks import Discipline
from referrals import intake, signing, triage
from referrals import waiting as referrals_waiting
from referrals.models import Referral, ReferralTransition
from staff.models import User
from staff.permissions import Role
from tests.lifecycles.promises import broken
from tests.lifecycles.test_pathway_matrix import MAY as PATHWAY_MAY
from tests.lifecycles.test_referral_matrix import MAY as REFERRAL_MAY
from tests.referrals.cases import ADVICE, CANCER, COMPLEX, PEOPLE, UNCLEAR, accepted_by, sent
from tests.referrals.cases import the_centre as one_of_each_role
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

STEPS = 30
OUTCOMES = ("done", "refused", "not found")
QUICK, WHOLE = 20, 500
START = dt.datetime(2026, 12, 18, 12, 0, tzinfo=dt.UTC)  # a Friday before the holidays
SAMPLES: list[Mapping[str, Mapping[str, Any]]] = [{}, {}, COMPLEX, CANCER, UNCLEAR, ADVICE]

# Those who have most to do are drawn most often; everybody is drawn.
WHO = [
    *("secretary", "secretary", "physician", "physician", "physician", "nurse", "nurse"),
    *("another physician", "another nurse", "psychologist", "physiotherapist", "social_worker"),
    *("manager", "administrator", "referrer", "referrer", "another referrer"),
]
REFERRAL_ACTIONS = [
    *("claim", "release", "ask", "recall", "accept", "accept", "accept", "redirect", "decline"),
    *("send_for_advice", "sign", "sign", "give_back", "advise", "supply", "supply", "withdraw"),
]
PATHWAY_ACTIONS = [
    *("book", "book", "move", "cancel", "attend", "attend", "stay_away", "plan", "join", "leave"),
    *("pause", "pause", "resume", "resume", "discharge", "discontinue", "log_contact"),
    *("follow_up",),
]
SENSIBLE = "Efter aftale med patienten"
LETTERS = {
    "S": "secretary",
    "P": "physician",
    "N": "nurse",
    "R": "referrer",
    "T": "psychologist",
}
words = st.sampled_from(["Se på medicinen", "Patienten ringer selv", "Flyttet", " ", ""])
who = st.sampled_from(WHO)
which = st.integers(0, 3)
stale = st.sampled_from([0, 0, 0, 0, 0, 0, 0, 1])
days = st.integers(-1, 40)
hours = st.integers(8, 15)
gaps = st.sampled_from([0.02, 0.5, 3, 7, 16, 24, 63, 150, 400])  # hours: nights and weekends too


class Walk(RuleBasedStateMachine):
    """The centre with everybody in it, and what has happened so far."""

    people: ClassVar[Mapping[str, User]] = {}
    outcomes: ClassVar[Counter[tuple[str, str]]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.traveller = time_machine.travel(START, tick=False)
        self.now = self.traveller.start()
        self.calls = 0
        self.told: dict[tuple[str, int], tuple[Any, ...]] = {}

    def teardown(self) -> None:
        self.traveller.stop()
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(
        what=st.sampled_from(["time passes"] * 6 + ["the hour strikes", "a referral comes"]),
        hours=gaps,
        sample=st.sampled_from(SAMPLES),
        number=st.sampled_from(PEOPLE),
    )
    def meanwhile(
        self, what: str, hours: float, sample: Mapping[str, Mapping[str, Any]], number: str
    ) -> None:
        """Time passes; every hour the checks run; now and then a referral comes."""
        self.now.shift(dt.timedelta(hours=hours))
        if what == "the hour strikes":
            referrals_waiting.check()
            pathways_waiting.check()
            reminders.remind()
        elif what == "a referral comes":
            sent(sample, referrer=self.people["referrer"], number=number)

    @precondition(lambda self: Referral.objects.exists())
    @rule(
        action=st.sampled_from(REFERRAL_ACTIONS),
        who=who,
        which=which,
        stale=stale,
        words=words,
        other=st.sampled_from(["physician", "another physician", "nurse"]),
    )
    def somebody_acts_on_a_referral(
        self, action: str, who: str, which: int, stale: int, words: str, other: str
    ) -> None:
        referral = _pick(Referral.objects.all(), which)
        referral.version -= stale
        verbs = _referral_verbs(self.people[who], referral, words, self.people[other])
        self.tried(action, verbs[action])

    @precondition(lambda self: Pathway.objects.exists())
    @rule(
        action=st.sampled_from(PATHWAY_ACTIONS),
        who=who,
        which=which,
        stale=stale,
        words=words,
        other=st.sampled_from(["nurse", "physician", "psychologist", "secretary", "referrer"]),
        days=days,
        hour=hours,
        reason=st.sampled_from([*PauseReason.values, *Ending.values]),
    )
    def somebody_acts_on_a_pathway(
        self,
        action: str,
        who: str,
        which: int,
        stale: int,
        words: str,
        other: str,
        days: int,
        hour: int,
        reason: str,
    ) -> None:
        pathway = _pick(Pathway.objects.all(), which)
        pathway.version -= stale
        self.calls += 1
        desk = PathwayDesk(
            self.people[who], pathway, words, self.people[other], days, hour, reason, self.calls
        )
        self.tried(action, getattr(desk, action))
        self.nobody_writes_to_the_dead(pathway)

    @precondition(lambda self: Referral.objects.still_open().exists())
    @rule(which=which, nth=st.integers(0, 20))
    def a_referral_goes_on(self, which: int, nth: int) -> None:
        """Somebody who may does what can be done: else most walks end where they began."""
        referral = _pick(Referral.objects.still_open(), which)
        possible = REFERRAL_MAY.at(referral.status)
        action, letter = possible[nth % len(possible)]
        user, other = self.people[LETTERS[letter]], self.people["physician"]
        self.tried(action, _referral_verbs(user, referral, SENSIBLE, other)[action])

    @precondition(lambda self: Pathway.objects.still_open().exists())
    @rule(
        which=which,
        nth=st.integers(0, 60),
        days=st.integers(0, 30),
        hour=hours,
        pause=st.sampled_from(PauseReason.values),
        ending=st.sampled_from(Ending.values),
    )
    def a_pathway_goes_on(
        self, which: int, nth: int, days: int, hour: int, pause: str, ending: str
    ) -> None:
        pathway = _pick(Pathway.objects.still_open(), which)
        possible = [
            pair for pair in PATHWAY_MAY.at(pathway.status) if hasattr(PathwayDesk, pair[0])
        ]
        action, letter = possible[nth % len(possible)]
        user, other = self.people[LETTERS[letter]], self.people["nurse"]
        reason = ending if action == "discontinue" else pause
        self.calls += 1
        desk = PathwayDesk(user, pathway, SENSIBLE, other, days, hour, reason, self.calls)
        self.tried(action, getattr(desk, action))
        self.nobody_writes_to_the_dead(pathway)

    def tried(self, action: str, act: Callable[[], object]) -> None:
        """Done, or refused with a sentence, or not there; nothing else may come of it."""
        try:
            with transaction.atomic():
                act()
            outcome = "done"
        except Refused as refused:
            outcome = "refused" if refused.sentence.endswith(".") else "refused without a sentence"
        except ObjectDoesNotExist:
            outcome = "not found"
        assert outcome in OUTCOMES
        self.outcomes[action, outcome] += 1

    def nobody_writes_to_the_dead(self, pathway: Pathway) -> None:
        pathway.refresh_from_db()
        if pathway.closed_at == timezone.now() and pathway.ended_because == Ending.DIED:
            to_patient = Message.objects.filter(
                patient=pathway.patient, unit=None, to_user=None, status="queued"
            )
            assert not to_patient.exists()

    @invariant()
    def the_promises_hold(self) -> None:
        assert broken() == []

    @invariant()
    def what_was_told_is_not_told_otherwise(self) -> None:
        for model in (ReferralTransition, PathwayTransition):
            now = {(model.__name__, row[0]): row for row in model.objects.values_list()}
            before = {key: row for key, row in self.told.items() if key[0] == model.__name__}
            assert before.items() <= now.items()
            self.told |= now


def _pick(cases: Any, which: int) -> Any:
    """One of the cases, the newest most often."""
    rows = list(cases.order_by("-pk"))
    return rows[which % len(rows)]


def _referral_verbs(
    user: User, r: Referral, words: str, other: User
) -> Mapping[str, Callable[[], object]]:
    pk, v = r.pk, r.version
    return {
        "claim": lambda: triage.claim(user, pk, v),
        "release": lambda: triage.release(user, pk, v),
        "ask": lambda: triage.ask(user, pk, v, words, []),
        "recall": lambda: triage.recall(user, pk, v),
        "accept": lambda: accepted_by(user, r, reason=words, physician=other),
        "redirect": lambda: triage.redirect(
            user, pk, v, Destination.PALLIATIVE, "Brev", words, other
        ),
        "decline": lambda: triage.decline(user, pk, v, words, "Brev", other),
        "propose": lambda: triage.decline(user, pk, v, words, "Brev", other),
        "send_for_advice": lambda: triage.send_for_advice(user, pk, v, other, words),
        "sign": lambda: signing.sign(user, pk, v),
        "give_back": lambda: signing.give_back(user, pk, v, words),
        "advise": lambda: signing.advise(user, pk, v, words or "Trap langsomt ned."),
        "supply": lambda: _supply(user, pk),
        "withdraw": lambda: intake.withdraw(user, pk, v, words),
    }


def _supply(user: User, pk: int) -> None:
    draft = intake.begin_answer(user, pk)
    intake.submit(user, draft.pk, despite="Vi ser ingen anden vej.")


class PathwayDesk:
    """What somebody does at a pathway, with what was drawn for it."""

    def __init__(
        self,
        user: User,
        pathway: Pathway,
        words: str,
        other: User,
        days: int,
        hour: int,
        reason: str,
        call: int,
    ) -> None:
        self.user, self.pathway, self.words, self.other = user, pathway, words, other
        self.reason, self.call = reason, UUID(int=call)
        self.day = timezone.localdate() + dt.timedelta(days=days)
        self.at = timezone.make_aware(dt.datetime.combine(self.day, dt.time(hour)))
        self.case = (user, pathway.pk, pathway.version)

    def _booked(self) -> tuple[User, int, int]:
        """The patient's next appointment; one that nobody knows, where there is none."""
        booked = Appointment.objects.filter(pathway=self.pathway).order_by("status", "starts_at")
        found = next((each.pk for each in booked if each.status == "booked"), 0)
        return self.user, found, self.pathway.version

    def book(self) -> None:
        appointments.book(*self.case, Time(self.other, self.at))

    def move(self) -> None:
        appointments.move(*self._booked(), Time(self.other, self.at), self.words)

    def cancel(self) -> None:
        appointments.cancel(*self._booked(), self.words)

    def attend(self) -> None:
        appointments.attend(*self._booked(), self.words or "Ring", self.other, self.day)

    def stay_away(self) -> None:
        appointments.stay_away(*self._booked())

    def plan(self) -> None:
        planning.set_next_step(*self.case, self.words, self.other, self.day)

    def join(self) -> None:
        seat = Seat(self.other, Discipline.PSYCHOLOGIST, self.words)
        planning.change_team(*self.case, why=self.words, join=[seat])

    def leave(self) -> None:
        planning.change_team(*self.case, why=self.words, leave=[self.other])

    def pause(self) -> None:
        pausing.pause(*self.case, self.reason, self.day, self.words)

    def resume(self) -> None:
        pausing.resume(*self.case, self.words or "Ring", self.other, self.day)

    def discharge(self) -> None:
        closing.discharge(*self.case, self.words, follow_up_by_gp=False)

    def discontinue(self) -> None:
        closing.discontinue(*self.case, self.reason, self.words)

    def log_contact(self) -> None:
        call = Call(
            Contact.Caller.PATIENT,
            Contact.Reason.MEDICINE,
            self.words,
            follow_up=Contact.FollowUp.CALL_BACK,
        )
        contacts.log(self.user, self.pathway.patient_id, self.call, call)

    def follow_up(self) -> None:
        open_one = Contact.objects.unfinished().filter(patient=self.pathway.patient).first()
        contacts.follow_up(self.user, open_one.pk if open_one else 0, self.words)


def everybody() -> Mapping[str, User]:
    return {
        **{str(role): user for role, user in one_of_each_role().items()},
        "another physician": person(Role.PHYSICIAN, name="Bo Friis"),
        "another nurse": person(Role.NURSE, name="Bente Dam"),
        "referrer": person(Role.REFERRER),
        "another referrer": person(Role.REFERRER, name="Georg Læge"),
    }


def the_centre_at_work() -> Mapping[str, User]:
    """Everybody, a patient who is received, and a referral of each kind."""
    people = everybody()
    for number, sample in zip(PEOPLE, ({}, CANCER, UNCLEAR, ADVICE), strict=True):
        sent(sample, referrer=people["referrer"], number=number)
    first = Referral.objects.order_by("pk")[0]
    accepted_by(people["physician"], first)
    return people


def walk(examples: int, *, same_each_time: bool) -> Counter[tuple[str, str]]:
    """Walk so many cases of 30 steps; how often each action ended how."""
    with time_machine.travel(START, tick=False):
        Walk.people, Walk.outcomes = the_centre_at_work(), Counter()
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=same_each_time,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return Walk.outcomes


def told(outcomes: Counter[tuple[str, str]]) -> str:
    """The counts, an action a line: the walk went somewhere."""
    actions = sorted({action for action, _outcome in outcomes})
    lines = [
        f"{action:16}" + "".join(f"{outcomes[action, k]:8}" for k in OUTCOMES) for action in actions
    ]
    return "\n".join([f"{'':16}" + "".join(f"{kind:>8.8}" for kind in OUTCOMES), *lines])


def test_no_promise_is_broken_on_the_way() -> None:
    outcomes = walk(int(os.environ.get("WALKS", QUICK)), same_each_time=True)
    assert sum(n for (_action, outcome), n in outcomes.items() if outcome == "done") > QUICK


@pytest.mark.faults
def test_no_promise_is_broken_on_any_way(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = walk(int(os.environ.get("WALKS", WHOLE)), same_each_time=False)
    with capsys.disabled():
        print(f"\n{told(outcomes)}")  # noqa: T201
    never = {action for action, _ in outcomes} - {a for a, outcome in outcomes if outcome == "done"}
    assert not never, "the walk never did these"
