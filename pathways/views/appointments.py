"""Booking, moving, cancelling an appointment; who came and who stayed away."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pathways import appointments, interpreters
from pathways.forms.appointments import BookForm, InterpreterForm, MoveForm
from pathways.forms.people import VersionedForm
from pathways.forms.planning import NextStepForm, WhyForm
from pathways.models import Appointment, Pathway
from pathways.phoning import days_for_the_post, is_to_phone
from pathways.views.acting import Action, act, signed_in
from pathways.views.planning import get_or_post, may_plan, page_of

BOOK = Action(
    _("Book tid"),
    _("Book tiden"),
    _("Tiden er booket, og patienten får besked."),
    lead=_("Patienten får et brev i Digital Post eller på papir, og besked på SMS eller e-mail."),
)
MOVE = Action(
    _("Flyt tid"),
    _("Flyt tiden"),
    _("Tiden er flyttet, og patienten får besked."),
    lead=_("Patienten får besked om den nye tid, og påmindelser følger med."),
)
CANCEL = Action(
    _("Aflys tid"),
    _("Aflys tiden"),
    _("Tiden er aflyst. Næste skridt er at give patienten en ny."),
    lead=_("Patienten får besked, og næste skridt bliver at give en ny tid."),
    is_end=True,
)
ATTENDED = Action(
    _("Patienten er mødt"),
    _("Gem"),
    _("Fremmødet er noteret."),
    lead=_("Hvad skal der ske nu?"),
)
STAYED_AWAY = Action(
    _("Patienten er udeblevet"),
    _("Notér udeblivelse"),
    _("Udeblivelsen er noteret. Næste skridt er at ringe til patienten."),
    lead=_("Næste skridt bliver at ringe til patienten."),
)
INTERPRETER = Action(
    _("Tolk er bestilt"),
    _("Gem"),
    _("Det er noteret, at tolken er bestilt."),
    lead=_("Flyttes eller aflyses tiden, gælder bestillingen ikke længere."),
)
NO_INTERPRETER = Action(
    _("Tolken kommer ikke"),
    _("Tolken kommer ikke"),
    _("Noteret. Der skal bestilles en anden tolk."),
    lead=_("Der skal så bestilles en anden tolk til tiden."),
    is_end=True,
)


@get_or_post
@may_plan
def book(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the patient an appointment."""
    user = signed_in(request)
    visible = Pathway.objects.visible_to(user).select_related("patient", "responsible")
    pathway = get_object_or_404(visible, pk=pk)
    initial = {"version": pathway.version, "clinician": pathway.responsible_id}
    form = BookForm(request.POST or None, pathway=pathway, initial=initial)
    return act(
        request,
        BOOK,
        form,
        lambda: appointments.book(
            user,
            pk,
            form.cleaned_data["version"],
            form.time,
            is_next_step=form.cleaned_data.get("is_next_step", True),
            interpreter=form.interpreter,
        ),
        case=pathway,
        back=page_of(pathway),
        context={"pathway": pathway, "post_days": days_for_the_post(pathway.patient)},
        then=lambda: _to_phone(pathway),
    )


@get_or_post
@may_plan
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Give another time instead."""
    appointment = _appointment(request, pk)
    starts_at = timezone.localtime(appointment.starts_at)
    initial = {
        "version": appointment.pathway.version,
        "clinician": appointment.clinician_id,
        "day": starts_at.date(),
        "at": starts_at.time(),
        "minutes": appointment.minutes,
        "how": appointment.form,
    }
    form = MoveForm(request.POST or None, pathway=appointment.pathway, initial=initial)
    return _act(
        request,
        MOVE,
        form,
        lambda user, version: appointments.move(
            user, pk, version, form.time, form.cleaned_data["why"], form.interpreter
        ),
        appointment,
    )


@get_or_post
@may_plan
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it off."""
    appointment = _appointment(request, pk)
    form = WhyForm(request.POST or None, initial={"version": appointment.pathway.version})
    return _act(
        request,
        CANCEL,
        form,
        lambda user, version: appointments.cancel(user, pk, version, form.cleaned_data["why"]),
        appointment,
    )


@get_or_post
@may_plan
def attended(request: HttpRequest, pk: int) -> HttpResponse:
    """The patient came; what happens next is decided at once."""
    appointment = _appointment(request, pk)
    initial = {
        "version": appointment.pathway.version,
        "next_step_by": signed_in(request).pk,
    }
    form = NextStepForm(request.POST or None, pathway=appointment.pathway, initial=initial)
    return _act(
        request,
        ATTENDED,
        form,
        lambda user, version: appointments.attend(
            user,
            pk,
            version,
            form.cleaned_data["next_step"],
            form.cleaned_data["next_step_by"],
            form.cleaned_data["due_on"],
        ),
        appointment,
    )


@get_or_post
@may_plan
def stayed_away(request: HttpRequest, pk: int) -> HttpResponse:
    """The patient did not come."""
    appointment = _appointment(request, pk)
    form = VersionedForm(request.POST or None, initial={"version": appointment.pathway.version})
    return _act(
        request,
        STAYED_AWAY,
        form,
        lambda user, version: appointments.stay_away(user, pk, version),
        appointment,
    )


@get_or_post
@may_plan
def interpreter(request: HttpRequest, pk: int) -> HttpResponse:
    """An interpreter is booked for it."""
    appointment = _appointment(request, pk)
    initial = {"version": appointment.pathway.version}
    form = InterpreterForm(request.POST or None, initial=initial)
    return _act(
        request,
        INTERPRETER,
        form,
        lambda user, version: interpreters.book_interpreter(
            user, pk, version, form.cleaned_data["booked_from"]
        ),
        appointment,
    )


@get_or_post
@may_plan
def no_interpreter(request: HttpRequest, pk: int) -> HttpResponse:
    """The interpreter who was booked for it does not come."""
    appointment = _appointment(request, pk)
    form = VersionedForm(request.POST or None, initial={"version": appointment.pathway.version})
    return _act(
        request,
        NO_INTERPRETER,
        form,
        lambda user, version: interpreters.lose_interpreter(user, pk, version),
        appointment,
    )


def _appointment(request: HttpRequest, pk: int) -> Appointment:
    visible = Appointment.objects.visible_to(signed_in(request))
    return get_object_or_404(
        visible.select_related("clinician", "pathway__patient", "pathway__responsible"), pk=pk
    )


def _act(
    request: HttpRequest,
    action: Action,
    form: forms.Form,
    do: Callable[[Any, int], object],
    appointment: Appointment,
) -> HttpResponse:
    """An action on an appointment, told the person and the version that was read."""
    user, pathway = signed_in(request), appointment.pathway
    loses = action in (MOVE, CANCEL) and appointment.interpreter_language
    return act(
        request,
        action,
        form,
        lambda: do(user, form.cleaned_data["version"]),
        case=pathway,
        back=page_of(pathway),
        context={
            "pathway": pathway,
            "appointment": appointment,
            "interpreters": [appointment] if loses else [],
            "post_days": action in (MOVE, CANCEL) and days_for_the_post(pathway.patient),
        },
        then=lambda: _to_phone(pathway),
    )


def _to_phone(pathway: Pathway) -> str:
    """That somebody phones now, where the letter would come too late."""
    pathway.refresh_from_db(fields=["next_step"])
    if not is_to_phone(pathway):
        return ""
    return gettext("Brevet når ikke frem i tide: næste skridt er at ringe til patienten.")
