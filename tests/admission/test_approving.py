"""Approving: by another person, from a day to come, one version at a time."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from admission.approving import approve, check_can_approve, earliest_day, latest_day, refusal
from admission.drafting import begin, change, discard, rebase
from admission.models import RuleSet
from admission.rules import DECK
from admission.versions import in_force
from casework.refusals import Refused, Stale
from staff.permissions import Permission, Role, roles_with
from tests.admission.versions import MONTHS, WHY, YEARS, a_draft, an_approved, deck
from tests.staff.factories import person
from tests.threads import at_once

pytestmark = pytest.mark.django_db
APPROVERS = roles_with(Permission.APPROVE_RULES)


def test_an_approved_version_has_the_next_number_and_says_who_as_what_and_when() -> None:
    manager = person(Role.MANAGER)
    approved = an_approved(by=manager)
    approved.refresh_from_db()
    assert (approved.number, approved.status) == (2, "approved")
    assert (approved.approved_by, approved.approved_role) == (manager, "manager")
    assert approved.approver == "Mads Leder (leder)"
    assert approved.approved_at is not None


def test_it_judges_from_its_day_and_the_one_before_until_then() -> None:
    day = timezone.localdate() + timedelta(days=30)
    an_approved({MONTHS: 3}, valid_from=day)
    assert in_force(day - timedelta(days=1)) is DECK
    assert in_force(day).criteria["duration"].limit == 3
    assert in_force(day).number == 2


@pytest.mark.parametrize("role", list(Role))
def test_only_another_person_who_may_approves(role: Role) -> None:
    draft, user = a_draft(), person(role)
    if role in APPROVERS:
        check_can_approve(user, draft)
    else:
        assert refusal(user, draft) == "Det er lægerne og lederen, der godkender regler."


@pytest.mark.parametrize("role", APPROVERS)
def test_whoever_drafted_it_does_not_approve_it(role: Role) -> None:
    drafter = person(role)
    draft = a_draft(by=drafter)
    with pytest.raises(Refused, match="Du har selv skrevet kladden"):
        approve(drafter, draft.pk, draft.version, earliest_day())


def test_not_even_the_database_lets_the_drafter_approve() -> None:
    draft = a_draft()
    with pytest.raises(IntegrityError), transaction.atomic():
        RuleSet.objects.filter(pk=draft.pk).update(
            status="approved",
            number=2,
            valid_from=earliest_day(),
            approved_by=draft.drafted_by,
            approved_role="physician",
            approved_at=timezone.now(),
        )


def test_an_approved_version_is_changed_and_deleted_no_more() -> None:
    approved = an_approved()
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        RuleSet.objects.filter(pk=approved.pk).update(why="noget andet")
    with pytest.raises(ProgrammingError, match="Cannot delete"), transaction.atomic():
        RuleSet.objects.filter(pk=approved.pk).delete()


@pytest.mark.parametrize("days", [-365, -1, 0])
def test_what_was_received_keeps_its_version(days: int) -> None:
    draft, day = a_draft(), timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refused, match="Versionen kan tidligst gælde fra den"):
        approve(person(Role.MANAGER), draft.pk, draft.version, day)


@pytest.mark.parametrize("days", [1, 30, 60, 90])
def test_a_version_that_has_not_begun_is_replaced_by_the_next_one(days: int) -> None:
    today = timezone.localdate()
    an_approved({MONTHS: 3}, valid_from=today + timedelta(days=60))
    begins = today + timedelta(days=days)
    an_approved({MONTHS: 4}, valid_from=begins)
    assert in_force(begins).criteria["duration"].limit == 4
    assert in_force(begins + timedelta(days=365)).criteria["duration"].limit == 4
    assert in_force(begins - timedelta(days=1)).criteria["duration"].limit == (
        3 if days > 60 else 6
    )


def test_a_day_beyond_a_year_is_a_slip_of_the_finger() -> None:
    draft = a_draft({MONTHS: 3})
    with pytest.raises(Refused, match="Er årstallet rigtigt"):
        approve(person(Role.MANAGER), draft.pk, draft.version, latest_day() + timedelta(days=1))
    approve(person(Role.MANAGER), draft.pk, draft.version, latest_day())


def test_a_draft_that_another_version_has_overtaken_is_carried_over_first() -> None:
    draft, manager = a_draft({MONTHS: 3}), person(Role.MANAGER)
    an_approved({YEARS: 16})
    with pytest.raises(Refused, match="bygger på version 1, men version 2 er godkendt siden"):
        approve(manager, draft.pk, draft.version, earliest_day())
    moved = rebase(draft.drafted_by, draft.pk, draft.version)
    approved = approve(manager, moved.pk, moved.version, earliest_day())
    assert approved.rules.criteria["adult"].limit == 16
    assert approved.rules.criteria["duration"].limit == 3


def test_a_draft_that_changes_nothing_is_no_version() -> None:
    draft = begin(person(Role.PHYSICIAN))
    with pytest.raises(Refused, match="siger det samme som version 1"):
        approve(person(Role.MANAGER), draft.pk, draft.version, earliest_day())


@pytest.mark.parametrize("why", ["", "  \n "])
def test_a_version_says_why(why: str) -> None:
    draft = a_draft(why=why)
    with pytest.raises(Refused, match="hvorfor reglerne ændres"):
        approve(person(Role.MANAGER), draft.pk, draft.version, earliest_day())


def test_nobody_approves_what_they_have_not_read() -> None:
    draft = a_draft()
    read_at = draft.version
    change(draft.drafted_by, draft.pk, read_at, deck({MONTHS: 1}), WHY)
    with pytest.raises(Stale, match="ændrede kladden"):
        approve(person(Role.MANAGER), draft.pk, read_at, earliest_day())


def test_what_is_settled_is_not_settled_again() -> None:
    draft = a_draft()
    discard(draft.drafted_by, draft.pk, draft.version)
    with pytest.raises(Refused, match="kasseret af"):
        approve(person(Role.MANAGER), draft.pk, draft.version, earliest_day())
    approved = an_approved()
    with pytest.raises(Refused, match=r"godkendt som version 2 af Mads Leder \(leder\)"):
        approve(person(Role.MANAGER), approved.pk, approved.version, earliest_day())


@pytest.mark.django_db(transaction=True)
def test_of_two_approvals_at_once_one_becomes_the_next_version() -> None:
    drafts, manager = [a_draft({MONTHS: 3}), a_draft({YEARS: 16})], person(Role.MANAGER)
    said: list[str] = []

    def approved(number: int) -> None:
        draft = drafts[number]
        try:
            said.append(str(approve(manager, draft.pk, draft.version, earliest_day())))
        except Refused as refused:
            said.append(refused.sentence)

    at_once(2, approved)
    assert sorted(said)[1] == "Version 2"
    assert "version 2 er godkendt siden" in sorted(said)[0]
    assert RuleSet.objects.approved().count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_people_approving_the_same_draft_one_does() -> None:
    draft, people = a_draft(), [person(Role.MANAGER), person(Role.PHYSICIAN)]
    said: list[str] = []

    def approved(number: int) -> None:
        try:
            said.append(str(approve(people[number], draft.pk, draft.version, earliest_day())))
        except Refused as refused:
            said.append(refused.sentence)

    at_once(2, approved)
    assert "Version 2" in said
    assert any("blev godkendt som version 2 af" in sentence for sentence in said)
