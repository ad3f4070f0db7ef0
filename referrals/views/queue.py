"""The triage queue as a page: filters in the address, the search for a person never there."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pathways.tracks import Track
from referrals import queue
from referrals.lifecycle import Status
from referrals.models import Referral
from referrals.proposals import latest
from referrals.queue import Counts, Filters
from referrals.references import page_named
from referrals.views.presenting import whose_turn
from staff.models import ReferringUnit, User
from staff.permissions import Permission

# A search may be a CPR number: it is kept with the session, never in an address.
SEARCH = "referrals.queue.search"
MARK = "side"
LONGEST_NUMBER = 10


@permission_required(Permission.VIEW_QUEUE, raise_exception=True)
def show(request: HttpRequest) -> HttpResponse:
    """One page of the queue; a POST searches in it."""
    if request.method == "POST":
        assert isinstance(request.user, User)
        text = request.POST.get("q", "").strip()
        if url := page_named(request.user, text):
            return redirect(url)
        request.session[SEARCH] = text
        return redirect(_address(_kept(request.GET, without=MARK)))
    user, text = request.user, request.session.get(SEARCH, "")
    assert isinstance(user, User)
    filters = read_filters(request.GET, text)
    page = queue.page(user, filters, request.GET.get(MARK, ""))
    units = list(queue.units(user))
    context = {
        "rows": [_row(user, referral) for referral in page],
        "counts": count_parts(queue.counts(user, timezone.localdate())),
        "filters": filters,
        "chips": list(_chips(request.GET, filters, units)),
        "clear_url": reverse("referrals:queue"),
        "kept": _kept(request.GET, without=MARK),
        "statuses": queue.status_choices(),
        "tracks": queue.tracks(),
        "units": units,
        "previous_url": _page_address(request.GET, page.earlier),
        "next_url": _page_address(request.GET, page.later),
        "is_narrowed": filters != Filters(),
    }
    return render(request, "referrals/triage/queue.html", context)


def read_filters(asked: Mapping[str, str], text: str = "") -> Filters:
    """The filters in an address; what is none of ours narrows nothing."""
    status, track = (asked.get(name, "") for name in ("status", "track"))
    return Filters(
        status=status if status in queue.status_choices() else "",
        track=track if track in queue.tracks() else "",
        unit=_number(asked, "unit"),
        overdue=asked.get("overdue") == "1",
        mine=asked.get("mine") == "1",
        case=_number(asked, "case"),
        text=text,
    )


def _number(asked: Mapping[str, str], name: str) -> int | None:
    given = asked.get(name, "")
    return int(given) if given.isdecimal() and len(given) < LONGEST_NUMBER else None


def _row(user: User, referral: Referral) -> dict[str, Any]:
    """What one row shows; only those who may open the referral get its address."""
    may_open = user.has_perm(Permission.VIEW_REFERRALS)
    age = (timezone.localdate() - referral.received_on).days
    judgement = latest(referral)
    track = (
        Track(judgement.proposed_track).label if judgement.proposed_track else _proposal(referral)
    )
    return {
        "referral": referral,
        "url": reverse("referrals:referral", args=[referral.pk]) if may_open else "",
        "age": ngettext("modtaget for %(n)d dag siden", "modtaget for %(n)d dage siden", age)
        % {"n": age}
        if age
        else _("modtaget i dag"),
        "judgement": judgement,
        "proposal": track,
        "turn": whose_turn(referral),
        "waits": referral.status != Status.RECEIVED,
    }


def _proposal(referral: Referral) -> str:
    if latest(referral).routing.get("advice_only"):
        return _("Kun råd")
    return _("Ikke afgjort")


def count_parts(counts: Counts) -> list[dict[str, str]]:
    """The queue in words, each number leading to its rows."""
    overdue = ngettext("%(n)d over frist", "%(n)d over frist", counts.overdue)
    parts = [
        (ngettext("%(n)d åben", "%(n)d åbne", counts.open), counts.open, "", ""),
        (overdue, counts.overdue, "overdue=1", "overdue" if counts.overdue else ""),
        (
            _("%(n)d venter på henviser"),
            counts.awaiting_referrer,
            f"status={Status.AWAITING_REFERRER}",
            "",
        ),
        (
            _("%(n)d venter på læge"),
            counts.awaiting_physician,
            f"status={queue.PHYSICIAN}",
            "",
        ),
    ]
    base = reverse("referrals:queue")
    return [
        {"label": words % {"n": n}, "url": f"{base}?{query}" if query and n else "", "tone": tone}
        for words, n, query, tone in parts
    ]


def _chips(
    asked: QueryDict, filters: Filters, units: list[ReferringUnit]
) -> Iterator[dict[str, str]]:
    """Each filter in force, with the address that takes it off."""
    names = {unit.pk: unit.name for unit in units}
    in_force = {
        "status": queue.status_choices().get(filters.status, ""),
        "track": queue.tracks().get(filters.track, ""),
        "unit": names.get(filters.unit, _("Anden praksis")) if filters.unit else "",
        "overdue": _("Over frist") if filters.overdue else "",
        "mine": _("Mine") if filters.mine else "",
        "case": _("Én henvisning") if filters.case else "",
    }
    for name, label in in_force.items():
        if label:
            remaining = _kept(asked, without=name)
            yield {"label": str(label), "remove_url": _address(remaining)}


def _kept(asked: QueryDict, without: str) -> str:
    """The address's filters but one, on the first page."""
    kept = asked.copy()
    for name in (without, MARK):
        kept.pop(name, None)
    for name in [name for name, value in kept.items() if not value]:
        del kept[name]
    return kept.urlencode()


def _page_address(asked: QueryDict, mark: str) -> str:
    if not mark:
        return ""
    there = asked.copy()
    there[MARK] = mark
    return _address(there.urlencode())


def _address(query: str) -> str:
    base = reverse("referrals:queue")
    return f"{base}?{query}" if query else base
