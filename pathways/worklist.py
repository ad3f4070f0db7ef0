"""All open pathways of the centre, the nearest due date first, whoever carries them."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone

from casework.paging import Page, keyset_page
from pathways.caseload import KEYS, PAGE_SIZE, Chosen, counted, narrowed
from pathways.interpreters import awaits_interpreter, still_to_book
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
    shown = ("patient", "next_step_by", "responsible", "referral")  # by its number it is known
    signed = rows.select_related(*shown).annotate(needs_interpreter=awaits_interpreter())
    return keyset_page(signed, KEYS, mark, size)


def counts(user: User, today: dt.date) -> dict[str, int]:
    """How many are open, overdue, and waiting for a first visit, and need an interpreter."""
    return counted(open_pathways(user), today) | {"interpreter": without_interpreter(user)}


def without_interpreter(user: User) -> int:
    """How many patients have an appointment soon whose interpreter is still to be booked.

    Counted from the appointments: they are few, the open pathways are many.
    """
    pathways = open_pathways(user)
    soon = still_to_book(timezone.localtime()).order_by().filter(pathway__in=pathways)
    return soon.values("pathway").distinct().count()
