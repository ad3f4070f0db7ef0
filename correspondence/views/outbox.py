"""The outbox: what left the house, what waits, and what a person must look at."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework.forms import number_sent
from casework.paging import keyset_page
from casework.refusals import Refused
from correspondence import deciding, files, filtering, presenting
from correspondence.models import Message, MessageQuerySet
from correspondence.views.common import may_read, may_view_outbox, who
from patients import access
from patients.models import Access
from staff.models import User

Verb = Callable[[User, int, int], Message]


@require_safe
@may_view_outbox
def outbox(request: HttpRequest) -> HttpResponse:
    """The messages, newest first, page by page; those in doubt stand above them."""
    everything = _visible(request)
    chosen = filtering.chosen(request.GET)
    mark = request.GET.get("page", "")
    found = presenting.with_last_try(filtering.matching(everything, chosen))
    page = keyset_page(found, ("created_at", "pk"), mark, newest_first=True)
    context = {
        "rows": [(row, presenting.TONES[row.status]) for row in page],
        "doubtful": [] if chosen or mark else presenting.doubtful(who(request), everything),
        "paper": presenting.paper(everything),
        "may_read": may_read(request),
        "counts": presenting.counts(everything),
        "filters": filtering.filters(chosen),
        "chips": filtering.chips(chosen),
        "clear_url": filtering.url({}),
        "previous_url": filtering.url({**chosen, "page": page.earlier}) if page.earlier else "",
        "next_url": filtering.url({**chosen, "page": page.later}) if page.later else "",
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
    """Put a message that failed, or may not have left, back in the queue."""
    done = _("Meddelelsen er lagt i kø og sendes igen.")
    return _decided(request, pk, deciding.send_again, done)


@require_POST
@may_view_outbox
def confirm_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a message did leave."""
    return _decided(request, pk, deciding.say_sent, _("Det er noteret, at meddelelsen er sendt."))


@require_POST
@may_view_outbox
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a message that failed, or may not have left, away for good."""
    return _decided(request, pk, deciding.drop, _("Meddelelsen er lagt væk og sendes ikke."))


def _decided(request: HttpRequest, pk: int, verb: Verb, done: str) -> HttpResponse:
    found = get_object_or_404(_visible(request), pk=pk)
    try:
        verb(who(request), found.pk, number_sent(request, "after"))
    except Refused as refusal:
        return _show(request, _visible(request).get(pk=pk), str(refusal), status=409)
    messages.success(request, done)
    if "back" in request.POST:
        return redirect("correspondence:outbox")
    return redirect("correspondence:message", pk=pk)


def _visible(request: HttpRequest) -> MessageQuerySet:
    found: MessageQuerySet = Message.objects.visible_to(who(request))
    return found.select_related("unit", "to_user")


def _show(
    request: HttpRequest, found: Message, refusal: str = "", status: int = 200
) -> HttpResponse:
    is_reader = may_read(request)
    if is_reader and found.patient:
        access.record(request.user, found.patient, Access.Purpose.SECRETARIAL, "meddelelse")
    context = {
        "message": found,
        "items": presenting.facts(who(request), found, may_read=is_reader),
        "tone": presenting.TONES[found.status],
        "tries": presenting.tries(found),
        "untried": presenting.untried(found),
        "may_read": is_reader,
        "file": files.written(found) if is_reader else "",
        "refusal": refusal,
        **presenting.buttons(who(request), found),
        "crumbs": [{"label": _("Udbakke"), "url": reverse("correspondence:outbox")}],
    }
    return render(request, "correspondence/message.html", context, status=status)
