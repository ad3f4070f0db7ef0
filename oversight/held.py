"""Which case has been in the same hands the longest, for each of those who may have one."""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db import connection

from casework.lifecycle import Holder, Lifecycle
from pathways.lifecycle import PATHWAY
from pathways.models import Pathway
from referrals.lifecycle import REFERRAL
from referrals.models import Referral


@dataclass(frozen=True, slots=True)
class Held:
    """A case of one kind, and since when its holder has had it without a break."""

    kind: str
    pk: int
    holder: Holder
    since: dt.datetime


# A step that keeps the status changes no hands unless its verb does (casework.clock).
STATEMENT: Final = """
WITH change AS (
    SELECT step.case_id, step.sequence, step.at,
           coalesce(%(by_verb)s::jsonb ->> step.verb,
                    %(by_status)s::jsonb ->> step.to_status) AS holder
      FROM {history} step JOIN {cases} held ON held.id = step.case_id AND held.closed_at IS NULL
     WHERE step.from_status <> step.to_status OR %(by_verb)s::jsonb ->> step.verb IS NOT NULL
), run AS (
    SELECT change.*, last_value(holder) OVER (
               PARTITION BY case_id ORDER BY sequence
               ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS has_it
      FROM change
), stretch AS (
    SELECT case_id, has_it, at,
           sequence > coalesce(max(sequence) FILTER (WHERE holder <> has_it)
                               OVER (PARTITION BY case_id), 0) AS is_last
      FROM run
), held_since AS (
    SELECT case_id, has_it, min(at) AS since FROM stretch WHERE is_last GROUP BY case_id, has_it
)
SELECT DISTINCT ON (has_it) has_it, case_id, since FROM held_since
 WHERE has_it IS NOT NULL ORDER BY has_it, since, case_id
"""


def longest() -> list[Held]:
    """For each holder the referral and the pathway that have waited there longest; two queries."""
    return [*_longest("referral", Referral, REFERRAL), *_longest("pathway", Pathway, PATHWAY)]


def _longest(kind: str, model: type[Referral | Pathway], lifecycle: Lifecycle) -> Iterable[Held]:
    history = model._meta.get_field("transitions").related_model
    tables = {"cases": model._meta.db_table, "history": history._meta.db_table}
    by_status = {status: lifecycle[status].holder for status in lifecycle.open_statuses}
    known = {"by_verb": json.dumps(dict(lifecycle.holders)), "by_status": json.dumps(by_status)}
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT.format(**tables), known)
        rows = cursor.fetchall()
    return [Held(kind, pk, Holder(holder), since) for holder, pk, since in rows]
