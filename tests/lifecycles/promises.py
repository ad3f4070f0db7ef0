"""The promises about cases, looked up in the tables, not in the code that keeps them."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Count
from django.utils import timezone

from casework import clock
from correspondence.models import Message
from pathways.lifecycle import Ending, PauseReason
from pathways.models import Pathway
from referrals.models import Referral
from smertecenter.rooms import ROOMS

# Every table of ours, with its key: an action may write to any of them.
TABLES = {
    model._meta.db_table: model._meta.pk.column
    for room in ROOMS
    for model in apps.get_app_config(room).get_models()
}


def everything() -> dict[str, str]:
    """A fingerprint of every table that an action may write to."""
    parts = [
        f"SELECT '{name}', md5(coalesce(string_agg(t::text, '|' ORDER BY {key}), '')) FROM {name} t"
        for name, key in TABLES.items()
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts))
        return dict(cursor.fetchall())


def broken() -> list[str]:
    """Every promise that does not hold now, in words; also those the database looks at last."""
    connection.check_constraints()
    return [*_of_cases(Referral), *_of_cases(Pathway), *_of_messages()]


def _of_cases(model: Any) -> Iterator[str]:
    cases = list(model.objects.prefetch_related("transitions"))
    clocks = clock.clocks(cases, timezone.now())
    for case in cases:
        steps = sorted(case.transitions.all(), key=lambda step: step.sequence)
        found = [*_of_history(case, steps), *(_if_open if case.is_open else _if_closed)(case)]
        read = clocks[case.pk]
        if sum(read.shares.values(), start=read.total - read.total) != read.total:
            found.append("its split of time does not add up")
        yield from (f"{model.__name__} {case.pk} ({case.status}): {words}" for words in found)


def _of_history(case: Any, steps: list[Any]) -> Iterator[str]:
    if [step.sequence for step in steps] != list(range(1, case.version + 1)):
        yield "its history has a gap or runs ahead"
        return
    if steps[0].from_status or steps[0].to_status != case.lifecycle.begins_at:
        yield "it did not begin at the beginning"
    for before, after in pairwise(steps):
        if after.from_status != before.to_status:
            yield f"step {after.sequence} does not go on from the last"
        if not case.lifecycle.allows(after.from_status, after.to_status):
            yield f"step {after.sequence} makes a move that the table does not have"
        if after.at < before.at:
            yield f"step {after.sequence} happened before the last"
    if steps[-1].to_status != case.status:
        yield "it stands otherwise than its history tells"
    if not all(step.by_name.strip() for step in steps):
        yield "a step says not who"


def _if_open(case: Any) -> Iterator[str]:
    standing = case.lifecycle[case.status]
    if not (standing.turn and str(standing.next_action)):
        yield "nobody's turn, or nothing to do"
    if case.due_on is None:
        yield "no due date"
    if case.closed_at is not None:
        yield "open, and closed at a time"
    if isinstance(case, Pathway):
        if not (case.next_step.strip() and case.next_step_by_id and case.responsible_id):
            yield "no next step, or nobody to take it"
        if (case.status == "paused") != (case.paused_because in PauseReason.values):
            yield "paused without a reason, or a reason without a pause"
    elif case.status in ("awaiting_signature", "awaiting_advice") and case.owner_id is None:
        yield "waits for a physician without one"


def _if_closed(case: Any) -> Iterator[str]:
    last = max(case.transitions.all(), key=lambda step: step.sequence)
    if case.due_on is not None:
        yield "closed with a due date"
    if case.closed_at is None or case.closed_at != last.at:
        yield "closed at no time, or at another than its history tells"
    if not last.why.strip():
        yield "closed without saying why"
    if isinstance(case, Pathway) and (case.status == "discontinued") != (
        case.ended_because in Ending.values
    ):
        yield "broken off by nobody"
    if isinstance(case, Referral) and (case.status == "accepted") != (case.pathway_id is not None):
        yield "accepted without a pathway, or the other way round"


def _of_messages() -> Iterator[str]:
    twice = Message.objects.order_by().values("key").annotate(n=Count("pk")).filter(n__gt=1)
    yield from (f"Message {each['key']} stands {each['n']} times" for each in twice)
