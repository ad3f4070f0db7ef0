"""A letter as it was sent: the PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from letters.models import Letter
from letters.reading import record
from letters.typesetting import made
from staff.models import User


@require_safe
@cache_control(private=True, no_store=True)
def pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF, made now if nobody has needed it yet; the centre's own reading is recorded."""
    user = request.user
    assert isinstance(user, User)  # the sign-in middleware let nobody else through
    found = get_object_or_404(Letter.objects.visible_to(user).select_related("patient"), pk=pk)
    record(user, found)
    response = HttpResponse(made(found).pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="brev-{found.pk}.pdf"'
    return response
