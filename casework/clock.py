"""In whose hands a case's time passed: computed from its transitions, never typed."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final, Protocol

from django.db import connection
from django.db.models import QuerySet

from casework.lifecycle import Holder, Lifecycle

NOTHING: Final = dt.timedelta()
Shares = Mapping[Holder, dt.timedelta]


class Step(Protocol):
    """What a clock reads of a transition."""

    sequence: Any
    at: Any
    verb: Any
    from_status: Any
    to_status: Any


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in one holder's hands; both ends in UTC."""

    holder: Holder
    start: dt.datetime
    end: dt.datetime

    @property
    def length(self) -> dt.timedelta:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Clock:
    """A case's time from its first step until now, or until it closed, without gaps."""

    spans: tuple[Span, ...]
    is_running: bool

    @property
    def start(self) -> dt.datetime:
        return self.spans[0].start

    @property
    def end(self) -> dt.datetime:
        return self.spans[-1].end

    @property
    def total(self) -> dt.timedelta:
        """From the first step to the end, whoever had the case: the sum of the shares."""
        return self.end - self.start

    @property
    def shares(self) -> Shares:
        """How long each holder had the case, in the order of `Holder`, without who never had it."""
        held = dict.fromkeys(Holder, NOTHING)
        for span in self.spans:
            held[span.holder] += span.length
        return {holder: length for holder, length in held.items() if length}

    @property
    def with_whom(self) -> Holder | None:
        """Who has the case now; None when it is closed."""
        return self.spans[-1].holder if self.is_running else None

    def then(self, after: "Clock") -> "Clock":
        """This clock and the one of the case that grew out of it, as one way without a gap."""
        seam = self.end
        moved = [
            replace(span, start=max(span.start, seam), end=max(span.end, seam))
            for span in after.spans
        ]
        moved[0] = replace(moved[0], start=seam)
        return Clock(tuple(_joined([*self.spans, *moved])), after.is_running)


def read(lifecycle: Lifecycle, steps: Iterable[Step], now: dt.datetime) -> Clock:
    """The clock of a case whose history has at least its first step.

    A server's clock that was set back makes no time negative: a step is no earlier than the one
    before it. For as long as a case stood closed by mistake, until it was opened again, the centre
    had it.
    """
    changes = list(_changes(lifecycle, sorted(steps, key=attrgetter("sequence"))))
    last_at, last_holder = changes[-1]
    if last_holder is not None:
        changes.append((max(now.astimezone(dt.UTC), last_at), None))
    spans = (
        Span(holder or Holder.CENTRE, start, end)
        for (start, holder), (end, _next) in pairwise(changes)
    )
    return Clock(tuple(_joined(spans)), last_holder is not None)


def _changes(
    lifecycle: Lifecycle, steps: Iterable[Step]
) -> Iterator[tuple[dt.datetime, Holder | None]]:
    """When the case came into whose hands; None for its closing."""
    at = dt.datetime.min.replace(tzinfo=dt.UTC)
    for step in steps:
        if step.from_status == step.to_status and step.verb not in lifecycle.holders:
            continue
        at = max(at, step.at.astimezone(dt.UTC))
        is_open = lifecycle[step.to_status].is_open
        yield at, lifecycle.holder_after(step.verb, step.to_status) if is_open else None


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbours in the same hands as one."""
    last: Span | None = None
    for span in spans:
        if last and last.holder == span.holder:
            last = replace(last, end=span.end)
            continue
        if last:
            yield last
        last = span
    if last:
        yield last


def clocks(cases: Iterable[Any], now: dt.datetime) -> dict[int, Clock]:
    """The clock of each of some cases of one kind, by their numbers, in one query."""
    listed = list(cases)
    if not listed:
        return {}
    steps: dict[int, list[Step]] = defaultdict(list)
    model = type(listed[0])
    history = model._meta.get_field("transitions").related_model
    for step in history.objects.filter(case__in=[case.pk for case in listed]):
        steps[step.case_id].append(step)
    return {pk: read(model.lifecycle, told, now) for pk, told in steps.items()}


def sums(
    cases: "QuerySet[Any]", by: str, now: dt.datetime
) -> dict[str, dict[Holder, dt.timedelta]]:
    """How long each holder had all these cases together, per value of the field ``by``.

    One query whatever their number: the database does what `read` does.
    """
    history = cases.model._meta.get_field("transitions").related_model._meta.db_table
    chosen, chosen_params = cases.order_by().values_list("pk", by).query.sql_with_params()
    lifecycle: Lifecycle = cases.model.lifecycle
    by_verb = json.dumps(dict(lifecycle.holders))
    by_status = json.dumps({to: lifecycle[to].holder for to in lifecycle.open_statuses})
    statement = SUMS.format(chosen=chosen, history=connection.ops.quote_name(history))
    params = (*chosen_params, by_status, by_verb, by_status, by_verb, now)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows = cursor.fetchall()
    found: dict[str, dict[Holder, dt.timedelta]] = defaultdict(dict)
    for name, holder, length in rows:
        found[name or ""][Holder(holder)] = length
    return dict(found)


# A step that keeps the status changes no hands unless its verb does; a closed status has none, but
# where the case was opened again, the centre had it meanwhile.
SUMS: Final = """
WITH chosen (id, name) AS ({chosen}),
change AS (
    SELECT chosen.name, step.case_id, step.sequence,
           CASE WHEN %s::jsonb ->> step.to_status IS NOT NULL
                THEN coalesce(%s::jsonb ->> step.verb, %s::jsonb ->> step.to_status) END AS holder,
           max(step.at) OVER (PARTITION BY step.case_id ORDER BY step.sequence) AS began
      FROM {history} step JOIN chosen ON chosen.id = step.case_id
     WHERE step.from_status <> step.to_status OR %s::jsonb ->> step.verb IS NOT NULL
),
span AS (
    SELECT name, began, lead(began, 1, greatest(began, %s)) OVER way AS ended,
           CASE WHEN holder IS NULL AND lead(began) OVER way IS NOT NULL THEN 'centre'
                ELSE holder END AS holder
      FROM change WINDOW way AS (PARTITION BY case_id ORDER BY sequence)
)
SELECT name, holder, sum(ended - began) FROM span
 WHERE holder IS NOT NULL AND ended > began GROUP BY name, holder
"""
