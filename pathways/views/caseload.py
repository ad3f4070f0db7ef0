"""My patients: overdue first, then by next step."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from pathways import caseload as patients
from pathways.views.acting import signed_in
from pathways.views.narrowing import count_parts, filtering, read
from staff.permissions import Permission, Role

LIST = "pathways:caseload"


@require_safe
@permission_required(Permission.CARRY_CASELOAD, raise_exception=True)
def caseload(request: HttpRequest) -> HttpResponse:
    """The person's patients, with what calls left for the person on top."""
    user, today = signed_in(request), timezone.localdate()
    chosen = read(request.GET, ("track", "overdue", "team"))
    page, rows = patients.page(user, chosen, today, request.GET.get("page", ""))
    counts = patients.counts(user, chosen, today)
    everybody = ngettext("%(n)d patient", "%(n)d patienter", counts["all"])
    context = filtering(LIST, chosen, page) | {
        "rows": rows,
        "questions": list(patients.questions(user)),
        "counts": count_parts(LIST, chosen, everybody, counts),
        "is_physician": user.role == Role.PHYSICIAN,
    }
    return render(request, "pathways/caseload.html", context)
