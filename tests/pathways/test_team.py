"""The team is proposed by the lightest load in proportion to hours; nobody is misplaced."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from casework.refusals import Refused
from pathways.models import TeamMember
from pathways.team import Plan, Seat, check_plan, loads, propose_plan
from pathways.tracks import TEAMS, Discipline, Track
from staff.models import Absence, User
from staff.permissions import Role
from tests.pathways.factories import a_pathway, a_plan, the_team
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 6, 9)


def away(user: User, first: dt.date, last: dt.date) -> None:
    Absence.objects.create(user=user, first_day=first, last_day=last)


def carries(user: User, how_many: int) -> None:
    """Open pathways in which the person sits."""
    for _ in range(how_many):
        pathway = a_pathway(Track.FAST, plan=Plan(Track.FAST, user_physician(), ()))
        TeamMember.objects.create(pathway=pathway, user=user, discipline=user.role)


def user_physician() -> User:
    found: User = User.objects.filter(role=Role.PHYSICIAN).first() or person(Role.PHYSICIAN)
    return found


@pytest.mark.parametrize("track", Track)
def test_a_track_gets_the_disciplines_it_needs(track: Track) -> None:
    plan = a_plan(track)
    assert tuple(seat.discipline for seat in plan.team) == TEAMS[track].disciplines
    assert plan.responsible == plan.team[0].user
    check_plan(plan)


def test_a_nurse_joins_the_fast_track_only_when_wanted() -> None:
    the_team()
    alone = propose_plan(Track.FAST, {}, TODAY)
    with_nurse = propose_plan(Track.FAST, {Discipline.NURSE: "Medicin skal trappes ned"}, TODAY)
    assert [seat.discipline for seat in alone.team] == [Discipline.PHYSICIAN]
    assert [seat.discipline for seat in with_nurse.team] == [Discipline.PHYSICIAN, Discipline.NURSE]


def test_the_reason_names_the_discipline_and_the_person() -> None:
    the_team(Track.SINGLE)
    plan = propose_plan(Track.SINGLE, {Discipline.NURSE: "Følger medicinen op."}, TODAY)
    assert plan.team[1].reason == (
        "Følger medicinen op. Færrest patienter i forhold til timer: 0 på 37 timer."
    )


def test_load_counts_in_proportion_to_working_hours() -> None:
    full = person(Role.NURSE, name="Full", weekly_hours=Decimal(37))
    half = person(Role.NURSE, name="Half", weekly_hours=Decimal("18.5"))
    carries(full, 3)
    carries(half, 2)
    assert [
        (load.user, load.open_pathways, load.per_fte) for load in loads(Discipline.NURSE, TODAY)
    ] == [
        (full, 3, Decimal(3)),
        (half, 2, Decimal(4)),
    ]


def test_equal_loads_are_ordered_by_name_as_danes_sort() -> None:
    for name in ("Åse", "Øjvind", "Anna", "Zenia"):
        person(Role.PSYCHOLOGIST, name=name)
    assert [load.user.name for load in loads(Discipline.PSYCHOLOGIST, TODAY)] == [
        "Anna",
        "Zenia",
        "Øjvind",
        "Åse",
    ]


def test_people_who_left_a_team_or_whose_pathways_are_closed_carry_nothing() -> None:
    nurse = person(Role.NURSE)
    carries(nurse, 1)
    TeamMember.objects.filter(user=nurse).update(until=TODAY)
    assert loads(Discipline.NURSE, TODAY)[0].open_pathways == 0


def test_absent_people_are_listed_last_and_not_proposed() -> None:
    absent = person(Role.PHYSICIAN, name="Absent")
    present = person(Role.PHYSICIAN, name="Present")
    carries(present, 2)
    away(absent, TODAY, TODAY)
    assert [load.user for load in loads(Discipline.PHYSICIAN, TODAY)] == [present, absent]
    assert propose_plan(Track.FAST, {}, TODAY).responsible == present


def test_without_a_physician_at_work_nothing_is_proposed() -> None:
    away(person(Role.PHYSICIAN), TODAY, TODAY)
    with pytest.raises(Refused, match="Ingen læge er på arbejde"):
        propose_plan(Track.FAST, {}, TODAY)


def test_a_discipline_with_nobody_at_work_is_left_to_a_person() -> None:
    person(Role.PHYSICIAN)
    plan = propose_plan(Track.SINGLE, {}, TODAY)
    assert [seat.discipline for seat in plan.team] == [Discipline.PHYSICIAN]
    with pytest.raises(Refused, match="mangler: sygeplejerske"):
        check_plan(plan)


@pytest.mark.parametrize("track", Track)
def test_a_proposal_takes_one_query(
    track: Track, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    the_team()
    the_team()
    with django_assert_num_queries(1):
        propose_plan(track, {}, TODAY)


def test_a_person_of_the_wrong_role_is_refused() -> None:
    nurse = person(Role.NURSE, name="Nina")
    with pytest.raises(Refused, match="Nina er ikke læge"):
        check_plan(Plan(Track.FAST, nurse, ()))


def test_somebody_who_has_left_is_refused() -> None:
    gone = person(Role.PHYSICIAN, name="Gunnar", is_active=False)
    with pytest.raises(Refused, match="Gunnar arbejder ikke længere"):
        check_plan(Plan(Track.FAST, gone, ()))


def test_a_discipline_the_track_does_not_have_is_refused() -> None:
    physician = person(Role.PHYSICIAN)
    psychologist = Seat(person(Role.PSYCHOLOGIST), Discipline.PSYCHOLOGIST, "")
    with pytest.raises(Refused, match="Hurtig vurdering har ingen psykolog"):
        check_plan(Plan(Track.FAST, physician, (psychologist,)))


def test_nobody_sits_twice() -> None:
    physician, nurse = person(Role.PHYSICIAN), person(Role.NURSE, name="Nina")
    seat = Seat(nurse, Discipline.NURSE, "")
    with pytest.raises(Refused, match="Nina står to gange"):
        check_plan(Plan(Track.SINGLE, physician, (seat, seat)))


people = st.lists(
    st.tuples(
        st.decimals(min_value=1, max_value=48, places=1),
        st.booleans(),
        st.integers(min_value=0, max_value=3),
    ),
    min_size=1,
    max_size=5,
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(people=people)
def test_the_proposed_person_is_at_work_and_nobody_at_work_has_a_lighter_load(
    people: list[tuple[Decimal, bool, int]],
) -> None:
    TeamMember.objects.all().delete()
    User.objects.filter(role=Role.NURSE).update(is_active=False)
    physician = person(Role.PHYSICIAN)
    weights: dict[int, Decimal] = {}
    for hours, is_away, carried in people:
        nurse = person(Role.NURSE, weekly_hours=hours)
        carries(nurse, carried)
        if is_away:
            away(nurse, TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1))
        else:
            weights[nurse.pk] = carried / nurse.full_time_equivalent
    proposed = [
        seat.user.pk
        for seat in propose_plan(Track.SINGLE, {}, TODAY).team
        if seat.discipline == Discipline.NURSE
    ]
    assert physician.is_active
    assert bool(proposed) == bool(weights)
    assert all(weights[pk] == min(weights.values()) for pk in proposed)


def test_today_is_the_day_of_the_proposal() -> None:
    absent = person(Role.PHYSICIAN)
    away(absent, timezone.localdate(), timezone.localdate())
    assert propose_plan(Track.FAST, {}, timezone.localdate() + dt.timedelta(days=1))
