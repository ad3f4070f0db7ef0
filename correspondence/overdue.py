"""Telling, once, that a case is over its due date: its owner, and in the end the managers.

The e-mails hold no patient and nothing clinical: they say which case, and where to look.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Expression, F, QuerySet
from django.utils import timezone

from correspondence.bulk import IsoDay, danish_day, key_of, post_for_each
from correspondence.models import Message
from staff import deadlines
from staff.models import User
from staff.permissions import Permission


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of case: what messages call it, who may have it in hand, and what is said of it.

    ``owners`` gives the people to tell, the first who can be reached; without one it is the
    visitation. ``title`` and ``details`` are Danish sentences without personal data. ``due`` is the
    column that holds the deadline, ``past`` what keys call it when it has passed.
    """

    name: str
    owners: Callable[[Any], list[User | None]]
    title: Callable[[Any], str]
    details: Callable[[Any], str]
    due: str = "due_on"
    past: str = "overdue"


def tell_owners(cases: "QuerySet[Any]", kind: Kind) -> int:
    """Tell the owner of every case whose due date has passed; how many were told."""
    overdue = cases.filter(closed_at__isnull=True, **{f"{kind.due}__lt": timezone.localdate()})

    def write(case: Any) -> dict[str, Any]:
        owner = next((one for one in kind.owners(case) if one and _reachable(one)), None)
        return _message(kind, case, owner, f"{kind.title(case)} er over fristen")

    return post_for_each(overdue, _key(kind, "owner"), write)


def tell_managers(cases: "QuerySet[Any]", kind: Kind) -> int:
    """Tell each manager of what is still open some time after its due date; how many messages."""
    limit = deadlines.latest_start("escalate", timezone.localdate())
    late = cases.filter(closed_at__isnull=True, **{f"{kind.due}__lte": limit})
    managers = User.objects.who_may(Permission.VIEW_OVERVIEW).exclude(email="")
    return sum(_tell_manager(late, kind, manager) for manager in managers)


def _tell_manager(late: "QuerySet[Any]", kind: Kind, manager: User) -> int:
    def write(case: Any) -> dict[str, Any]:
        return _message(kind, case, manager, f"{kind.title(case)} er stadig over fristen")

    return post_for_each(late, _key(kind, f"manager:{manager.pk}"), write)


def _message(kind: Kind, case: Any, to: User | None, subject: str) -> dict[str, Any]:
    was_due: dt.date = getattr(case, kind.due)
    return {
        "kind": Message.Kind.WAITING,
        "channel": Message.Channel.EMAIL,
        "recipient": to.name if to else "Visitationen",
        "address": to.email if to else settings.TRIAGE_EMAIL,
        "to_user": to,
        "subject": subject,
        "body": f"{subject}.\n\nFristen var {danish_day(was_due)}. {kind.details(case)}",
        "about": f"{kind.name}:{case.pk}",
    }


def _reachable(person: User) -> bool:
    return person.is_active and bool(person.email)


def _key(kind: Kind, whom: str) -> Expression:
    """`referral:12:overdue:2026-12-03:owner`: a new due date may be told of again."""
    return key_of(f"{kind.name}:", F("pk"), f":{kind.past}:", IsoDay(kind.due), f":{whom}")
