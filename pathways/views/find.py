"""Finding a patient by CPR number, name or phone. The words are posted: no number in an address."""

from collections.abc import Callable

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pathways.reading import MOST_FOUND, SHORTEST_SEARCH, find
from pathways.views.acting import signed_in
from staff.models import User
from staff.permissions import Permission

# Rooms above this one append how a text that names a case of theirs leads to its page.
pages_named: list[Callable[[User, str], str]] = []
LEADS_TO = {"call": "pathways:call"}


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.VIEW_PATIENTS, raise_exception=True)
def find_patient(request: HttpRequest) -> HttpResponse:
    """The patients that fit; as you type a list, sent as a form the only one found at once."""
    text = request.POST.get("q", "")
    leads_to = LEADS_TO.get(request.POST.get("to", ""), "pathways:patient")
    found = find(signed_in(request), text)
    context = {
        "found": found,
        "leads_to": leads_to,
        "typed_enough": len(text.strip()) >= SHORTEST_SEARCH,
        "is_cut": len(found) == MOST_FOUND,
        "q": text,
    }
    if request.headers.get("HX-Request"):
        return render(request, "pathways/found.html", context)
    for page_named in pages_named:
        if url := page_named(signed_in(request), text):
            return redirect(url)
    if len(found) == 1:
        return redirect(leads_to, pk=found[0].pk)
    return render(request, "pathways/find.html", context)
