"""All open pathways of the centre, the nearest due date first, whoever carries them."""

import datetime as dt

from django.db.models import QuerySet

from casework.paging import Page, keyset_page
from pathways.caseload import KEYS, PAGE_SIZE, Chosen, counted, narrowed
from pathways.models import Pathway
from staff.models import User
from staff.permissions import Permission


def open_pathways(user: User) -> "QuerySet[Pathway]":
    """The open pathways for those who keep the queue; whom to open is another question.

    A pathway whose responsible physician has left is among them, though it is on nobody's
    caseload.
    """
    if not user.has_perm(Permission.VIEW_QUEUE):
        return Pathway.objects.none()
    return Pathway.objects.still_open()


def page(user: User, chosen: Chosen, today: dt.date, mark: str = "", size: int = PAGE_SIZE) -> Page:
    """One page of the list in one query, with what a row shows."""
    rows = narrowed(open_pathways(user), chosen, today)
    shown = ("patient", "next_step_by", "responsible")
    return keyset_page(rows.select_related(*shown), KEYS, mark, size)


def counts(user: User, today: dt.date) -> dict[str, int]:
    """How many are open, overdue, and waiting for a first visit, in one query."""
    return counted(open_pathways(user), today)
