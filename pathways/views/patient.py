"""A patient's page: safety first, the pathway with its next step, appointments, one timeline."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.refusals import Refused
from medication.curve import curve
from medication.showing import shown
from pathways import timeline
from pathways.clocks import on_the_way
from pathways.closing import check_can_discharge
from pathways.left_behind import left_behind
from pathways.lifecycle import Status
from pathways.medicine import lists_of, may_record
from pathways.models import Appointment, Contact, Pathway
from pathways.pausing import where_it_stood
from pathways.planning import check_can_plan
from pathways.reading import open_patient
from pathways.reopening import check_can_reopen
from pathways.safety import safety_flags
from pathways.timeline import Kind
from pathways.views.acting import signed_in
from patients.models import Patient
from staff.models import User
from staff.permissions import Permission


@require_safe
@permission_required(Permission.VIEW_PATIENTS, raise_exception=True)
def patient(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one patient that the person's work needs; the reading is recorded."""
    user = signed_in(request)
    try:
        found = open_patient(user, pk, "patientens side")
    except Patient.DoesNotExist:
        raise Http404 from None
    pathways = list(_pathways(found))
    current = next((one for one in pathways if one.is_open), pathways[0] if pathways else None)
    kind = request.GET.get("kind", "")
    entries = timeline.gather(found, user)
    context = {
        "patient": found,
        "flags": safety_flags(found),
        "pathway": current,
        "earlier": [one for one in pathways if one != current],
        "steps": _steps(current),
        "kinds": _kinds(entries, kind),
        "medicine": _medicine(found, user)
        | {"may_stand_in_referral": any(entry.kind == Kind.REFERRAL for entry in entries)},
        "entries": [entry for entry in entries if kind in ("", entry.kind)],
        "actions": _actions(user, current, found),
        "clocks": on_the_way(current) if current else None,
        "wish_url": _wish_url(user, found),
        "may_plan": user.has_perm(Permission.PLAN),
        "unfinished": Contact.objects.unfinished()
        .filter(patient=found)
        .select_related("follow_up_by"),
        **_appointments(current, user),
    }
    return render(request, "pathways/patient.html", context)


def _pathways(patient: Patient) -> Any:
    people = patient.pathways.select_related("responsible", "next_step_by", "unit")
    return people.prefetch_related("team__user").order_by("-opened_at")


def _steps(pathway: Pathway | None) -> list[dict[str, Any]]:
    """The pathway's statuses as steps, with the one it stands at; a pause instead of its own."""
    if pathway is None:
        return []
    way = [Status.WAITING, Status.ACTIVE, Status.COMPLETED]
    if pathway.status == Status.DISCONTINUED:
        way[-1] = Status.DISCONTINUED
    if pathway.status == Status.PAUSED:
        way[way.index(where_it_stood(pathway))] = Status.PAUSED
    here = way.index(Status(pathway.status))
    return [
        {"label": status.label, "is_done": n < here, "is_here": n == here}
        for n, status in enumerate(way)
    ]


def _appointments(pathway: Pathway | None, user: User) -> dict[str, Any]:
    if pathway is None:
        return {"upcoming": [], "past": [], "to_settle": []}
    rows = list(pathway.appointments.select_related("clinician").order_by("starts_at"))
    booked = [row for row in rows if row.status == Appointment.Status.BOOKED]
    today = timezone.localdate()
    return {
        "upcoming": [row for row in booked if timezone.localdate(row.starts_at) > today],
        "to_settle": [row for row in booked if timezone.localdate(row.starts_at) <= today],
        "past": [row for row in reversed(rows) if row.status != Appointment.Status.BOOKED],
        "left_behind": left_behind(pathway) if pathway.is_open else [],
        "may_plan": not _refusal(lambda: check_can_plan(user, pathway)),
    }


def _medicine(patient: Patient, user: User) -> dict[str, Any]:
    """The newest list, and the curve of all when there is more than one to compare."""
    lists = lists_of(patient)
    latest = lists[0] if lists else None
    return {
        "latest": latest,
        "shown": shown(latest.as_read()) if latest else None,
        "curve": curve(lists, timezone.localdate()) if len(lists) > 1 else None,
        "may_record": may_record(user),
    }


def _wish_url(user: User, patient: Patient) -> str:
    """Where a wish is written down; empty for those who do not plan."""
    if not user.has_perm(Permission.PLAN):
        return ""
    return reverse("pathways:wish", args=[patient.pk])


def _kinds(entries: list[timeline.Entry], chosen: str) -> list[dict[str, Any]]:
    """The timeline's filters with how many entries each has."""
    present = {entry.kind for entry in entries}
    kinds = [{"value": "", "label": _("Alt"), "count": len(entries), "is_chosen": chosen == ""}]
    for kind in Kind:
        if kind in present:
            count = sum(entry.kind == kind for entry in entries)
            kinds.append(
                {"value": kind, "label": kind.label, "count": count, "is_chosen": chosen == kind}
            )
    return kinds


def _actions(user: User, pathway: Pathway | None, patient: Patient) -> list[dict[str, Any]]:
    """What can be done now; what cannot, says why."""
    actions: list[dict[str, Any]] = []
    if user.has_perm(Permission.LOG_CONTACT):
        url = reverse("pathways:call", args=[patient.pk])
        actions.append({"label": _("Notér opkald"), "url": url, "key": "o"})
    if pathway is not None:
        actions += _pathway_actions(user, pathway)
    return actions


def _pathway_actions(user: User, pathway: Pathway) -> list[dict[str, Any]]:
    no_plan = _refusal(lambda: check_can_plan(user, pathway))
    no_end = _refusal(lambda: check_can_discharge(user, pathway))
    paused = pathway.status == Status.PAUSED
    table: list[tuple[str, str, str, dict[str, Any]]] = [
        (_("Book tid…"), "book", no_plan, {"key": "b", "primary": True}),
        (_("Næste skridt…"), "next_step", no_plan, {"key": "n"}),
        (_("Ændr teamet…"), "team", no_plan, {"key": "t"}),
        (_("Genoptag…"), "resume", no_plan, {"key": "g"})
        if paused
        else (_("Sæt på pause…"), "pause", no_plan, {"key": "p"}),
        (_("Afslut…"), "discharge", no_end, {}),
        (_("Afbryd…"), "discontinue", no_end, {}),
    ]
    if pathway.status == Status.DISCONTINUED:
        no_reopening = _refusal(lambda: check_can_reopen(user, pathway))
        table = [(_("Åbn igen…"), "reopen", no_reopening, {})]
    return [
        {
            "label": label,
            "url": reverse(f"pathways:{name}", args=[pathway.pk]),
            "refusal": refusal,
            "dialog": True,
            **more,
        }
        for label, name, refusal, more in table
    ]


def _refusal(check: Any) -> str:
    """The sentence that stands in the way, empty when nothing does."""
    try:
        check()
    except Refused as refusal:
        return str(refusal)
    return ""
