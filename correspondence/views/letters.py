"""A letter on a page of its own, and the form that replaces it by a new one."""

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casework.refusals import Refused
from correspondence import presenting, replacing
from correspondence.forms import REDRAWN_BY, ReplaceForm
from correspondence.views.common import who
from letters.content import content_of
from letters.models import Letter
from letters.previews import preview
from letters.reading import record
from letters.wording import as_text
from staff.permissions import Permission


@require_safe
@permission_required(Permission.VIEW_PATIENTS, raise_exception=True)
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter as it was sent, how it went, and what replaces it; the reading is recorded."""
    letter = _visible(request, pk)
    record(who(request), letter)
    context = {
        "letter": letter,
        "title": content_of(letter.content).title,
        "words": as_text(letter),
        "sent": [(one, presenting.TONES[one.status]) for one in letter.messages.all()],
        "may_replace": replacing.may_replace(who(request), letter),
    }
    return render(request, "correspondence/letter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.SIGN, raise_exception=True)
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a letter's words and send it anew; the page shows the new one as it would go."""
    letter = _visible(request, pk)
    if request.method != "POST":
        return _show(request, letter, ReplaceForm(letter=letter), _refusal(request, letter))
    if REDRAWN_BY in request.POST:
        return _show(request, letter, ReplaceForm(letter=letter, initial=request.POST.dict()))
    form = ReplaceForm(request.POST, letter=letter)
    if not form.is_valid():
        return _show(request, letter, form, status=422)
    try:
        new = replacing.replace(who(request), pk, form.texts, form.why)
    except Refused as refusal:
        return _show(request, letter, form, str(refusal))
    messages.success(request, _("Det nye brev er sendt."))
    return redirect("correspondence:read", pk=new.pk)


def _refusal(request: HttpRequest, letter: Letter) -> str:
    """Why the letter cannot be replaced; empty when it can."""
    try:
        replacing.check_can_replace(who(request), letter)
    except Refused as refusal:
        return str(refusal)
    return ""


def _visible(request: HttpRequest, pk: int) -> Letter:
    joined = ("patient", "unit", "signed_by", "replaces", "replaced_by")
    found = Letter.objects.visible_to(who(request)).without_pages().select_related(*joined)
    letter: Letter = get_object_or_404(found.prefetch_related("messages"), pk=pk)
    return letter


def _show(
    request: HttpRequest, letter: Letter, form: ReplaceForm, refusal: str = "", status: int = 200
) -> HttpResponse:
    drawn = replacing.draft(who(request), letter, form.texts, form.why)
    context = {
        "letter": letter,
        "form": form,
        "refusal": refusal,
        "previews": [preview(drawn, _("Det nye brev, som det sendes"), is_open=True)],
        "back": reverse("correspondence:read", args=[letter.pk]),
    }
    return render(
        request, "correspondence/replace.html", context, status=409 if refusal else status
    )
