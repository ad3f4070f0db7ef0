"""My patients: overdue first, then by next step."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pathways import caseload as patients
from pathways.caseload import Chosen
from pathways.tracks import Track
from pathways.views.acting import signed_in
from staff.permissions import Permission, Role


@require_safe
@permission_required(Permission.CARRY_CASELOAD, raise_exception=True)
def caseload(request: HttpRequest) -> HttpResponse:
    """The person's patients, with what calls left for the person on top."""
    user, today = signed_in(request), timezone.localdate()
    chosen = _chosen(request.GET)
    page, rows = patients.page(user, chosen, today, request.GET.get("page", ""))
    context = {
        "rows": rows,
        "questions": list(patients.questions(user)),
        "counts": _counts(patients.counts(user, chosen, today), chosen),
        "chosen": chosen,
        "tracks": Track.choices,
        "is_physician": user.role == Role.PHYSICIAN,
        "chips": _chips(chosen),
        "clear_url": reverse("pathways:caseload"),
        "previous_url": _url(chosen, page=page.earlier) if page.earlier else "",
        "next_url": _url(chosen, page=page.later) if page.later else "",
    }
    return render(request, "pathways/caseload.html", context)


def _chosen(asked: QueryDict) -> Chosen:
    track = asked.get("track", "")
    return Chosen(
        track=track if track in Track.values else "",
        overdue="overdue" in asked,
        team="team" in asked,
    )


def _url(chosen: Chosen, page: str = "", **changes: Any) -> str:
    wanted = {"track": chosen.track, "overdue": chosen.overdue, "team": chosen.team} | changes
    asked = {name: "1" if value is True else value for name, value in wanted.items() if value}
    query = urlencode(asked | ({"page": page} if page else {}))
    return f"{reverse('pathways:caseload')}?{query}"


def _chips(chosen: Chosen) -> list[dict[str, str]]:
    chips = {
        "track": str(Track(chosen.track).label) if chosen.track else "",
        "overdue": _("Over frist") if chosen.overdue else "",
        "team": _("Også andre teams") if chosen.team else "",
    }
    return [
        {"label": label, "remove_url": _url(chosen, **{name: ""})}
        for name, label in chips.items()
        if label
    ]


def _counts(counts: dict[str, int], chosen: Chosen) -> list[dict[str, str]]:
    n = counts["all"]
    parts = [{"label": ngettext("%(n)d patient", "%(n)d patienter", n) % {"n": n}}]
    if counts["overdue"]:
        label = _("%(n)d over frist") % {"n": counts["overdue"]}
        parts.append({"label": label, "tone": "overdue", "url": _url(chosen, overdue=True)})
    if counts["waiting"]:
        parts.append({"label": _("%(n)d venter på første tid") % {"n": counts["waiting"]}})
    return parts
