"""Attachments: added to a draft, removed from it, and fetched as a download."""

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from casework.refusals import Refused
from patients import access
from referrals import attachments
from referrals.forms import ATTACHMENTS
from referrals.models import Attachment
from referrals.views.common import own_draft, referrers_only, who
from staff.permissions import Permission


@require_POST
@referrers_only
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a file to a draft; one that is refused leads back with the sentence."""
    own_draft(request, pk)
    try:
        attachment = attachments.attach(who(request), pk, request.FILES.get("file"))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(name)s er vedhæftet.") % {"name": attachment.name})
    return redirect("referrals:step", pk, ATTACHMENTS)


@require_POST
@referrers_only
def detach(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a file from a draft that is not sent."""
    try:
        draft = attachments.detach(who(request), pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("referrals:mine")
    messages.success(request, _("Bilaget er fjernet."))
    return redirect("referrals:step", draft.pk, ATTACHMENTS)


@require_safe
@cache_control(private=True, no_store=True)
def attachment(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as a download, never shown in the page; the centre's own reading is recorded."""
    try:
        found = attachments.attachment_for(who(request), pk)
    except ObjectDoesNotExist:
        raise Http404 from None
    _record(request, found)
    response = FileResponse(
        found.file.open("rb"),
        as_attachment=True,
        filename=found.name,
        content_type=found.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _record(request: HttpRequest, found: Attachment) -> None:
    user = who(request)
    if user.has_perm(Permission.REFER):
        return
    patient = found.draft.submission.referral.patient
    access.record(user, patient, access.purpose_at_referral(user), "bilag")
