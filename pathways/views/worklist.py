"""All open pathways: overdue first, for those who see that none is forgotten."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pathways import worklist as pathways
from pathways.models import Pathway
from pathways.views.acting import signed_in
from pathways.views.narrowing import STATUSES, count_parts, filtering, read
from staff.permissions import Permission

LIST = "pathways:worklist"


@require_safe
@permission_required(Permission.VIEW_QUEUE, raise_exception=True)
def worklist(request: HttpRequest) -> HttpResponse:
    """One page of the open pathways; what is clinical only for those who may see patients."""
    user, today = signed_in(request), timezone.localdate()
    may_see = user.has_perm(Permission.VIEW_PATIENTS)
    chosen = read(request.GET, ("track", "status", "overdue", "interpreter", "case"))
    page = pathways.page(user, chosen, today, request.GET.get("page", ""))
    counts = pathways.counts(user, today)
    everything = ngettext("%(n)d åbent forløb", "%(n)d åbne forløb", counts["all"])
    context = filtering(LIST, chosen, page) | {
        "rows": [_row(pathway, may_see) for pathway in page],
        "counts": count_parts(LIST, chosen, everything, counts),
        "statuses": STATUSES,
        "may_see_patients": may_see,
    }
    return render(request, "pathways/worklist.html", context)


def _row(pathway: Pathway, may_see: bool) -> dict[str, Any]:
    """What one row shows; the next step's words may be clinical, and the page is the patient's."""
    return {
        "pathway": pathway,
        "url": reverse("pathways:patient", args=[pathway.patient_id]) if may_see else "",
        "next_step": pathway.next_step if may_see else "",
    }
