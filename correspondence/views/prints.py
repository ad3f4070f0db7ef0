"""The days' letters on paper: to be printed, put into envelopes, and told as sent."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from casework.forms import number_sent
from casework.paging import keyset_page
from casework.refusals import Refused
from correspondence import dispatching, presenting
from correspondence.models import PrintRun
from correspondence.views.common import may_read, may_read_outbox, may_view_outbox, who
from patients import access
from patients.models import Access


@require_safe
@may_view_outbox
def prints(request: HttpRequest) -> HttpResponse:
    """Every run, those to put in the post first."""
    return _show(request)


@require_POST
@may_read_outbox
def dispatch(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that a run's letters are in the post."""
    run = get_object_or_404(PrintRun.objects.without_pages(), pk=pk)
    try:
        dispatching.dispatch(who(request), run.pk, number_sent(request, "taken_out"))
    except Refused as refusal:
        return _show(request, str(refusal), status=409)
    messages.success(request, _("Det er noteret, at brevene er sendt."))
    return redirect("correspondence:prints" if "all" in request.POST else "correspondence:outbox")


@require_safe
@cache_control(private=True, no_store=True)
@may_read_outbox
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The day's letters on paper as PDF; each patient's record says who took them out."""
    run = get_object_or_404(PrintRun, pk=pk)
    for patient in presenting.patients_of(run):
        access.record(request.user, patient, Access.Purpose.SECRETARIAL, "breve på papir")
    name = f"{run.day:%Y-%m-%d}.pdf"
    head = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(bytes(run.pdf), content_type="application/pdf", headers=head)


def _show(request: HttpRequest, refusal: str = "", status: int = 200) -> HttpResponse:
    runs = PrintRun.objects.without_pages().select_related("dispatch")
    page = keyset_page(runs, ("day", "pk"), request.GET.get("page", ""), newest_first=True)
    context = {
        "rows": page,
        "to_post": presenting.to_post(),
        "may_read": may_read(request),
        "refusal": refusal,
        "previous_url": _url(page.earlier),
        "next_url": _url(page.later),
        "crumbs": [{"label": _("Udbakke"), "url": reverse("correspondence:outbox")}],
    }
    return render(request, "correspondence/prints.html", context, status=status)


def _url(mark: str) -> str:
    return reverse("correspondence:prints", query={"page": mark}) if mark else ""
