"""Telling, once, that a due date is near, has passed, and is long past.

The owner is told of the first two, the managers of the third: once for each due date, and again
when a new one is set and missed. What has been told is a row (`DeadlineNotice`), written in the
same transaction as the e-mails; who has several cases gets one e-mail with all of them. The
e-mails hold no patient and nothing clinical: they say which case, and where to look.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    Expression,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models import Case as Choice
from django.db.models.functions import Cast
from django.utils import timezone

from casework.models import DeadlineNotice
from correspondence import outbox
from correspondence.bulk import danish_day
from correspondence.models import Message
from staff import deadlines
from staff.models import User
from staff.permissions import Permission

Stage = DeadlineNotice.Stage
MOST_LISTED: Final = 40  # more than anybody reads in an e-mail: the rest is counted
HEADINGS: Final = {
    Stage.OVERDUE: "Over fristen:",
    Stage.SOON: "Fristen er nær:",
    Stage.ESCALATED: "Stadig over fristen:",
}
ENDINGS: Final = {
    Stage.OVERDUE: "er over fristen",
    Stage.SOON: "har frist snart",
    Stage.ESCALATED: "er stadig over fristen",
}
COUNTED: Final = {
    Stage.OVERDUE: "er overskredet",
    Stage.SOON: "er nær",
    Stage.ESCALATED: "er stadig overskredet",
}


@dataclass(frozen=True, slots=True)
class Watch:
    """One due date of one kind of case: who has the case in hand, and what is said of it.

    ``cases`` are those whose owner is told, ``escalated`` those the managers are told of. ``of``
    and ``clock`` are what the notices call them, ``due`` the column. ``owners`` are the relations
    to people, the first who can be reached is told; without one it is the visitation. ``title``
    and ``details`` are Danish sentences without personal data, ``ending`` where to look.
    """

    cases: "QuerySet[Any]"
    escalated: "QuerySet[Any]"
    of: str
    clock: str
    due: str
    owners: tuple[str, ...]
    title: Callable[[Any], str]
    details: Callable[[Any], str]
    ending: str


class Told(NamedTuple):
    """One notice that has just been written, about a case of a watch."""

    watch: Watch
    case_id: int
    due_on: dt.date
    stage: Stage
    user_id: int | None


@transaction.atomic
def tell(watches: Iterable[Watch]) -> int:
    """Tell of every due date that nobody has been told of; how many notices were written.

    The cost follows what is due: the database finds and writes, whatever else there is. Checks
    that run at the same time share the work. Cases that somebody is changing are left for the next
    time.
    """
    run, managers = uuid4(), list(_managers())
    told = [notice for watch in watches for notice in _notices(watch, run, bool(managers))]
    outbox.post_all(_messages(told, run, managers))
    return len(told)


def _managers() -> "QuerySet[User]":
    managers: QuerySet[User] = User.objects.who_may(Permission.VIEW_OVERVIEW)
    return managers.exclude(email="")


def _notices(watch: Watch, run: UUID, has_managers: bool) -> Iterator[Told]:
    """Write what is missing; escalated only when there is a manager to tell."""
    today = timezone.localdate()
    stage = Choice(
        When(**{f"{watch.due}__lt": today}, then=Value(Stage.OVERDUE)),
        default=Value(Stage.SOON),
        output_field=CharField(),
    )
    near = watch.cases.filter(**{f"{watch.due}__lte": deadlines.soon_limit(today)})
    yield from _write(watch, near.annotate(stage=stage, told=_owner(watch)), run)
    if has_managers:
        limit = deadlines.latest_start("escalate", today)
        late = watch.escalated.filter(**{f"{watch.due}__lte": limit})
        nobody = Cast(Value(None), BigIntegerField(null=True))
        yield from _write(
            watch, late.annotate(stage=Value(Stage.ESCALATED, CharField()), told=nobody), run
        )


def _owner(watch: Watch) -> Expression:
    """The first of the owners who works here and can be written to."""
    reachable = [
        When(Q(**{f"{one}__is_active": True}) & ~Q(**{f"{one}__email": ""}), then=F(f"{one}_id"))
        for one in watch.owners
    ]
    return Choice(*reachable, default=None, output_field=BigIntegerField(null=True))


def _write(watch: Watch, due: "QuerySet[Any]", run: UUID) -> Iterator[Told]:
    """One statement for all; gives only those that this check has written."""
    select, params = _untold(watch, due).query.sql_with_params()
    table = connection.ops.quote_name(DeadlineNotice._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT.format(table=table, select=select),
            (watch.of, watch.clock, timezone.now(), run, *params),
        )
        for case_id, due_on, stage, told_id in cursor.fetchall():
            yield Told(watch, case_id, due_on, Stage(stage), told_id)


def _untold(watch: Watch, due: "QuerySet[Any]") -> "QuerySet[Any]":
    known = DeadlineNotice.objects.filter(
        of=watch.of,
        clock=watch.clock,
        case_id=OuterRef("pk"),
        due_on=OuterRef(watch.due),
        stage=OuterRef("stage"),
    )
    missing = due.filter(~Exists(known), closed_at__isnull=True).exclude(
        Exists(_taken_today(watch)), stage=Stage.SOON
    )
    # In one order, so that checks at the same time cannot wait for each other in a ring.
    locked = missing.order_by("pk").select_for_update(of=("self",), no_key=True, skip_locked=True)
    return locked.values_list("pk", watch.due, "stage", "told")


def _taken_today(watch: Watch) -> "QuerySet[Any]":
    """A step of today: who has just set a short due date need not hear that it is near."""
    history = watch.cases.model._meta.get_field("transitions").related_model
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    steps: QuerySet[Any] = history.objects.filter(case=OuterRef("pk"), at__gte=midnight)
    return steps


INSERT: Final = """
INSERT INTO {table} (of, clock, case_id, due_on, stage, told_id, at, run)
SELECT mine.of, mine.clock, due.*, mine.at, mine.run
  FROM (SELECT %s AS of, %s AS clock, %s::timestamptz AS at, %s::uuid AS run) mine,
       ({select}) due
