"""Nothing lost, as a page for managers: the figures of now, what they point at, the last nights."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from casework.lifecycle import Holder
from correspondence import openings
from correspondence.models import Message
from oversight import cases
from oversight.cases import LACKS, Lost
from oversight.held import Held, longest
from oversight.models import Proof
from oversight.named import KINDS, Names, list_of, named
from oversight.nights import latest, numbers_of
from oversight.proof import MUST_BE_ZERO, Figure, count, faults
from referrals import phoning
from referrals.models import Referral
from staff.permissions import Permission

F = Figure
UNDELIVERED: Final = (F.LATE, F.FAILED, F.UNCERTAIN, F.UNPOSTED)
ANSWERS_SHOWN: Final = 20
GROUPS: Final[tuple[tuple[str | Promise, tuple[Figure, ...]], ...]] = (
    (_("Åbne sager"), (F.OPEN_REFERRALS, F.OPEN_PATHWAYS)),
    (_("Hvad de mangler"), (F.NO_OWNER, F.NO_ACTION, F.NO_DUE, F.NO_LIST)),
    (_("Ikke leveret"), (*UNDELIVERED, F.PRINTED)),
    (_("Svar til henviser"), (F.UNSEEN, F.TO_PHONE, F.UNPHONED)),
)
# What a night is told by, each column the sum of some figures.
NIGHT: Final[tuple[tuple[str | Promise, tuple[Figure, ...]], ...]] = (
    (_("Åbne henvisninger"), (F.OPEN_REFERRALS,)),
    (_("Åbne forløb"), (F.OPEN_PATHWAYS,)),
    (_("Mangler noget"), GROUPS[1][1]),
    (_("Ikke leveret"), UNDELIVERED),
    (_("Ikke ringet om"), (F.UNPHONED,)),
)
HELD: Final = (_("Henvisning"), pgettext_lazy("place", "Forløb"))
LISTS: Final[Mapping[Figure, str]] = {
    F.OPEN_REFERRALS: "referrals:queue",
    F.OPEN_PATHWAYS: "pathways:worklist",
    F.PRINTED: "correspondence:prints",
    F.UNPOSTED: "correspondence:prints",
}
ANSWERS: Final = GROUPS[3][1]
OF_MESSAGES: Final[Mapping[Figure, str]] = {
    F.LATE: Message.Status.QUEUED,
    F.FAILED: Message.Status.FAILED,
    F.UNCERTAIN: Message.Status.UNCERTAIN,
}


@require_safe
@permission_required(Permission.VIEW_OVERVIEW, raise_exception=True)
def proof(request: HttpRequest) -> HttpResponse:
    """The figures as they are now, with the cases they point at, and the last nights."""
    now = timezone.now()
    figures, lost, held = count(now), cases.lost(), longest()
    names = named([*lost, *held])
    context = {
        "now": now,
        "open": figures[F.OPEN_REFERRALS] + figures[F.OPEN_PATHWAYS],
        "faults": sum(faults(figures).values()),
        "groups": [
            {"label": label, "figures": [_figure(each, figures[each]) for each in of]}
            for label, of in GROUPS
        ],
        "lost": [_lost(one, names) for one in lost],
        "held_columns": HELD,
        "held": list(_held(held, names, now)),
        "unseen": list(_unseen(timezone.localdate(now))),
        "columns": [label for label, _of in NIGHT],
        "nights": [_night(*each) for each in latest(timezone.localdate(now))],
    }
    return render(request, "oversight/proof.html", context)


def _figure(figure: Figure, number: int) -> dict[str, Any]:
    return {
        "label": figure.label,
        "number": number,
        "is_fault": number > 0 and figure in MUST_BE_ZERO,
        "url": _url(figure) if number else "",
    }


def _url(figure: Figure) -> str:
    """Where the things counted are listed: on a page of their own, or further down."""
    if figure in LISTS:
        return reverse(LISTS[figure])
    if figure in OF_MESSAGES:
        return reverse("correspondence:outbox", query={"status": OF_MESSAGES[figure]})
    return "#unseen" if figure in ANSWERS else "#lost"


def _lost(one: Lost, names: Names) -> dict[str, Any]:
    return {"case": names[one.kind, one.pk], "lacks": [LACKS[each] for each in one.lacks]}


def _held(held: Iterable[Held], names: Names, now: dt.datetime) -> Iterator[dict[str, Any]]:
    """Each holder with the referral and the pathway that have been there longest."""
    by_place = {(one.holder, one.kind): one for one in held}
    for holder in Holder:
        found = [by_place.get((holder, kind)) for kind in KINDS]
        if any(found):
            cells = [one and _stretch(one, names, now) for one in found]
            yield {"holder": holder.label, "cells": list(zip(HELD, cells, strict=True))}


def _stretch(one: Held, names: Names, now: dt.datetime) -> dict[str, Any]:
    return {"case": names[one.kind, one.pk], "days": (now - one.since).days}


def _unseen(today: dt.date) -> Iterator[dict[str, Any]]:
    """The oldest answers that no practice has opened: to whom and what, not about whom."""
    answers = phoning.unseen_answers().select_related("unit").prefetch_related("calls_in_vain")
    found = list(answers[:ANSWERS_SHOWN])
    referrals = phoning.told_of(found)
    for message in found:
        is_told = phoning.is_told_by_phone(message)
        yield {
            "message": message,
            **_told_of(referrals.get(message.pk)),
            "days": (today - timezone.localdate(message.created_at)).days,
            "phone_by": openings.phone_by(message) if is_told else None,
        }


def _told_of(referral: Referral | None) -> dict[str, Any]:
    """The referral, and the list where it is, or where the pathway is that came of it."""
    if referral is None:
        return {}
    pathway = referral.pathway
    return {"referral": referral, "url": list_of(referral) or (list_of(pathway) if pathway else "")}


def _night(night: dt.date, made: Proof | None) -> dict[str, Any]:
    numbers = numbers_of(made) if made else {}
    sums = [(label, sum(numbers[each] for each in of)) for label, of in NIGHT] if made else []
    return {"night": night, "proof": made, "sums": sums}
