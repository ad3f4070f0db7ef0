"""The report of decisions against the criteria: what is counted, and who reads what."""

import datetime as dt
from collections.abc import Callable, Mapping
from importlib import import_module

import pgtrigger
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from admission.criteria import Destination
from oversight.against import Overview, last_year, names, overview
from oversight.period import Period
from referrals import triage
from referrals.models import Decision
from referrals.models.decision import NO_CRITERION
from staff.models import User
from staff.permissions import Permission, Role, may
from tests.referrals.cases import (
    ADVICE,
    CANCER,
    PEOPLE,
    accepted_by,
    advised,
    declined,
    sent,
    the_centre,
)
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
People = Mapping[Role, User]
ClientFor = Callable[[User], Client]
REASON = "Kræften er i ro"


@pytest.fixture
def people() -> People:
    return the_centre()


@pytest.fixture
def decided(people: People) -> People:
    """Five decisions: one follows the criteria, three go against them, one is about advice."""
    physician = people[Role.PHYSICIAN]
    accepted_by(physician, sent(CANCER, number=PEOPLE[0]), reason=REASON)
    triage.redirect(
        people[Role.SECRETARY], sent(CANCER).pk, 1, Destination.PALLIATIVE, "Send dem dertil.", ""
    )
    triage.redirect(physician, sent().pk, 1, Destination.HEADACHE, "Brev", "Hovedpinen fylder")
    declined(physician, sent())
    advised(people[Role.SECRETARY], physician, sent(ADVICE).pk)
    return people


def numbers(period: Period | None = None) -> Overview:
    return overview(period or last_year(), names())


def page(client: Client, **asked: str) -> str:
    answer = client.get(reverse("oversight:against"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_nothing_decided_is_nothing_against() -> None:
    assert numbers() == Overview(0, 0, ())
    assert numbers().share == 0


def test_each_criterion_is_counted_with_its_share_and_roles(decided: People) -> None:
    found = numbers()
    assert (found.decisions, found.against, found.share) == (4, 3, 75.0)
    told = {line.code: (line.count, line.share, line.by_role) for line in found.lines}
    one_by_a_physician = (1, 25.0, (("læge", 1),))
    assert told == dict.fromkeys(
        ("no_active_cancer", "headache_not_main", NO_CRITERION), one_by_a_physician
    )


def test_a_decision_against_two_criteria_is_one_decision_and_counts_for_both(
    people: People,
) -> None:
    triage.redirect(
        people[Role.PHYSICIAN], sent().pk, 1, Destination.PALLIATIVE, "Brev", "Smerterne er maligne"
    )
    found = numbers()
    assert (found.against, sum(line.count for line in found.lines)) == (1, 2)


def test_what_only_waits_for_a_signature_is_not_counted(people: People) -> None:
    declined(people[Role.SECRETARY], sent(), people[Role.PHYSICIAN])
    assert numbers().decisions == 0


def test_both_days_of_the_period_count_by_the_clock_in_denmark(people: People) -> None:
    late_on_the_ninth = dt.datetime(2026, 6, 9, 21, 30, tzinfo=dt.UTC)  # 23.30 in Denmark
    with time_machine.travel(late_on_the_ninth):
        declined(people[Role.PHYSICIAN], sent())
    eighth, ninth, tenth = (dt.date(2026, 6, day) for day in (8, 9, 10))
    assert numbers(Period(ninth, ninth)).decisions == 1
    assert numbers(Period(eighth, eighth)).decisions == 0
    assert numbers(Period(tenth, tenth)).decisions == 0


@pytest.mark.parametrize("role", Role)
def test_only_who_looks_after_the_rules_opens_it(role: Role, client_for: ClientFor) -> None:
    answer = client_for(person(role)).get(reverse("oversight:against"))
    allowed = may(role, Permission.VIEW_OVERVIEW) or may(role, Permission.DRAFT_RULES)
    assert answer.status_code == (200 if allowed else 403)


def test_referrals_are_for_who_may_see_them_and_reasons_stand_on_the_referral(
    decided: People, client_for: ClientFor
) -> None:
    physicians = page(client_for(decided[Role.PHYSICIAN]))
    managers = page(client_for(decided[Role.MANAGER]))
    reference = Decision.objects.exclude(against=[]).earliest("pk").referral.reference
    assert reference in physicians
    assert decided[Role.PHYSICIAN].name in physicians
    assert reference not in managers
    assert 'id="decisions"' not in managers
    for told in (physicians, managers):
        assert REASON not in told
        assert "Ingen aktiv kræft" in told


def test_a_decision_counts_for_the_role_its_signer_had(decided: People) -> None:
    decided[Role.PHYSICIAN].role = Role.MANAGER
    decided[Role.PHYSICIAN].save()
    assert {line.by_role for line in numbers().lines} == {(("læge", 1),)}
    with pgtrigger.ignore("referrals.Decision:signed_is_final"):
        Decision.objects.update(signed_as="")  # as signed before the code was kept
    assert {line.by_role for line in numbers().lines} == {(("leder", 1),)}


def test_acceptances_from_before_say_what_they_went_against(people: People) -> None:
    against, within = sent(CANCER, number=PEOPLE[0]), sent(number=PEOPLE[1])
    accepted_by(people[Role.PHYSICIAN], against, reason=REASON)
    accepted_by(people[Role.PHYSICIAN], within)
    with pgtrigger.ignore("referrals.Decision:signed_is_final"):
        Decision.objects.update(against=[])
    migration = import_module("referrals.migrations.0003_decided_against")
    migration.tell_what_was_not_met(None, None)
    told = dict(Decision.objects.values_list("referral", "against"))
    assert told == {against.pk: ["no_active_cancer"], within.pk: []}


def test_the_list_can_be_narrowed_to_one_criterion(decided: People, client_for: ClientFor) -> None:
    client = client_for(decided[Role.PHYSICIAN])
    narrowed = client.get(reverse("oversight:against"), {"criterion": "headache_not_main"})
    assert [row["criteria"] for row in narrowed.context["rows"]] == [
        ["Hovedpine er ikke hovedproblemet"]
    ]
    assert len(client.get(reverse("oversight:against")).context["rows"]) == 3
    nonsense = client.get(reverse("oversight:against"), {"criterion": "' or 1"})
    assert len(nonsense.context["rows"]) == 3


def test_a_period_that_runs_backwards_says_so_and_shows_the_last_year(
    decided: People, client_for: ClientFor
) -> None:
    told = page(client_for(decided[Role.MANAGER]), first="9.6.2026", last="8.6.2026")
    assert "Perioden slutter, før den begynder." in told
    assert "Ingen aktiv kræft" in told


def test_a_chosen_period_without_decisions_is_empty(decided: People, client_for: ClientFor) -> None:
    told = page(client_for(decided[Role.MANAGER]), first="1.1.2020", last="31.1.2020")
    assert "Ingen afgørelser mod kriterierne" in told


def test_more_decisions_cost_no_more_queries(
    people: People, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_for(people[Role.PHYSICIAN])
    page(client)
    for _round in range(3):
        declined(people[Role.PHYSICIAN], sent())
        with django_assert_num_queries(8):
            page(client)
