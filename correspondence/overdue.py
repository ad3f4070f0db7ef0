"""Telling, once, that a due date is near, has passed, and is long past.

The owner is told of the first two, the managers of the third: once for each due date, and again
when a new one is set and missed. What has been told is a row (`DeadlineNotice`), written in the
same transaction as the e-mails; who has several cases gets one e-mail with all of them. The
e-mails hold no patient and nothing clinical: they say which case, and where to look.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final, NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.models import DeadlineNotice
from correspondence import outbox
from correspondence.leading import addressed, managers, named
from correspondence.models import Message
from letters.models import Letter
from letters.wording import day
from staff import deadlines
from staff.models import User

Stage = DeadlineNotice.Stage
MOST_LISTED: Final = 20  # more than anybody reads in an e-mail: the rest is counted
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

    ``of`` and ``clock`` are what the notices call them, ``due`` the column. The clock runs at the
    statuses of ``runs_at``; the owner is told at those of them in ``owner_at``. ``owners`` are the
    columns of people, the first who can be written to is told; without one it is the visitation.
    ``title`` and ``details`` are Danish sentences without personal data, ``ending`` where to look.
    """

    cases: "QuerySet[Any]"
    of: str
    clock: str
    due: str
    runs_at: Sequence[str]
    owner_at: Sequence[str]
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
def tell(watches: Sequence[Watch]) -> int:
    """Tell of every due date that nobody has been told of; how many notices were written.

    The cost follows what is due, whatever else there is: one statement for each clock finds and
    writes what is new, after a look whether there is anything, as there mostly is not. Of checks at
    the same time one tells.
    """
    moment = _moment()
    with connection.cursor() as cursor:  # to start helpers takes longer than the look itself
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
    new = [watch for watch in watches if _rows(LOOK, watch, moment)[0][0]]
    return _tell(new, moment) if new else 0


def _tell(watches: Iterable[Watch], moment: dict[str, Any]) -> int:
    run = uuid4()
    told = [
        Told(watch, case_id, due_on, Stage(stage), user_id)
        for watch in watches
        for case_id, due_on, stage, user_id in _rows(WRITE, watch, moment | {"run": run})
    ]
    outbox.post_all(_messages(told, run))
    return len(told)


def _moment() -> dict[str, Any]:
    """What the check compares with."""
    now, today = timezone.localtime(), timezone.localdate()
    return {
        "now": now,
        "midnight": now.replace(hour=0, minute=0, second=0, microsecond=0),
        "today": today,
        "soon": deadlines.soon_limit(today),
        "late": deadlines.latest_start("escalate", today),
    }


