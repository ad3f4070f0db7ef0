"""Writing down, at a referral, what the patient wishes about waiting."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pathways.views.acting import signed_in
from pathways.views.wishes import record
from referrals.models import Referral
from staff.permissions import Permission


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.TRIAGE, raise_exception=True)
def patients_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a wish of the patient of a referral that the person may see."""
    visible = Referral.objects.visible_to(signed_in(request)).select_related("patient")
    referral = get_object_or_404(visible, pk=pk)
    return record(request, referral.patient, reverse("referrals:referral", args=[pk]))
