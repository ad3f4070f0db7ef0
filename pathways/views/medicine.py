"""A new list of a patient's medicine, shown as it is read before it is kept."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casework.refusals import Refused
from medication.showing import shown
from pathways.forms.medicine import MedicineListForm
from pathways.medicine import last_recorded, lists_of, take_down
from pathways.reading import open_patient, visible_patients
from pathways.safety import safety_flags
from pathways.views.acting import show_refusal, signed_in
from patients.models import Patient
from staff.permissions import Permission

READING = "medicine-read"


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.RECORD_MEDICINE, raise_exception=True)
def medicine(request: HttpRequest, pk: int) -> HttpResponse:
    """Type, see how it is read, keep. Posted, since a list of medicine must stand in no address."""
    user = signed_in(request)
    patient = get_object_or_404(visible_patients(user), pk=pk)
    latest = lists_of(patient)[:1]
    last = last_recorded(patient)
    number = last.pk if last else 0
    form = MedicineListForm(request.POST or None, latest[0] if latest else None, number)
    if request.headers.get("HX-Target") == READING:
        return render(request, "pathways/medicine_read.html", _read(form))
    if "look" in request.POST or not form.is_valid():
        is_wrong = form.is_bound and "look" not in request.POST
        return _page(request, patient, form, latest, 422 if is_wrong else 200)
    try:
        take_down(user, pk, form.cleaned_data["key"], form.typed_lines, **_answers(form))
    except Refused as refusal:
        show_refusal(form, refusal, None)
        form.begin_anew(number)
        return _page(request, patient, form, latest, 409)
    messages.success(request, _("Medicinlisten er gemt."))
    return redirect(reverse("pathways:patient", args=[pk]) + "#medicine")


def _answers(form: MedicineListForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("as_of", "seen", "begun_from")}


def _read(form: MedicineListForm) -> dict[str, Any]:
    reading = form.reading
    return {"shown": shown(reading), "mark": reading.mark, "reading_id": READING}


def _page(
    request: HttpRequest, patient: Patient, form: MedicineListForm, latest: Any, status: int
) -> HttpResponse:
    open_patient(signed_in(request), patient.pk, "medicinliste")
    back = reverse("pathways:patient", args=[patient.pk])
    context = {
        "patient": patient,
        "flags": safety_flags(patient),
        "form": form,
        "latest": latest[0] if latest else None,
        "back": back,
        "crumbs": [{"label": patient.name, "url": back}],
        **_read(form),
    }
    return render(request, "pathways/medicine.html", context, status=status)
