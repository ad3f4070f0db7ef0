"""The outbox: what left the house, what waits, and what a person must look at."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from casework.paging import keyset_page
from casework.refusals import Refused
from correspondence import deciding, files, filtering, presenting
from correspondence.models import Message, PrintRun
from patients import access
from patients.models import Access
from staff.models import User
from staff.permissions import Permission

may_view_outbox = permission_required(Permission.VIEW_OUTBOX, raise_exception=True)
may_read_outbox = permission_required(
    [Permission.VIEW_OUTBOX, Permission.VIEW_PATIENTS], raise_exception=True
)
Verb = Callable[[User, int, int], Message]


@require_safe
@may_view_outbox
def outbox(request: HttpRequest) -> HttpResponse:
    """The messages, newest first, page by page; those in doubt stand above them."""
    everything = _visible(request)
    chosen = filtering.chosen(request.GET)
    mark = request.GET.get("page", "")
    page = keyset_page(everything.filter(**chosen), ("created_at", "pk"), mark, newest_first=True)
    context = {
        "rows": [(row, presenting.TONES[row.status]) for row in page],
        "doubtful": [] if chosen or mark else presenting.doubtful(everything),
        "paper": presenting.paper(everything),
        "may_read": _may_read(request),
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


@require_safe
@cache_control(private=True, no_store=True)
@may_read_outbox
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The day's letters on paper as PDF; each patient's record says who took them out."""
    run = get_object_or_404(PrintRun, pk=pk)
    for patient in presenting.patients_of(run):
        access.record(request.user, patient, Access.Purpose.SECRETARIAL, "breve på papir")
    name = f"{run.day:%Y-%m-%d}.pdf"
    head = {
        "Content-Disposition": f'inline; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(bytes(run.pdf), content_type="application/pdf", headers=head)


def _decided(request: HttpRequest, pk: int, verb: Verb, done: str) -> HttpResponse:
    found = get_object_or_404(_visible(request), pk=pk)
    try:
        verb(_user(request), found.pk, _number(request))
    except Refused as refusal:
        return _show(request, _visible(request).get(pk=pk), str(refusal), status=409)
    messages.success(request, done)
    if "back" in request.POST:
        return redirect("correspondence:outbox")
    return redirect("correspondence:message", pk=pk)


def _number(request: HttpRequest) -> int:
    """The attempt that the person had before them; a form of ours always names one."""
    after = request.POST.get("after", "")
    return int(after) if after.isdecimal() else -1


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)  # the permission check let nobody else through
    return request.user


def _visible(request: HttpRequest) -> "QuerySet[Message]":
    found: QuerySet[Message] = Message.objects.visible_to(_user(request))
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
        "items": presenting.facts(found, may_read=may_read),
        "tone": presenting.TONES[found.status],
        "tries": presenting.tries(found),
        "may_read": may_read,
        "file": files.written(found) if may_read else "",
        "refusal": refusal,
        **presenting.buttons(_user(request), found),
        "crumbs": [{"label": _("Udbakke"), "url": reverse("correspondence:outbox")}],
    }
    return render(request, "correspondence/message.html", context, status=status)