ON CONFLICT DO NOTHING RETURNING case_id, due_on, stage, told_id
"""


def _messages(told: list[Told], run: UUID, managers: Iterable[User]) -> Iterator[Message]:
    """One e-mail for each person with all that is new for them."""
    words = dict(_words(told))
    for_owners: dict[int | None, list[Told]] = defaultdict(list)
    for_managers = []
    for notice in told:
        if notice.stage == Stage.ESCALATED:
            for_managers.append(notice)
        else:
            for_owners[notice.user_id].append(notice)
    owners = User.objects.in_bulk([pk for pk in for_owners if pk])
    for pk, notices in for_owners.items():
        owner = owners[pk] if pk else None
        yield _message(notices, words, owner, f"deadlines:{run}:{pk or 'visitation'}")
    if for_managers:
        for manager in managers:
            yield _message(for_managers, words, manager, f"deadlines:{run}:manager:{manager.pk}")


Words = dict[tuple[int, int], tuple[str, str]]


def _words(told: Iterable[Told]) -> Iterator[tuple[tuple[int, int], tuple[str, str]]]:
    """Title and details of each case told of, one query for each watch that has any."""
    by_watch: dict[int, tuple[Watch, set[int]]] = {}
    for notice in told:
        by_watch.setdefault(id(notice.watch), (notice.watch, set()))[1].add(notice.case_id)
    for watch, numbers in by_watch.values():
        for case in watch.escalated.filter(pk__in=numbers):
            yield (id(watch), case.pk), (watch.title(case), watch.details(case))


def _message(notices: list[Told], words: Words, to: User | None, key: str) -> Message:
    ordered = sorted(notices, key=lambda one: (list(HEADINGS).index(one.stage), one.due_on))
    first = ordered[0]
    subject = f"{words[id(first.watch), first.case_id][0]} {ENDINGS[first.stage]}"
    if len(ordered) > 1:
        subject = _counted(ordered)
    endings = dict.fromkeys(notice.watch.ending for notice in ordered)
    return Message(
        key=key,
        kind=Message.Kind.WAITING,
        channel=Message.Channel.EMAIL,
        recipient=to.name if to else "Visitationen",
        address=to.email if to else settings.TRIAGE_EMAIL,
        to_user=to,
        subject=subject,
        body="\n\n".join([*_listed(ordered, words), *endings]),
        about=f"{first.watch.of}:{first.case_id}" if len(ordered) == 1 else "",
    )


def _counted(notices: list[Told]) -> str:
    """ "3 frister er overskredet, 1 frist er nær"."""
    parts = []
    for stage, words in COUNTED.items():
        if number := sum(notice.stage == stage for notice in notices):
            parts.append(f"{number} {'frist' if number == 1 else 'frister'} {words}")
    return ", ".join(parts)


def _listed(notices: list[Told], words: Words) -> Iterator[str]:
    """Each case under its heading, the longest overdue first."""
    for stage, heading in HEADINGS.items():
        lines = [_line(one, words) for one in notices if one.stage == stage]
        if len(lines) > MOST_LISTED:
            lines[MOST_LISTED:] = [f"… og {len(lines) - MOST_LISTED} til."]
        if lines:
            yield "\n".join([heading, *lines])


def _line(notice: Told, words: Words) -> str:
    title, details = words[id(notice.watch), notice.case_id]
    was = "Fristen er" if notice.stage == Stage.SOON else "Fristen var"
    return f"– {title}. {was} {danish_day(notice.due_on)}. {details}"
