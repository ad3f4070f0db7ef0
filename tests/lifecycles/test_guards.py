"""What the database refuses of a case and its history, however it is written."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from casework.moves import take_step
from pathways import closing, pausing
from pathways.appointments import attend, book
from pathways.lifecycle import PATHWAY
from pathways.lifecycle import Status as PathwayStatus
from pathways.models import Appointment, Pathway, PathwayTransition
from pathways.times import Time
from pathways.tracks import Track
from referrals.lifecycle import REFERRAL
from referrals.lifecycle import Status as ReferralStatus
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from staff.working_days import first_open
from tests.lifecycles.ways import WAYS, Way, execute, refusal
from tests.pathways.factories import a_pathway
from tests.referrals.cases import at, the_centre

pytestmark = pytest.mark.django_db
A_DAY = dt.timedelta(days=1)
Change = Mapping[str, Any]


def an_open_day(ahead: int = 7) -> dt.date:
    return first_open(timezone.localdate() + ahead * A_DAY)


def pathway_at(status: PathwayStatus) -> Pathway:
    """A pathway that stands at a status, having walked there."""
    pathway = a_pathway(Track.SINGLE)
    physician, pk, soon = pathway.responsible, pathway.pk, an_open_day(30)
    walks: Mapping[str, Callable[[], object]] = {
        "waiting": lambda: None,
        "active": lambda: seen(physician, pathway),
        "paused": lambda: pausing.pause(physician, pk, 1, "illness", soon),
        "completed": lambda: closing.discharge(physician, pk, 1, "Bedre.", False),
        "discontinued": lambda: closing.discontinue(physician, pk, 1, "moved", "Til Jylland"),
    }
    walks[status]()
    return Pathway.objects.get(pk=pk)


def seen(physician: User, pathway: Pathway) -> None:
    when = timezone.make_aware(dt.datetime.combine(an_open_day(), dt.time(10)))
    appointment = book(physician, pathway.pk, pathway.version, Time(physician, when))
    Appointment.objects.update(starts_at=timezone.now())
    attend(physician, appointment.pk, pathway.version + 1, "Ring", physician, an_open_day())


def case_at(status: str) -> Any:
    if isinstance(status, PathwayStatus):
        return pathway_at(status)
    return at(ReferralStatus(status), the_centre())


def standing_at(case: Any, status: str) -> dict[str, Any]:
    """The fields that a row at the status has, so that nothing but the move is wrong."""
    is_open_there = case.lifecycle[status].is_open
    fields = {
        "status": status,
        "due_on": timezone.localdate() if is_open_there else None,
        "closed_at": None if is_open_there else timezone.now(),
    }
    if isinstance(case, Pathway):
        fields["paused_because"] = "other" if status == PathwayStatus.PAUSED else ""
        fields["ended_because"] = "moved" if status == PathwayStatus.DISCONTINUED else ""
    return fields


STATUSES = [*PathwayStatus, *ReferralStatus]


@pytest.mark.parametrize("status", STATUSES)
def test_a_move_that_the_table_does_not_have_is_refused(status: str) -> None:
    case = case_at(status)
    allowed = {status, *case.lifecycle[status].moves}
    for target in set(case.lifecycle.standings) - allowed:
        for way in WAYS.values():
            change = standing_at(case, target)
            words = refusal(lambda way=way, change=change: way(case, **change))  # type: ignore[misc]
            assert 'Invalid transition of field "status"' in words, (target, way)


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("target", sorted(PATHWAY[PathwayStatus.WAITING].moves))
def test_a_status_is_not_changed_without_a_line_of_history(target: str, way: Way) -> None:
    case = case_at(PathwayStatus.WAITING)
    change = standing_at(case, target)
    assert "stands otherwise than its last transition" in refusal(lambda: way(case, **change))


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("status", [PathwayStatus.ACTIVE, ReferralStatus.RECEIVED])
@pytest.mark.parametrize("by", [-1, 1])
def test_a_version_counts_the_history(status: str, by: int, way: Way) -> None:
    case = case_at(status)
    words = refusal(lambda: way(case, version=case.version + by))
    assert "stands otherwise than its last transition" in words


OPEN: list[tuple[str, Change, str]] = [
    (PathwayStatus.WAITING, {"due_on": None}, "pathway_open_has_due_date"),
    (PathwayStatus.PAUSED, {"due_on": None}, "pathway_open_has_due_date"),
    (PathwayStatus.ACTIVE, {"next_step": ""}, "pathway_has_next_step"),
    (PathwayStatus.ACTIVE, {"next_step": " \t"}, "pathway_has_next_step"),
    (PathwayStatus.ACTIVE, {"next_step_by": None}, "next_step_by_id"),
    (PathwayStatus.ACTIVE, {"responsible": None}, "responsible_id"),
    (PathwayStatus.PAUSED, {"paused_because": ""}, "pathway_paused_for_a_reason"),
    (PathwayStatus.ACTIVE, {"paused_because": "wish"}, "pathway_paused_for_a_reason"),
    (PathwayStatus.ACTIVE, {"closed_at": dt.datetime.now(dt.UTC)}, "pathway_open_has_due_date"),
    (ReferralStatus.RECEIVED, {"due_on": None}, "referral_open_has_due_date"),
    (ReferralStatus.AWAITING_REFERRER, {"due_on": None}, "referral_open_has_due_date"),
    (ReferralStatus.AWAITING_SIGNATURE, {"owner": None}, "referral_at_a_physician_has_one"),
    (ReferralStatus.AWAITING_ADVICE, {"owner": None}, "referral_at_a_physician_has_one"),
]
CLOSED: list[tuple[str, Change, str]] = [
    (PathwayStatus.COMPLETED, {"due_on": dt.date(2030, 1, 1)}, "pathway_open_has_due_date"),
    (PathwayStatus.COMPLETED, {"closed_at": None}, "pathway_has_next_step"),
    (
        PathwayStatus.COMPLETED,
        {"closed_at": dt.datetime.now(dt.UTC) - A_DAY},
        "stands otherwise than its last transition",
    ),
    (PathwayStatus.DISCONTINUED, {"ended_because": ""}, "pathway_discontinued_by_somebody"),
    (PathwayStatus.COMPLETED, {"ended_because": "died"}, "pathway_discontinued_by_somebody"),
    (ReferralStatus.DECLINED, {"closed_at": None}, "referral_open_has_due_date"),
    (ReferralStatus.WITHDRAWN, {"due_on": dt.date(2030, 1, 1)}, "referral_open_has_due_date"),
    (ReferralStatus.ACCEPTED, {"pathway": None}, "referral_accepted_opens_a_pathway"),
]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("status", "change", "words"), OPEN + CLOSED)
def test_a_case_without_what_it_must_have_is_refused(
    status: str, change: Change, words: str, way: str
) -> None:
    case = case_at(status)
    assert words in refusal(lambda: WAYS[way](case, **change))


LINES: list[tuple[Change, str]] = [
    ({"sequence": 3}, "does not go on from the one before it"),
    ({"sequence": 0, "from_status": ""}, "makes a move"),
    ({"from_status": "active", "to_status": "paused"}, "does not go on from the one before it"),
    ({"from_status": "", "to_status": "waiting"}, "does not go on from the one before it"),
    ({"to_status": "nowhere"}, "makes a move that the table does not have"),
    ({"by_name": " "}, "does not say who made it"),
    ({"to_status": "completed", "why": " "}, "closes its case without saying why"),
    ({"at": None}, '"at"'),
    ({}, "stands otherwise than its last transition"),
]


@pytest.mark.parametrize("way", ["model", "sql"])
@pytest.mark.parametrize(("change", "words"), LINES)
def test_a_line_that_does_not_go_on_from_the_last_is_refused(
    change: Change, words: str, way: str
) -> None:
    pathway = pathway_at(PathwayStatus.WAITING)
    line = {
        "case_id": pathway.pk,
        "sequence": 2,
        "at": timezone.now(),
        "verb": "planned",
        "by_name": "Anne Holm",
        "by_role": "læge",
        "why": "Derfor",
        "from_status": "waiting",
        "to_status": "active",
    } | dict(change)
    assert words in refusal(lambda: _insert(line, way, ahead=pathway))


def _insert(line: Change, way: str, ahead: Pathway | None = None) -> None:
    """Write a line; for the case that is ``ahead`` of its history, no line runs ahead of it."""
    if ahead:
        execute("UPDATE pathways_pathway SET version = 3 WHERE id = %s", ahead.pk)
    if way == "model":
        PathwayTransition.objects.create(**line)
        return
    marks = ", ".join(["%s"] * len(line))
    columns = ", ".join(line)
    statement = f"INSERT INTO pathways_pathwaytransition ({columns}) VALUES ({marks})"
    execute(statement, *line.values())


def test_a_line_does_not_run_ahead_of_its_case() -> None:
    pathway = pathway_at(PathwayStatus.WAITING)
    line = {"case_id": pathway.pk, "sequence": 2, "at": timezone.now(), "verb": "planned"}
    line |= {"by_name": "Anne Holm", "by_role": "", "why": ""}
    line |= {"from_status": "waiting", "to_status": "waiting"}
    for way in ("model", "sql"):
        assert "runs ahead of its case" in refusal(lambda way=way: _insert(line, way))  # type: ignore[misc]


def test_a_case_does_not_begin_closed() -> None:
    pathway = pathway_at(PathwayStatus.COMPLETED)
    copy = Pathway.objects.get(pk=pathway.pk)
    copy.pk = None
    assert "stands otherwise than its last transition" in refusal(copy.save)


def test_several_steps_in_one_transaction_are_one_history() -> None:
    pathway = pathway_at(PathwayStatus.WAITING)
    with transaction.atomic():
        for number in range(3):
            take_step(
                pathway, "planned", "waiting", by=None, due_on=pathway.due_on, why=f"Nr. {number}"
            )
        connection.check_constraints()
    assert pathway.version == 4


@pytest.mark.parametrize(("status", "history"), [("completed", 2), ("discontinued", 2)])
def test_who_when_and_why_stand_in_the_last_line_of_what_is_closed(
    status: str, history: int
) -> None:
    pathway = pathway_at(PathwayStatus(status))
    last = pathway.transitions.last()
    assert (last.sequence, last.at) == (history, pathway.closed_at)
    assert last.why
    assert last.by == pathway.responsible


@pytest.mark.parametrize("status", REFERRAL.closed_statuses)
def test_every_closed_referral_says_who_when_and_why(status: str) -> None:
    referral = at(ReferralStatus(status), the_centre())
    last = referral.transitions.last()
    assert (last.to_status, last.at) == (status, referral.closed_at)
    assert last.why.strip()
    assert last.by is not None


def test_the_guards_are_made_from_the_tables_of_now() -> None:
    """Each allowed move stands in the triggers that the newest migrations have installed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname LIKE 'pgtrigger_%'")
        sources = [source for (source,) in cursor.fetchall()]
    for lifecycle in (PATHWAY, REFERRAL):
        for source, target in lifecycle.moves():
            assert sum(f"{source}:{target}" in text for text in sources) >= 2


def test_what_was_broken_off_before_anybody_asked_says_so() -> None:
    """The migration that fills in old rows says nothing that nobody said."""
    loader = MigrationLoader(connection)
    first: Any = loader.get_migration("pathways", "0005_endings_of_before").operations[0]
    filled = first.sql
    assert "'unstated'" in filled


def test_people_of_the_centre_keep_their_referrals() -> None:
    """Nobody can be deleted who has had to do with a case."""
    people = the_centre()
    at(ReferralStatus.AWAITING_SIGNATURE, people)
    physician = people[Role.PHYSICIAN]
    words = refusal(lambda: execute("DELETE FROM staff_user WHERE id = %s", physician.pk))
    assert "foreign key" in words
    assert Referral.objects.filter(owner=physician).exists()
