"""Telling, once, that a due date is near, has passed, and is long past.

The owner is told of the first two, the managers of the third: once for each due date, and again
when a new one is set and missed. What has been told is a row (`DeadlineNotice`), written in the
same transaction as the e-mails; who has several cases gets one e-mail with all of them.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from casework.models import DeadlineNotice
from correspondence import outbox
from correspondence.deadline_emails import emails
from correspondence.watches import Stage, Told, Watch
from staff import deadlines
from staff.models import User


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
    outbox.post_all(emails(told, run))
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
