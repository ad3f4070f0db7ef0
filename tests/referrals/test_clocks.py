"""A question to the referrer stops the centre's own clock, and not the law's."""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casework.clock import NOTHING
from casework.lifecycle import Holder
from correspondence.models import Message
from pathways.clocks import on_the_way, rights
from pathways.rights import Right
from patients.models import Wish
from referrals import triage
from referrals.clocks import clocks_of, decide_by
from referrals.lifecycle import Status
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.referrals import cases
from tests.referrals.cases import accepted_by, at, sent

pytestmark = pytest.mark.django_db

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
RECEIVED = dt.datetime(2026, 11, 2, 10, tzinfo=COPENHAGEN)  # a Monday
A_DAY = dt.timedelta(days=1)
People = Mapping[Role, User]


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(RECEIVED, tick=False) as traveller:
        yield traveller


def asked(people: People, now: time_machine.Traveller) -> Referral:
    """Asked about on the Tuesday."""
    referral = sent()
    now.shift(A_DAY)
    triage.ask(people[Role.SECRETARY], referral.pk, 1, "Siden hvornår?", [])
    return Referral.objects.get()


def answered(referral: Referral) -> Referral:
    cases.answered(referral)
    return Referral.objects.get()


def test_while_the_referrer_is_asked_the_laws_days_run_and_the_centres_stand_still(
    now: time_machine.Traveller, people: People
) -> None:
    before = clocks_of(sent())
    assert [target.due_on for target in before.law] == [dt.date(2026, 11, 12), dt.date(2026, 12, 2)]
    assert before.own[0].due_on == dt.date(2026, 11, 9)
    now.shift(A_DAY)
    triage.ask(people[Role.SECRETARY], Referral.objects.get().pk, 1, "Siden hvornår?", [])
    now.shift(7 * A_DAY)  # five weekdays
    after = clocks_of(Referral.objects.get())
    assert [target.due_on for target in after.law] == [target.due_on for target in before.law]
    assert after.own[0].due_on == dt.date(2026, 11, 16)
    assert after.own[0].stands_still
    assert after.clock.with_whom == Holder.REFERRER


def test_the_answer_starts_the_centres_clock_where_it_stopped(
    now: time_machine.Traveller, people: People
) -> None:
    referral = asked(people, now)
    now.shift(7 * A_DAY)
    referral = answered(referral)
    now.shift(A_DAY)
    (decision,) = clocks_of(referral).own
    assert decision.due_on == dt.date(2026, 11, 16)
    assert not decision.stands_still


def test_an_accepted_referral_and_its_pathway_show_the_same_whole_way(
    now: time_machine.Traveller, people: People
) -> None:
    referral = asked(people, now)
    now.shift(3 * A_DAY)
    accepted_by(people[Role.PHYSICIAN], answered(referral))
    referral = Referral.objects.get()
    assert clocks_of(referral).law[0].met_on is None, "the letter has not left yet"
    notice = Message.objects.filter(kind=Message.Kind.PATIENT_NOTICE)
    notice.update(status=Message.Status.SENT, sent_at=timezone.now())
    now.shift(20 * A_DAY)
    assert referral.pathway is not None
    seen, shown = on_the_way(referral.pathway), clocks_of(referral)
    assert seen == shown
    assert shown.clock.total == 24 * A_DAY == sum(shown.clock.shares.values(), NOTHING)
    assert shown.clock.shares == {Holder.CENTRE: 21 * A_DAY, Holder.REFERRER: 3 * A_DAY}
    letter, treatment = shown.law
    assert letter.met_on == dt.date(2026, 11, 6)
    assert (treatment.met_on, treatment.due_on) == (None, dt.date(2026, 12, 2))


@pytest.mark.parametrize(
    ("right", "due_on", "label"),
    [
        (None, dt.date(2023, 10, 4), "Behandling eller udredning (§§ 87 og 82 b)"),
        (Right.INVESTIGATION, dt.date(2023, 10, 4), "Udredning (sundhedsloven § 82 b)"),
        (Right.TREATMENT, dt.date(2023, 11, 3), "Behandling (sundhedsloven § 87)"),
    ],
)
def test_the_earlier_of_the_rights_counts_until_one_is_decided(
    right: Right | None, due_on: dt.date, label: str
) -> None:
    target = rights(dt.date(2023, 9, 4), None, right=right)[1]  # treatment had 60 days then
    assert (target.due_on, str(target.label)) == (due_on, label)


@pytest.mark.parametrize("right", Right)
def test_a_received_patients_clock_is_that_of_the_right_decided(
    right: Right, people: People
) -> None:
    referral = sent()
    assert str(clocks_of(referral).law[1].label).startswith("Behandling eller udredning")
    accepted_by(people[Role.PHYSICIAN], referral, right=right)
    assert clocks_of(Referral.objects.get()).law[1].label == right.label


@pytest.mark.parametrize("status", [Status.REDIRECTED, Status.DECLINED, Status.WITHDRAWN])
def test_who_was_not_received_is_not_waited_for(
    status: Status, now: time_machine.Traveller, people: People
) -> None:
    referral = at(status, people)
    now.shift(90 * A_DAY)
    shown = clocks_of(referral)
    assert [target for target in shown.law if target.met_on is None] == []
    assert shown.own[0].met_on == RECEIVED.date()
    assert not shown.clock.is_running
    assert shown.clock.total < A_DAY


def test_what_comes_back_late_is_due_today_so_that_it_is_told_again(
    now: time_machine.Traveller, people: People
) -> None:
    referral = asked(people, now)
    now.shift(A_DAY)
    referral = answered(referral)
    now.shift(20 * A_DAY)
    assert clocks_of(referral).own[0].due_on < timezone.localdate() == decide_by(referral)


def test_the_page_shows_both_clocks(now: time_machine.Traveller, secretary: Client) -> None:
    referral = sent()
    page = secretary.get(reverse("referrals:referral", args=[referral.pk])).content.decode()
    for words in ("Hvem har bolden?", "Lovens ur", "Brev til patienten (§ 90)", "Centrets ur"):
        assert words in page


def test_a_wish_is_written_down_on_the_referral(secretary: Client) -> None:
    referral = sent()
    address = reverse("referrals:patients_wish", args=[referral.pk])
    typed = {"key": f"{uuid.uuid4()}", "kind": "free_choice", "day": "", "words": ""}
    answer = secretary.post(address, typed)
    assert answer.headers["Location"] == reverse("referrals:referral", args=[referral.pk])
    assert Wish.objects.get().patient == referral.patient
    page = secretary.get(answer.headers["Location"]).content.decode()
    assert "Patienten ønsker et andet sygehus (frit sygehusvalg)" in page
