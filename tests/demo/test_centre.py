"""The demo centre is alive: every status and track, deadlines kept and missed, a month of calls."""

import datetime as dt
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Count, Sum
from django.utils import timezone

from admission.criteria import Destination
from casework.clock import NOTHING, clocks, sums
from correspondence.models import Message
from correspondence.posting import next_print
from demo.centre import make_centre
from demo.patients import official
from medication.models import MedicationList
from medication.reading_list import read_list
from pathways import lifecycle as pathways
from pathways.clocks import on_the_way
from pathways.models import Appointment, Contact, Pathway, PathwayTransition
from pathways.tracks import Track
from patients.identity import Sex
from patients.models import Patient
from referrals import lifecycle as referrals
from referrals.models import Decision, Draft, Judgement, Referral, ReferralTransition
from staff.models import FULL_TIME_HOURS, ReferringUnit, User
from staff.permissions import Role
from staff.working_days import add_weekdays, is_open
from tests.casework.splits import add
from tests.demo.conftest import Made
from tests.demo.test_numbers import is_nobodys

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.xdist_group("living centre"),
]


# A password that nobody can use is random, history is stamped by the database's own clock, and a
# check of deadlines has a number of its own.
OWN_WILL = ("password", "pgh_created_at", "run")

Rows = dict[str, list[dict[str, Any]]]


def _everything() -> Rows:
    models = [model for room in settings.ROOMS for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: _rows(model) for model in models}


def _rows(model: Any) -> list[dict[str, Any]]:
    rows = model._base_manager.order_by("pk").values()
    return [{name: row[name] for name in row if name not in OWN_WILL} for row in rows]


@pytest.fixture(scope="module", autouse=True)
def made_before(
    while_made: Callable[[Callable[[], None]], Made], a_tuesday: dt.date
) -> Iterator[Rows]:
    """The centre that the tests look at; what they get is the same one made once before."""
    with while_made(lambda: make_centre(a_tuesday, seed=1)):
        before = _everything()
    with while_made(lambda: make_centre(a_tuesday, seed=1)):
        yield before


def test_the_same_seed_gives_the_same_centre_row_by_row(made_before: Rows) -> None:
    now = _everything()
    assert now.keys() == made_before.keys()
    for label in now:
        assert now[label] == made_before[label], label


def test_staff_is_the_decks() -> None:
    hours = dict(User.objects.values_list("role").annotate(hours=Sum("weekly_hours")).order_by())
    full_time = {role: hours[role] / FULL_TIME_HOURS for role in hours}
    assert full_time[Role.PHYSICIAN] == Decimal("5.5")
    assert full_time[Role.NURSE] == 7
    assert full_time[Role.PHYSIOTHERAPIST] == 2
    assert full_time[Role.PSYCHOLOGIST] == 3
    assert full_time[Role.SOCIAL_WORKER] == 2
    assert set(hours) == set(Role)


def test_nobody_has_a_password() -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_practices_and_departments_have_people() -> None:
    kinds = ReferringUnit.Kind
    people = User.objects.filter(role=Role.REFERRER)
    assert people.filter(unit__kind=kinds.PRACTICE).values("unit").distinct().count() == 6
    assert people.filter(unit__kind=kinds.DEPARTMENT).values("unit").distinct().count() == 2


def test_every_status_of_a_referral_is_there() -> None:
    assert set(Referral.objects.values_list("status", flat=True)) == set(referrals.Status)


def test_every_verb_has_been_used() -> None:
    told = set(ReferralTransition.objects.values_list("verb", flat=True))
    assert set(referrals.Verb) - told == {referrals.Verb.RELEASED}
    assert set(PathwayTransition.objects.values_list("verb", flat=True)) == set(pathways.Verb)


def test_every_track_has_waiting_and_active_and_finished_pathways() -> None:
    found = set(Pathway.objects.values_list("track", "status"))
    stages = (pathways.Status.WAITING, pathways.Status.ACTIVE, pathways.Status.COMPLETED)
    assert {(track, stage) for track in Track for stage in stages} <= found
    assert pathways.Status.DISCONTINUED in {status for _track, status in found}


@pytest.mark.parametrize(
    "destination", ["palliative", "headache", "paediatric", "misuse", "alcohol"]
)
def test_somebody_was_shown_the_way_to(destination: str) -> None:
    assert Decision.objects.filter(destination=destination, signed_at__isnull=False).exists()
    assert destination in Destination.values


def test_a_few_are_overdue(a_tuesday: dt.date) -> None:
    assert 3 <= Referral.objects.overdue(a_tuesday).count() <= 8
    assert 3 <= Pathway.objects.overdue(a_tuesday).count() <= 10


def test_every_official_test_person_is_known_here() -> None:
    known = set(Patient.objects.values_list("number", flat=True))
    drafted = {
        draft.answers["patient"]["number"].replace("-", "") for draft in Draft.objects.unsent()
    }
    assert set(official()) <= known | drafted


def test_everybody_else_has_a_number_that_is_nobodys() -> None:
    others = Patient.objects.exclude(number__in=official()).values_list("number", flat=True)
    assert len(others) > 50
    assert all(map(is_nobodys, others))


def test_patients_are_like_the_decks(a_tuesday: dt.date) -> None:
    patients = list(Patient.objects.all())
    women = sum(patient.sex == Sex.FEMALE for patient in patients)
    interpreted = sum(bool(patient.interpreter_language) for patient in patients)
    assert women > len(patients) / 2
    assert 0.15 <= interpreted / len(patients) <= 0.25
    assert all("Test" in patient.given_names for patient in patients)


