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

from casework.refusals import Refused
from correspondence.models import Message
from letters.models import Letter
from pathways import reminders
from pathways import waiting as pathways_waiting
from pathways.lifecycle import PATHWAY, Ending, PauseReason, Status
from pathways.models import Contact, Pathway, PathwayTransition
from pathways.tracks import Discipline
from patients.models import Patient
from referrals import waiting as referrals_waiting
from referrals.enrolment import names_somebody_else
from referrals.models import Referral, ReferralTransition
from staff.models import User
from tests.lifecycles.acting import PathwayDesk, referral_verbs, the_centre_at_work
from tests.lifecycles.promises import broken
from tests.lifecycles.test_pathway_matrix import MAY as PATHWAY_MAY
from tests.lifecycles.test_referral_matrix import MAY as REFERRAL_MAY
from tests.referrals.cases import (
    ADVICE,
    CANCER,
    COMPLEX,
    INTERPRETER,
    PEOPLE,
    RENAMED,
    UNCLEAR,
    sent,
)

pytestmark = pytest.mark.django_db

STEPS = 30
OUTCOMES = ("done", "refused", "not found")
QUICK, WHOLE = 20, 500
START = dt.datetime(2026, 12, 18, 12, 0, tzinfo=dt.UTC)  # a Friday before the holidays
SAMPLES: list[Mapping[str, Mapping[str, Any]]] = [
    *({}, INTERPRETER, COMPLEX, CANCER, UNCLEAR, ADVICE, RENAMED),
]

# Those who have most to do are drawn most often; everybody is drawn.
WHO = [
    *("secretary", "secretary", "physician", "physician", "physician", "nurse", "nurse"),
    *("another physician", "another nurse", "psychologist", "physiotherapist", "social_worker"),
    *("manager", "administrator", "referrer", "referrer", "another referrer"),
]
REFERRAL_ACTIONS = [
    *("claim", "release", "ask", "recall", "accept", "accept", "accept", "redirect", "decline"),
    *("send_for_advice", "sign", "sign", "give_back", "advise", "supply", "supply", "withdraw"),
    "recognise",
]
PATHWAY_ACTIONS = [
    *("book", "book", "move", "cancel", "attend", "attend", "stay_away", "plan", "join", "leave"),
    *("interpreter", "no_interpreter"),
    *("pause", "pause", "resume", "resume", "discharge", "discontinue", "reopen", "log_contact"),
    *("follow_up",),
]
AT_AN_APPOINTMENT = (
    *("move", "cancel", "attend", "stay_away"),
    *("interpreter", "no_interpreter"),
)
A_VISIT = dt.timedelta(hours=1)
SENSIBLE = "Efter aftale med patienten"
GOES_ON = [*PATHWAY.open_statuses, Status.DISCONTINUED]
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
        what=st.sampled_from(["time passes"] * 6 + ["the hour strikes"] + ["a referral comes"] * 2),
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
            known = Patient.objects.order_by("pk").first()
            of = known.number if known and sample is RENAMED else number  # somebody else than then
            sent(sample, referrer=self.people["referrer"], number=of)

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
        verbs = referral_verbs(self.people[who], referral, words, self.people[other])
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
        if names_somebody_else(referral):
            possible = [pair for pair in possible if pair[0] == "recognise"]
        action, letter = possible[nth % len(possible)]
        user, other = self.people[LETTERS[letter]], self.people["physician"]
        self.tried(action, referral_verbs(user, referral, SENSIBLE, other)[action])

    @precondition(lambda self: Pathway.objects.filter(status__in=GOES_ON).exists())
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
        pathway = _pick(Pathway.objects.filter(status__in=GOES_ON), which)
        possible = _possible(pathway)
        action, letter = possible[nth % len(possible)]
        user = self.people[LETTERS[letter]]
        other = self.people["psychologist" if action == "join" else "nurse"]
        reason = ending if action == "discontinue" else pause
        if action in ("attend", "stay_away"):
            self.it_is_time_for(pathway)
        self.calls += 1
        desk = PathwayDesk(user, pathway, SENSIBLE, other, days, hour, reason, self.calls)
        self.tried(action, getattr(desk, action))
        self.nobody_writes_to_the_dead(pathway)

    def it_is_time_for(self, pathway: Pathway) -> None:
        """Time passes until after the patient's next appointment."""
        ends = pathway.appointments.booked().earliest("starts_at").starts_at + A_VISIT
        self.now.move_to(max(timezone.now(), ends))

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
            ).exclude(letter__kind=Letter.Kind.FORWARDED)  # goes to another hospital
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


def _possible(pathway: Pathway) -> list[tuple[str, str]]:
    """What can be done at a pathway as it is, each with the letter of each who may."""
    may = [pair for pair in PATHWAY_MAY.at(pathway.status) if hasattr(PathwayDesk, pair[0])]
    booked = pathway.appointments.booked().order_by("starts_at").first()
    if booked is None:
        may = [pair for pair in may if pair[0] not in AT_AN_APPOINTMENT]
    elif booked.interpreter_language:
        may = [("no_interpreter", "S")] * 4 + may  # the first ones are drawn most often
    if pathway.team.current().filter(discipline=Discipline.PSYCHOLOGIST).exists():
        may += [("leave", "P")] * 2
    if Contact.objects.unfinished().filter(patient=pathway.patient).exists():
        may += [("follow_up", "N")] * 2
    return may


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
