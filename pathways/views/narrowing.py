"""A list of pathways narrowed by its address: the filters read, written, and taken off again."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casework.paging import Page
from pathways.caseload import Chosen
from pathways.lifecycle import PATHWAY, Status
from pathways.tracks import Track

FILTERS = ("track", "status", "overdue", "interpreter", "team", "case")
LONGEST_NUMBER = 10
STATUSES = [(status, Status(status).label) for status in PATHWAY.open_statuses]


def read(asked: QueryDict, offered: Collection[str]) -> Chosen:
    """The filters in an address, of those the list offers; what is none of ours narrows nothing."""
    given = {name: asked.get(name, "") if name in offered else "" for name in FILTERS}
    return Chosen(
        track=given["track"] if given["track"] in Track.values else "",
        status=given["status"] if given["status"] in PATHWAY.open_statuses else "",
        overdue="overdue" in offered and "overdue" in asked,
        interpreter="interpreter" in offered and "interpreter" in asked,
        team="team" in offered and "team" in asked,
        case=given["case"] if _is_number(given["case"]) else "",
    )


def _is_number(given: str) -> bool:
    return given.isdecimal() and len(given) < LONGEST_NUMBER


def address(url_name: str, chosen: Chosen, page: str = "", **changes: Any) -> str:
    """The list's address with the filters chosen, some of them changed."""
    wanted = {name: getattr(chosen, name) for name in FILTERS} | changes
    asked = {name: "1" if value is True else value for name, value in wanted.items() if value}
    query = urlencode(asked | ({"page": page} if page else {}))
    return f"{reverse(url_name)}?{query}" if query else reverse(url_name)


def chips(url_name: str, chosen: Chosen) -> list[dict[str, str]]:
    """Each filter in force, with the address that takes it off."""
    in_force = {
        "track": str(Track(chosen.track).label) if chosen.track else "",
        "status": str(Status(chosen.status).label) if chosen.status else "",
        "overdue": _("Over frist") if chosen.overdue else "",
        "interpreter": _("Mangler tolk") if chosen.interpreter else "",
        "team": _("Også andre teams") if chosen.team else "",
        "case": _("Ét forløb") if chosen.case else "",
    }
    return [
        {"label": label, "remove_url": address(url_name, chosen, **{name: ""})}
        for name, label in in_force.items()
        if label
    ]


def filtering(url_name: str, chosen: Chosen, page: Page) -> dict[str, Any]:
    """What a list's template needs to show its filters and lead to its other pages."""
    return {
        "chosen": chosen,
        "tracks": Track.choices,
        "chips": chips(url_name, chosen),
        "clear_url": reverse(url_name),
        "previous_url": address(url_name, chosen, page.earlier) if page.earlier else "",
        "next_url": address(url_name, chosen, page.later) if page.later else "",
    }


def count_parts(
    url_name: str, chosen: Chosen, everything: str, counts: dict[str, int]
) -> list[dict[str, str]]:
    """The list in words: how many, how many overdue, without a first visit, or an interpreter."""
    parts = [{"label": everything % {"n": counts["all"]}}]
    if counts["overdue"]:
        label = _("%(n)d over frist") % {"n": counts["overdue"]}
        url = address(url_name, chosen, overdue=True)
        parts.append({"label": label, "tone": "overdue", "url": url})
    if counts["waiting"]:
        parts.append({"label": _("%(n)d venter på første tid") % {"n": counts["waiting"]}})
    if missing := counts.get("interpreter"):
        label = ngettext("%(n)d mangler tolk", "%(n)d mangler tolk", missing) % {"n": missing}
        url = address(url_name, chosen, interpreter=True)
        parts.append({"label": label, "url": url})
    return parts