def _rows(statement: str, watch: Watch, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    model, people = watch.cases.model, range(len(watch.owners))
    words = statement.format(
        notices=DeadlineNotice._meta.db_table,
        cases=model._meta.db_table,
        history=model._meta.get_field("transitions").related_model._meta.db_table,
        due=watch.due,
        owners=", ".join(watch.owners),
        people=" ".join(PERSON.format(n=n, owner=watch.owners[n]) for n in people),
        owner=f"coalesce({', '.join(f'p{n}.id' for n in people)})",
    )
    names = {"of": watch.of, "clock": watch.clock}
    statuses = {"runs_at": list(watch.runs_at), "owner_at": list(watch.owner_at)}
    with connection.cursor() as cursor:
        cursor.execute(words, given | names | statuses)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


# What is due, at which stage, and not told of.
UNTOLD: Final = """
  FROM (SELECT id, version, {due} AS due_on, {owners},
               CASE WHEN {due} < %(today)s THEN 'overdue' ELSE 'soon' END AS stage
          FROM {cases}
         WHERE closed_at IS NULL AND {due} <= %(soon)s AND status = ANY(%(owner_at)s)
         UNION ALL
        SELECT id, version, {due}, {owners}, 'escalated'
          FROM {cases}
         WHERE closed_at IS NULL AND {due} <= %(late)s AND status = ANY(%(runs_at)s)) one
  {people}
 WHERE NOT EXISTS (
         SELECT FROM {notices} known
          WHERE known.of = %(of)s AND known.clock = %(clock)s AND known.case_id = one.id
            AND known.due_on = one.due_on AND known.stage = one.stage)
"""
LOOK: Final = f"SELECT count(*) {UNTOLD}"
PERSON: Final = (
    f"LEFT JOIN {User._meta.db_table} p{{n}} ON p{{n}}.id = one.{{owner}}"
    " AND p{n}.is_active AND p{n}.email <> ''"
)
# Who took a step today has seen a due date that is near. In one order, so that checks at the same
# time cannot wait for each other in a ring: the first writes a notice, the others find it written.
WRITE: Final = f"""
INSERT INTO {{notices}} (of, clock, case_id, due_on, stage, told_id, at, run)
SELECT %(of)s, %(clock)s, one.id, one.due_on, one.stage,
       CASE one.stage WHEN 'escalated' THEN NULL ELSE {{owner}} END, %(now)s, %(run)s
  {UNTOLD}
   AND (one.stage <> 'soon' OR %(midnight)s > (
         SELECT at FROM {{history}} WHERE case_id = one.id AND sequence = one.version))
 ORDER BY one.id, one.stage
    ON CONFLICT DO NOTHING RETURNING case_id, due_on, stage, told_id
"""


def _messages(told: Sequence[Told], run: UUID) -> Iterator[Message]:
    """One e-mail for each person with all that is new for them."""
    for_owners: dict[int | None, list[Told]] = defaultdict(list)
    for_managers = []
    for notice in told:
        if notice.stage == Stage.ESCALATED:
            for_managers.append(notice)
        else:
            for_owners[notice.user_id].append(notice)
    owners = User.objects.in_bulk([pk for pk in for_owners if pk]) if for_owners else {}
    emails = [
        (f"deadlines:{run}:{pk or 'visitation'}", owners[pk] if pk else None, notices)
        for pk, notices in for_owners.items()
    ]
    emails += [
        (f"deadlines:{run}:manager:{named(manager)}", manager, for_managers)
        for manager in (managers() if for_managers else [])
    ]
    listed = {key: _to_list(notices) for key, _to, notices in emails}
    words = dict(_words(notice for notices in listed.values() for notice in notices))
    for key, to, notices in emails:
        yield _message(key, to, notices, listed[key], words)


def _to_list(notices: list[Told]) -> list[Told]:
    """What an e-mail lists: the longest overdue first, of each stage no more than is read."""
    by_day = sorted(notices, key=lambda one: (one.due_on, one.case_id))
    stages = [[one for one in by_day if one.stage == stage] for stage in HEADINGS]
    return [one for listed in stages for one in listed[:MOST_LISTED]]


Words = dict[tuple[str, str, int], tuple[str, str]]


def _words(listed: Iterable[Told]) -> Iterator[tuple[tuple[str, str, int], tuple[str, str]]]:
    """Title and details of each case listed, one query for each watch that has any."""
    by_watch: dict[tuple[str, str], tuple[Watch, set[int]]] = {}
    for notice in listed:
        watch = notice.watch
        by_watch.setdefault((watch.of, watch.clock), (watch, set()))[1].add(notice.case_id)
    for (of, clock), (watch, numbers) in by_watch.items():
        for case in watch.cases.filter(pk__in=numbers):
            yield (of, clock, case.pk), (watch.title(case), watch.details(case))


def _words_of(notice: Told, words: Words) -> tuple[str, str]:
    return words[notice.watch.of, notice.watch.clock, notice.case_id]


def _message(
    key: str, to: User | None, notices: list[Told], listed: list[Told], words: Words
) -> Message:
    first = listed[0]
    subject = f"{_words_of(first, words)[0]} {ENDINGS[first.stage]}"
    if len(notices) > 1:
        subject = _counted(notices)
    endings = dict.fromkeys(notice.watch.ending for notice in notices)
    return Message(
        key=key,
        kind=Message.Kind.WAITING,
        channel=Message.Channel.EMAIL,
        subject=subject,
        body="\n\n".join([*_sections(notices, listed, words), *endings]),
        about=f"{first.watch.of}:{first.case_id}" if len(notices) == 1 else "",
        **addressed(to),
    )


def _counted(notices: list[Told]) -> str:
    """ "3 frister er overskredet, 1 frist er nær"."""
    parts = []
    for stage, words in COUNTED.items():
        if number := sum(notice.stage == stage for notice in notices):
            parts.append(f"{number} {'frist' if number == 1 else 'frister'} {words}")
    return ", ".join(parts)


def _sections(notices: list[Told], listed: list[Told], words: Words) -> Iterator[str]:
    """Each case under its heading, and how many are not listed."""
    for stage, heading in HEADINGS.items():
        lines = [_line(one, words) for one in listed if one.stage == stage]
        if more := sum(one.stage == stage for one in notices) - len(lines):
            lines.append(f"… og {more} til.")
        if lines:
            yield "\n".join([heading, *lines])


def _line(notice: Told, words: Words) -> str:
    title, details = _words_of(notice, words)
    was = "Fristen er" if notice.stage == Stage.SOON else "Fristen var"
    return f"– {title}. {was} {_day(notice.due_on)}. {details}"


_day = cache(partial(day, language=Letter.Language.DANISH))
