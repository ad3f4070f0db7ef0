"""How a case takes a step: under its row lock, by its table, with a line of history."""

import datetime as dt
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.models import Actor, Case, Transition
from casework.refusals import Refused, Stale

AnyCase = TypeVar("AnyCase", bound=Case)


def lock(cases: "QuerySet[AnyCase, AnyCase]", pk: int, version: int | None = None) -> AnyCase:
    """Fetch one case under its row lock; needs a transaction.

    Raises the model's DoesNotExist when the case is not among ``cases``, and Stale when ``version``
    is given and somebody has taken a step since.
    """
    case = cases.select_for_update(of=("self",), no_key=True).get(pk=pk)
    if version is not None and case.version != version:
        raise Stale(stale_sentence(case))
    return case


def stale_sentence(case: Case) -> str:
    """What a person reads who decided on a page that is no longer true."""
    latest = case.transitions.order_by("-sequence").first()
    return _("%(what)s, efter at du åbnede siden. Se, hvad der er ændret, før du går videre.") % {
        "what": latest.sentence
    }


def take_step(
    case: Case,
    verb: str,
    to: str,
    *,
    by: Actor | None,
    due_on: dt.date | None,
    why: str = "",
) -> Transition:
    """Move a locked (or new) case to a status and write the line of history; saves the case.

    Needs a transaction, at the end of which the database compares the two. ``by`` is None only for
    what the system does by itself. ``due_on`` is the new due date, None when the case closes; then
    ``why`` must say something. Raises Refused when the table does not have the move.
    """
    came_from = case.status if case.pk else ""
    if came_from and not case.lifecycle.allows(came_from, to):
        raise Refused(_("Det kan ikke gøres nu, fordi sagen er afsluttet eller et andet sted."))
    now = timezone.now()
    if came_from != to:
        case.status_since = now
    case.status, case.due_on = to, due_on
    case.closed_at = None if case.lifecycle[to].is_open else now
    case.version += 1
    case.save()
    return _write(case, verb, came_from, by, why, now)


def _write(
    case: Case, verb: str, came_from: str, by: Actor | None, why: str, now: dt.datetime
) -> Transition:
    line: dict[str, Any] = {
        "sequence": case.version,
        "at": now,
        "verb": verb,
        "by_id": by.pk if by else None,
        "by_name": by.get_full_name() if by else _("Systemet"),
        "by_role": str(by.get_role_display()) if by else "",
        "from_status": came_from,
        "to_status": case.status,
        "why": why,
    }
    transition: Transition = case.transitions.create(**line)
    return transition
