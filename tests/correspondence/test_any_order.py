"""Whatever happens in whatever order: handed over when sent, and twice only on a person's word.

Time passes, senders are killed before and after the handing over, providers refuse, take the
message and say nothing, or go wrong; messages are withdrawn; people say what they know.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from enum import StrEnum

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import transaction
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from pytest_django import Settings

from casework.refusals import Refused
from correspondence import channels, deciding, delivery, outbox
from correspondence.models import Attempt, Message, Verdict
from correspondence.parcels import MayHaveLeft, NotDelivered, Parcel
from staff.permissions import Role
from tests.correspondence.factories import a_message
from tests.staff.factories import person

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
Status, Said = Message.Status, Verdict.Said


class Killed(BaseException):
    """The sender is gone: its open transaction is undone, what it committed stands."""


class Fate(StrEnum):
    """What becomes of one handing over."""

    TAKEN = "taken"
    REFUSED = "refused"
    REFUSED_FOR_GOOD = "refused for good"
    TAKEN_IN_SILENCE = "taken, and the answer is lost"
    LOST = "lost on the way, and no answer"
    KILLED_BEFORE = "killed before handing over"
    KILLED_AFTER = "killed after handing over"
    ODD = "goes wrong in a way nobody thought of"


class Provider:
    """Takes parcels, as fate has it; one that drops repetitions does so by the identity."""

    def __init__(self, *, drops_repetitions: bool) -> None:
        self.drops_repetitions = drops_repetitions
        self.fate = Fate.TAKEN
        self.handed_over: Counter[int] = Counter()
        self.reached: Counter[int] = Counter()
        self.known: set[str] = set()

    def __call__(self, parcel: Parcel) -> None:
        if self.fate == Fate.KILLED_BEFORE:
            raise Killed
        if self.fate in (Fate.REFUSED, Fate.REFUSED_FOR_GOOD):
            raise NotDelivered("nej", for_good=self.fate == Fate.REFUSED_FOR_GOOD)
        if self.fate in (Fate.LOST, Fate.ODD):
            raise self._silence(ZeroDivisionError("odd"))
        self.take(parcel.message)
        if self.fate == Fate.KILLED_AFTER:
            raise Killed
        if self.fate == Fate.TAKEN_IN_SILENCE:
            raise self._silence(MayHaveLeft("tavshed"))

    def _silence(self, otherwise: Exception) -> Exception:
        """One that drops repetitions is just asked again."""
        return NotDelivered("tavshed") if self.drops_repetitions else otherwise

    def take(self, message: Message) -> None:
        self.handed_over[message.pk] += 1
        identity = str(message.identity)
        if not (self.drops_repetitions and identity in self.known):
            self.reached[message.pk] += 1
        self.known.add(identity)


class Outbox(RuleBasedStateMachine):
    posted = Bundle("posted")

    @initialize()
    def open(self) -> None:
        self.clock = time_machine.travel(NOON, tick=False)
        self.time = self.clock.start()
        self.empty = transaction.savepoint()
        self.secretary = person(Role.SECRETARY)
        for name, provider in PROVIDERS.items():
            provider.__init__(drops_repetitions=name == "dropping")  # type: ignore[misc]  # as new

    def teardown(self) -> None:
        if not hasattr(self, "empty"):
            return
        try:
            self.nothing_is_stuck_when_all_is_well_again()
        finally:
            transaction.savepoint_rollback(self.empty)
            self.clock.stop()

    @rule(target=posted, channel=st.sampled_from(["sms", "email"]))
    def post(self, channel: str) -> int:
        return a_message(channel=channel, address="a@example.dk").pk

    @rule(pk=posted, fate=st.sampled_from(Fate))
    def ring(self, pk: int, fate: Fate) -> None:
        with_fate(fate, lambda: delivery.deliver(pk))

    @rule(fate=st.sampled_from(Fate))
    def sweep(self, fate: Fate) -> None:
        with_fate(fate, lambda: delivery.sweep(most=3))

    @rule(minutes=st.sampled_from([0.05, 0.2, 2, 30, 800]))
    def wait(self, minutes: float) -> None:
        self.time.shift(dt.timedelta(minutes=minutes))

    @rule(pk=posted)
    def withdraw(self, pk: int) -> None:
        message = Message.objects.get(pk=pk)
        before = total(pk)
        if outbox.withdraw(message.key):
            delivery.deliver(pk)
            assert total(pk) == before

    @rule(pk=posted, sent=st.booleans())
    def say(self, pk: int, sent: bool) -> None:
        message = Message.objects.get(pk=pk)
        verb = deciding.say_sent if sent else deciding.send_again
        try:
            verb(self.secretary, pk, deciding.last_attempt(message))
        except Refused:
            assert message.status not in (Status.UNCERTAIN, Status.FAILED) or (
                message.status == Status.FAILED if sent else message.is_overtaken
            )

    @invariant()
    def what_is_sent_was_handed_over_or_somebody_said_so(self) -> None:
        for pk in self.pks(Status.SENT):
            assert total(pk) or Verdict.objects.filter(message=pk, said=Said.SENT).exists()

    @invariant()
    def it_reaches_nobody_twice_where_repetitions_are_dropped(self) -> None:
        assert all(times == 1 for times in PROVIDERS["dropping"].reached.values())

    @invariant()
    def it_is_handed_over_twice_on_a_persons_word_only(self) -> None:
        for pk, times in PROVIDERS["keeping"].handed_over.items():
            words = Verdict.objects.filter(message=pk, said=Said.AGAIN).count()
            assert times <= 1 + words

    @invariant()
    def every_handing_over_has_its_attempt(self) -> None:
        for provider in PROVIDERS.values():
            for pk, times in provider.handed_over.items():
                assert Attempt.objects.filter(message=pk).count() >= times

    @invariant()
    def an_open_attempt_belongs_to_a_message_that_will_be_looked_at(self) -> None:
        open_ones = Attempt.objects.filter(ended_at=None)
        assert set(open_ones.values_list("message__status", flat=True)) <= {Status.QUEUED}

    def nothing_is_stuck_when_all_is_well_again(self) -> None:
        for _ in range(3):
            self.time.shift(dt.timedelta(days=1))
            with_fate(Fate.TAKEN, delivery.sweep)
        assert not self.pks(Status.QUEUED)
        self.what_is_sent_was_handed_over_or_somebody_said_so()
        self.it_is_handed_over_twice_on_a_persons_word_only()
        self.it_reaches_nobody_twice_where_repetitions_are_dropped()

    def pks(self, status: str) -> list[int]:
        if not hasattr(self, "empty"):
            return []
        return list(Message.objects.filter(status=status).values_list("pk", flat=True))


PROVIDERS = {
    "dropping": Provider(drops_repetitions=True),
    "keeping": Provider(drops_repetitions=False),
}


def with_fate(fate: Fate, act: Callable[[], object]) -> None:
    for provider in PROVIDERS.values():
        provider.fate = fate
    try:
        act()
    except Killed:
        return


def total(pk: int) -> int:
    return sum(provider.handed_over[pk] for provider in PROVIDERS.values())


@pytest.mark.django_db
def test_whatever_happens_it_is_sent_once_or_a_person_was_asked(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    carriers = {
        name: channels.Carrier(provider, drops_repetitions=provider.drops_repetitions)
        for name, provider in PROVIDERS.items()
    }
    monkeypatch.setattr(channels, "CARRIERS", {**channels.CARRIERS, **carriers})
    ours = {"sms": "dropping", "email": "keeping"}
    settings.OUTBOX_CHANNELS = django_settings.OUTBOX_CHANNELS | ours
    run_state_machine_as_test(Outbox, settings=HOW_MUCH)


HOW_MUCH = settings(max_examples=40, stateful_step_count=25, deadline=None)
