"""A large centre's rows are as the verbs leave them: constraints hold, and pages can read them."""

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from django.db import connection

from admission.judging import judge
from admission.kept import finding_as_json
from admission.routing import propose
from admission.versions import in_force
from demo.filed import MOST_OPEN
from demo.large import make_large_centre
from pathways.lifecycle import PATHWAY
from pathways.lifecycle import Status as PathwayStatus
from pathways.models import Pathway
from pathways.team import check_plan
from patients.models import Patient
from referrals.answers import facts_of, problems, sections, sources_of
from referrals.judging import facts_judged
from referrals.lifecycle import REFERRAL, Status
from referrals.models import Decision, Judgement, Referral
from referrals.proposals import decided_plan
from tests.demo.conftest import Made
from tests.demo.test_numbers import is_nobodys

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("large centre")]
SIZE = 300


@pytest.fixture(scope="module", autouse=True)
def _centre(while_made: Callable[[Callable[[], None]], Made], a_tuesday: dt.date) -> Iterator[None]:
    with while_made(lambda: make_large_centre(a_tuesday, 1, SIZE)):
        yield


def _judgements() -> list[Judgement]:
    related = ("submission__referral__unit", "submission__referral__patient")
    return list(Judgement.objects.select_related(*related).order_by("pk"))


def test_all_constraints_hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    assert Referral.objects.count() == SIZE


def test_every_status_is_there() -> None:
    assert set(Referral.objects.values_list("status", flat=True)) == set(Status)
    found = set(Pathway.objects.values_list("status", flat=True))
    assert {PathwayStatus.ACTIVE, PathwayStatus.COMPLETED} <= found


def test_the_queue_is_of_the_last_three_weeks_and_bounded(a_tuesday: dt.date) -> None:
    still_open = Referral.objects.still_open()
    assert still_open.count() == min(SIZE // 4, MOST_OPEN)
    assert still_open.earliest("received_on").received_on > a_tuesday - dt.timedelta(days=31)
    first = Referral.objects.earliest("received_on").received_on
    assert (a_tuesday - first).days > 9 * 365


def test_every_case_has_walked_an_allowed_way() -> None:
    for lifecycle, cases in ((REFERRAL, Referral.objects), (PATHWAY, Pathway.objects)):
        for case in cases.prefetch_related("transitions"):
            steps = list(case.transitions.all())
            assert [step.sequence for step in steps] == list(range(1, case.version + 1))
            assert steps[-1].to_status == case.status
            for before, step in pairwise(steps):
                assert step.from_status == before.to_status
                assert step.at >= before.at
                assert lifecycle.allows(step.from_status, step.to_status)


def test_every_referral_is_judged_as_the_criteria_judge_it() -> None:
    for judgement in _judgements():
        submission = judgement.submission
        referral = submission.referral
        rules, facts = in_force(referral.received_on), facts_judged(judgement)
        sources = sources_of(submission.answers)
        assert facts == facts_of(submission.answers, referral.unit, referral.received_on)
        assert (referral.judgement_id, judgement.rules_number) == (judgement.pk, rules.number)
        assert judgement.findings == [
            finding_as_json(finding, facts, sources) for finding in judge(facts, rules)
        ]
        assert judgement.routing == propose(facts, rules).as_json()


def test_every_referral_could_have_been_sent_and_can_be_read() -> None:
    for judgement in _judgements():
        answers, referral = judgement.submission.answers, judgement.submission.referral
        assert problems(answers, referral.unit, referral.received_on) == []
        assert all(section.rows for section in sections(answers, on=referral.received_on))
        assert referral.patient.age_on(referral.received_on) >= 18


def test_every_accepted_referral_has_its_pathway_and_plan() -> None:
    accepted = Decision.objects.filter(kind="accept", signed_at__isnull=False)
    for decision in accepted.select_related("referral__pathway__responsible"):
        plan = decided_plan(decision)
        check_plan(plan)
        pathway = decision.referral.pathway
        assert pathway is not None
        assert (pathway.track, pathway.responsible) == (plan.track, plan.responsible)
        team = {(seat.user.pk, str(seat.discipline)) for seat in plan.team}
        assert team == set(pathway.team.values_list("user_id", "discipline"))


def test_all_numbers_belong_to_nobody() -> None:
    numbers = list(Patient.objects.values_list("number", flat=True))
    assert len(numbers) > SIZE / 2
    assert all(map(is_nobodys, numbers))


def test_the_next_row_gets_the_next_number() -> None:
    patient = Patient.objects.create(number="0000000000", birth_date=dt.date(1980, 5, 5))
    assert patient.pk == Patient.objects.exclude(pk=patient.pk).count() + 1
    patient.delete()
