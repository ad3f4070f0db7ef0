"""Every case that is open in any sense, and what it lacks, read past constraints and worklists.

The database refuses most of what is looked for here. A proof that trusted it would prove nothing,
so these statements ask the rows themselves, and take as open also what no worklist would show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Any, Final

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pathways.lifecycle import PATHWAY
from referrals.lifecycle import REFERRAL, Status, Turn

MOST_LISTED: Final = 50
LACKS: Final[Mapping[str, str | Promise]] = {
    "owner": _("ejer"),
    "action": _("næste skridt"),
    "due": _("frist"),
    "list": _("plads i en arbejdsliste"),
}


@dataclass(frozen=True, slots=True)
class Counted:
    """How many cases are open, and how many of them lack what."""

    referrals: int
    pathways: int
    without: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lost:
    """A case that lacks something: its kind, number and status, and what it lacks."""

    kind: str
    pk: int
    status: str
    lacks: tuple[str, ...]


# An owner who has left is none: nobody would act. A referral belongs to the party whose turn it is
# and need not have an owner, except at a physician. A case that is open by its status and closed by
# its date, or the other way round, is in no list; nor is a patient received without a pathway.
# Each half of a UNION has an index of its own: what was closed as it should be is never read.
CASES: Final = """
WITH referral AS (
    SELECT 'referral' AS kind, case_.id, case_.status, owner.is_active AS owner_is_here,
           case_.status = ANY(%(referral_open)s) AS has_turn, case_.closed_at IS NULL AS is_running,
           case_.due_on, case_.status = ANY(%(at_physician)s) AS must_have_owner,
           case_.status = %(accepted)s AND case_.pathway_id IS NULL AS is_between
      FROM (SELECT id, status, owner_id, closed_at, due_on, pathway_id
              FROM referrals_referral WHERE closed_at IS NULL
             UNION
            SELECT id, status, owner_id, closed_at, due_on, pathway_id
              FROM referrals_referral
             WHERE closed_at IS NOT NULL
               AND (status = ANY(%(referral_open)s)
                    OR (status = %(accepted)s AND pathway_id IS NULL))) case_
           LEFT JOIN staff_user owner ON owner.id = case_.owner_id
), pathway AS (
    SELECT 'pathway' AS kind, case_.id, case_.status, owner.is_active AS owner_is_here,
           case_.status = ANY(%(pathway_open)s) AS has_turn, case_.closed_at IS NULL AS is_running,
           case_.due_on, btrim(coalesce(case_.next_step, '')) <> '' AS has_step
      FROM (SELECT id, status, next_step_by_id, closed_at, due_on, next_step
              FROM pathways_pathway WHERE closed_at IS NULL
             UNION
            SELECT id, status, next_step_by_id, closed_at, due_on, next_step
              FROM pathways_pathway
             WHERE closed_at IS NOT NULL AND status = ANY(%(pathway_open)s)) case_
           LEFT JOIN staff_user owner ON owner.id = case_.next_step_by_id
), found AS (
    SELECT kind, id, status, has_turn OR is_running AS is_open,
           NOT has_turn OR NOT coalesce(owner_is_here, NOT must_have_owner) AS no_owner,
           NOT has_turn AS no_action, due_on IS NULL AS no_due,
           has_turn <> is_running OR is_between AS no_list
      FROM referral
    UNION ALL
    SELECT kind, id, status, TRUE, NOT coalesce(owner_is_here, FALSE),
           NOT (has_turn AND has_step), due_on IS NULL, has_turn <> is_running
      FROM pathway
)
"""
COUNT: Final = """
SELECT count(*) FILTER (WHERE is_open AND kind = 'referral'),
       count(*) FILTER (WHERE is_open AND kind = 'pathway'),
       count(*) FILTER (WHERE is_open AND no_owner),
       count(*) FILTER (WHERE is_open AND no_action),
       count(*) FILTER (WHERE is_open AND no_due),
       count(*) FILTER (WHERE no_list)
  FROM found
"""
LIST: Final = """
SELECT kind, id, status, is_open AND no_owner, is_open AND no_action, is_open AND no_due, no_list
  FROM found WHERE no_list OR (is_open AND (no_owner OR no_action OR no_due))
 ORDER BY kind DESC, id LIMIT %(most)s
"""


def counted() -> Counted:
    """All open cases, and how many of them lack what, in one query."""
    [(referrals, pathways, *without)] = _asked(COUNT)
    return Counted(referrals, pathways, dict(zip(LACKS, without, strict=True)))


def lost(most: int = MOST_LISTED) -> list[Lost]:
    """The first cases that lack something, in one query."""
    return [
        Lost(kind, pk, status, tuple(compress(LACKS, lacks)))
        for kind, pk, status, *lacks in _asked(LIST, most=most)
    ]


def _asked(question: str, **more: int) -> list[tuple[Any, ...]]:
    at_physician = [status for status in Status if REFERRAL[status].turn == Turn.PHYSICIAN]
    known: dict[str, Any] = {
        "referral_open": REFERRAL.open_statuses,
        "pathway_open": PATHWAY.open_statuses,
        "at_physician": at_physician,
        "accepted": Status.ACCEPTED,
    }
    with connection.cursor() as cursor:
        cursor.execute(CASES + question, known | more)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
