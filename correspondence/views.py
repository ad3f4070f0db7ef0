"""The outbox: what left the house, what waits, and what could not be delivered."""

import datetime as dt
from typing import Any, Final

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet, TextChoices
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from casework.paging import keyset_page
from casework.refusals import Refused
from correspondence import outbox as box
from correspondence.models import Message
from patients import access
from patients.models import Access
from staff.models import User
from staff.permissions import Permission

may_view_outbox = permission_required(Permission.VIEW_OUTBOX, raise_exception=True)
FILTERS: Final[dict[str, type[TextChoices]]] = {
    "status": Message.Status,
    "kind": Message.Kind,
    "channel": Message.Channel,
}
LABELS: Final = {"status": _lazy("tilstand"), "kind": _lazy("art"), "channel": _lazy("kanal")}
TONES: Final = {"queued": "waiting", "sent": "met", "failed": "overdue", "withdrawn": "plain"}


@require_safe
@may_view_outbox
def outbox(request: HttpRequest) -> HttpResponse:
    """The messages, newest first, page by page."""
    everything = _visible(request)
    chosen = _chosen(request.GET)
    mark = request.GET.get("page", "")
    page = keyset_page(everything.filter(**chosen), ("created_at", "pk"), mark, newest_first=True)
    context = {
        "rows": [(row, TONES[row.status]) for row in page],
        "may_read": _may_read(request),
        "counts": _counts(everything),
        "filters": _filters(chosen),
        "chips": _chips(chosen),
        "clear_url": _url({}),
        "previous_url": _url({**chosen, "page": page.earlier}) if page.earlier else "",
        "next_url": _url({**chosen, "page": page.later}) if page.later else "",
    }
    return render(request, "correspondence/outbox.html", context)


@require_safe
@may_view_outbox
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message; its words and its patient only for those who may see patients."""
    found = get_object_or_404(_visible(request), pk=pk)
    return _show(request, found)


@require_POST
@may_view_outbox
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a failed message back in the queue."""
    found = get_object_or_404(_visible(request), pk=pk)
    try:
        box.resend(found.pk)
    except Refused as refusal:
        return _show(request, found, str(refusal), status=409)
    messages.success(request, _("Meddelelsen er lagt i kø og sendes igen."))
    return redirect("correspondence:message", pk=pk)


def _visible(request: HttpRequest) -> "QuerySet[Message]":
    assert isinstance(request.user, User)  # the permission check let nobody else through
    found: QuerySet[Message] = Message.objects.visible_to(request.user)
    return found.select_related("unit", "to_user")


def _may_read(request: HttpRequest) -> bool:
    return request.user.has_perm(Permission.VIEW_PATIENTS)


def _show(
    request: HttpRequest, found: Message, refusal: str = "", status: int = 200
) -> HttpResponse:
    may_read = _may_read(request)
    if may_read and found.patient:
        access.record(request.user, found.patient, Access.Purpose.SECRETARIAL, "meddelelse")
    context = {
        "message": found,
        "items": _facts(found, may_read=may_read),
        "tone": TONES[found.status],
        "may_read": may_read,
        "may_resend": found.status == Message.Status.FAILED,
        "refusal": refusal,
        "crumbs": [{"label": _("Udbakke"), "url": reverse("correspondence:outbox")}],
    }
    return render(request, "correspondence/message.html", context, status=status)


def _facts(found: Message, *, may_read: bool) -> list[dict[str, Any]]:
    return [
        {"term": _("Art"), "value": found.get_kind_display()},
        {"term": _("Kanal"), "value": found.get_channel_display()},
        {"term": _("Til"), "value": found.recipient if may_read else found.addressee},
        *([{"term": _("Adresse"), "value": found.address or "–"}] if may_read else []),
        {"term": _("Lagt i kø"), "value": _when(found.created_at)},
        {"term": _("Forsøg"), "value": str(found.attempts)},
        *([{"term": _("Sendt"), "value": _when(found.sent_at)}] if found.sent_at else []),
        *([{"term": _("Seneste fejl"), "value": found.last_error}] if found.last_error else []),
    ]


def _when(at: dt.datetime) -> str:
    return date_format(timezone.localtime(at), r"j.n.Y \k\l. H.i")


def _chosen(asked: QueryDict) -> dict[str, str]:
    """The filters in the address; what names no choice is left out."""
    given = {name: asked.get(name, "") for name in FILTERS}
    return {name: value for name, value in given.items() if value in FILTERS[name].values}


def _filters(chosen: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": LABELS[name],
            "choices": choices.choices,
            "value": chosen.get(name, ""),
        }
        for name, choices in FILTERS.items()
    ]


def _chips(chosen: dict[str, str]) -> list[dict[str, str]]:
    return [
        {
            "label": str(FILTERS[name](value).label),
            "remove_url": _url({other: v for other, v in chosen.items() if other != name}),
        }
        for name, value in chosen.items()
    ]


def _counts(everything: "QuerySet[Message]") -> list[dict[str, str]]:
    queued = everything.filter(status=Message.Status.QUEUED).count()
    failed = everything.filter(status=Message.Status.FAILED).count()
    return [
        {
            "label": _("%(n)d i kø") % {"n": queued},
            "url": _url({"status": Message.Status.QUEUED}),
        },
        {
            "label": ngettext("%(n)d mislykket", "%(n)d mislykkede", failed) % {"n": failed},
            "url": _url({"status": Message.Status.FAILED}),
            "tone": "overdue" if failed else "",
        },
    ]


def _url(query: dict[str, str]) -> str:
    return reverse("correspondence:outbox", query=query or None)