def test_back_pain_is_the_largest_group() -> None:
    diagnoses = Pathway.objects.values_list("diagnosis").annotate(n=Count("pk")).order_by("-n")
    assert diagnoses[0][0].startswith(("Lumbal", "Lænde", "Postlaminektomi"))


def test_most_take_opioids_already() -> None:
    sent = [judgement.submission.answers["medicine"]["line"] for judgement in _judgements()]
    sums = [read_list(lines).equivalents for lines in sent]
    taking = [each for each in sums if each.regular or each.as_needed]
    assert 0.5 <= len(taking) / len(sent) <= 0.8


def test_doses_are_followed_over_time_and_go_down() -> None:
    tapered = 0
    for patient in Patient.objects.filter(medication_lists__source="clinic").distinct():
        lists = MedicationList.objects.of(patient).filter(source="clinic")
        doses = [each.regular_mg for each in lists.order_by("as_of")]
        assert doses == sorted(doses, reverse=True)
        tapered += len(doses) > 1
    assert tapered >= 5


def test_some_lists_are_out_of_the_ordinary() -> None:
    sent = MedicationList.objects.filter(source="referral")
    assert sent.filter(regular_mg__gt=100).exists()
    assert sent.filter(regular_mg=60, lowest_mg=40, highest_mg=80).exists()  # tramadol 400 mg
    assert sent.filter(at_least=True).exists()


def test_children_do_not_meet_the_age_criterion(a_tuesday: dt.date) -> None:
    sent = [one.submission.referral for one in _judgements() if one.not_met]
    unmet = {referral.patient_id for referral in sent}
    referrals = Referral.objects.select_related("patient")
    children = [one for one in referrals if one.patient.age_on(one.received_on) < 18]
    assert len(children) >= 8
    assert {child.patient_id for child in children} <= unmet
    assert not any(child.pathway_id for child in children)


def _judgements() -> list[Judgement]:
    return list(Judgement.objects.select_related("submission__referral"))


def test_what_was_sent_against_the_criteria_has_a_reason() -> None:
    unmet = [one.submission for one in _judgements() if one.not_met]
    assert unmet
    assert all(submission.despite for submission in unmet)


def test_a_question_is_half_answered() -> None:
    assert Draft.objects.unsent().filter(completes__isnull=False).count() == 1
    assert Draft.objects.unsent().filter(completes__isnull=True).count() >= 4


def test_the_phone_rang_on_every_open_day_of_the_month(a_tuesday: dt.date) -> None:
    month = [add_weekdays(a_tuesday, -n) for n in range(1, 20)]
    rang = {timezone.localdate(at) for at in Contact.objects.values_list("at", flat=True)}
    assert {day for day in month if is_open(day)} <= rang


def test_calls_are_owed_one_of_them_too_late(a_tuesday: dt.date) -> None:
    owed = list(Contact.objects.unfinished())
    assert any(one.is_question for one in owed)
    late = [one for one in owed if timezone.localdate(one.follow_up_due_at) < a_tuesday]
    assert len(late) == 1


def test_reminders_have_work(a_tuesday: dt.date) -> None:
    begin = dt.datetime.combine(a_tuesday, dt.time(0), tzinfo=dt.UTC)
    soon = Appointment.objects.booked().filter(
        starts_at__gte=begin, starts_at__lt=begin + dt.timedelta(days=8)
    )
    assert soon.count() >= 5


def test_every_outcome_of_an_appointment_is_there() -> None:
    outcomes = set(Appointment.objects.values_list("status", flat=True))
    assert outcomes == set(Appointment.Status)


def test_nothing_has_happened_that_is_still_to_come(a_tuesday: dt.date) -> None:
    for model, field in ((ReferralTransition, "at"), (PathwayTransition, "at"), (Contact, "at")):
        latest = model.objects.order_by(f"-{field}").first()
        assert latest is not None
        assert timezone.localdate(getattr(latest, field)) < a_tuesday


def test_the_outbox_holds_nothing_back() -> None:
    waiting = Message.objects.waiting()
    assert not waiting.exclude(channel=Message.Channel.LETTER).exists()
    assert all(message.next_attempt_at == next_print(timezone.now()) for message in waiting)
    assert Message.objects.filter(status=Message.Status.FAILED).count() == 1


@pytest.mark.parametrize("model", [Referral, Pathway])
def test_the_split_of_time_adds_up_to_the_total_for_every_case(model: Any) -> None:
    now, cases = timezone.now(), list(model.objects.all())
    for case, clock in zip(cases, map(clocks(cases, now).get, (c.pk for c in cases)), strict=True):
        assert clock is not None
        assert sum(clock.shares.values(), NOTHING) == clock.total
        assert clock.is_running == case.is_open
        assert case.is_open or clock.end == case.closed_at
    for status, shares in sums(model.objects.all(), "status", now).items():
        mine = clocks([case for case in cases if case.status == status], now).values()
        assert shares == add(clock.shares for clock in mine)


def test_every_pathway_and_its_referral_are_one_way_whose_split_adds_up() -> None:
    for pathway in Pathway.objects.all():
        whole = on_the_way(pathway).clock
        assert sum(whole.shares.values(), NOTHING) == whole.total
        assert whole.start == pathway.referral.transitions.earliest("sequence").at
