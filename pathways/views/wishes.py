"""Writing down what a patient wishes about waiting."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from pathways.forms.wishes import WishForm
from pathways.reading import visible_patients
from pathways.views.acting import Action, act, signed_in
from patients import wishes
from patients.models import Patient
from staff.permissions import Permission

WISH = Action(_("Notér patientens ønske"), _("Gem ønsket"), _("Patientens ønske er noteret."))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.PLAN, raise_exception=True)
def wish(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a wish of one of the person's patients."""
    patient = get_object_or_404(visible_patients(signed_in(request)), pk=pk)
    return record(request, patient, reverse("pathways:patient", args=[pk]))


def record(request: HttpRequest, patient: Patient, back: str) -> HttpResponse:
    """Show the form, and go back when the wish is written down."""
    user, form = signed_in(request), WishForm(request.POST or None)
    return act(
        request,
        WISH,
        form,
        lambda: wishes.record(user, patient, form.cleaned_data["key"], form.said),
        case=None,
        back=back,
        context={"patient": patient},
    )
