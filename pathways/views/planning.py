"""Next step, team and the end of a pathway."""

from collections.abc import Iterable

from django import forms
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from correspondence.reach import gets_digital_post
from letters.previews import Preview
from pathways import closing, interpreters, pausing, planning, previews, reopening
from pathways.forms.planning import (
    DischargeForm,
    DiscontinueForm,
    NextStepForm,
    PauseForm,
    ReopenForm,
    TeamForm,
)
from pathways.left_behind import still_with
from pathways.models import Pathway
from pathways.phoning import to_be_phoned_about
from pathways.views.acting import Action, act, signed_in
from patients.models import Patient
from staff.permissions import Permission

LOOKED_AT_BY = "redraw"
get_or_post = require_http_methods(["GET", "HEAD", "POST"])
may_plan = permission_required(Permission.PLAN, raise_exception=True)
may_discharge = permission_required(Permission.DISCHARGE, raise_exception=True)

NEXT_STEP = Action(_("Næste skridt"), _("Gem næste skridt"), _("Næste skridt er gemt."))
TEAM = Action(_("Ændr teamet"), _("Gem teamet"), _("Teamet er ændret."))
PAUSE = Action(
    _("Sæt forløbet på pause"),
    _("Sæt på pause"),
    _("Forløbet er sat på pause."),
    lead=_(
        "Tider, der er booket, gælder stadig. Aflys dem, som patienten ikke skal have. Bookes der "
        "en ny tid, er pausen slut."
    ),
)
RESUME = Action(
    _("Genoptag forløbet"),
    _("Genoptag forløbet"),
    _("Forløbet er genoptaget."),
    lead=_("Skriv, hvad der skal ske nu."),
)
DISCHARGE = Action(
    _("Afslut forløbet"),
    _("Afslut og send epikrise"),
    _("Forløbet er afsluttet, og epikrisen er sendt til henviser."),
    lead=_("Epikrisen sendes til henviser, og patienten får et brev. Kommende tider aflyses."),
)
REOPEN = Action(
    _("Åbn forløbet igen"),
    _("Åbn forløbet igen"),
    _("Forløbet er åbnet igen, og henviser har fået besked. Aflyste tider skal bookes på ny."),
    lead=_(
        "Forløbet fortsætter, hvor det stod. Henviser får begrundelsen; patienten får intet brev. "
        "Tider, der blev aflyst, skal bookes på ny."
    ),
)
DISCONTINUE = Action(
    _("Afbryd forløbet"),
    _("Afbryd forløbet"),
    _("Forløbet er afbrudt, og henviser har fået besked."),
    lead=_(
        "Henviser får begrundelsen. Kommende tider aflyses, og patienten får besked. Er patienten "
        "død, sendes der intet til patienten, og det, der ikke er sendt endnu, trækkes tilbage."
    ),
    is_end=True,
)


@get_or_post
@may_plan
def next_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what is to be done next, by whom and by when."""
    user, pathway = signed_in(request), _pathway(request, pk)
    initial = {
        "version": pathway.version,
        "next_step": pathway.next_step,
        "next_step_by": pathway.next_step_by_id,
        "due_on": pathway.due_on,
    }
    form = NextStepForm(request.POST or None, pathway=pathway, initial=initial)
    return act(
        request,
        NEXT_STEP,
        form,
        lambda: planning.set_next_step(
            user,
            pk,
            form.cleaned_data["version"],
            form.cleaned_data["next_step"],
            form.cleaned_data["next_step_by"],
            form.cleaned_data["due_on"],
        ),
        case=pathway,
        back=page_of(pathway),
        context={"pathway": pathway},
    )


@get_or_post
@may_plan
def pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the pathway wait until a day to look again."""
    user, pathway = signed_in(request), _pathway(request, pk)
    form = PauseForm(request.POST or None, pathway=pathway, initial={"version": pathway.version})
    return act(
        request,
        PAUSE,
        form,
        lambda: pausing.pause(user, pk, **form.cleaned_data),
        case=pathway,
        back=page_of(pathway),
        context={"pathway": pathway},
    )


@get_or_post
@may_plan
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the pathway up again, with its next step."""
    user, pathway = signed_in(request), _pathway(request, pk)
    initial = {"version": pathway.version, "next_step_by": pathway.next_step_by_id}
    form = NextStepForm(request.POST or None, pathway=pathway, initial=initial)
    return act(
        request,
        RESUME,
        form,
        lambda: pausing.resume(
            user,
            pk,
            form.cleaned_data["version"],
            form.cleaned_data["next_step"],
            form.cleaned_data["next_step_by"],
            form.cleaned_data["due_on"],
        ),
        case=pathway,
        back=page_of(pathway),
        context={"pathway": pathway},
    )


@get_or_post
@may_plan
def team(request: HttpRequest, pk: int) -> HttpResponse:
    """Let people join or leave the team, or change the responsible physician."""
    user, pathway = signed_in(request), _pathway(request, pk)
    form = TeamForm(request.POST or None, pathway=pathway, initial={"version": pathway.version})
    return act(
        request,
        TEAM,
        form,
        lambda: planning.change_team(
            user,
            pk,
            form.cleaned_data["version"],
            why=form.cleaned_data["why"],
            join=form.seat,
            leave=form.leaving,
            responsible=form.cleaned_data["responsible"],
        ),
        case=pathway,
        back=page_of(pathway),
        context={"pathway": pathway},
        then=lambda: still_with(pathway, form.handing_over(pathway)),
    )


@get_or_post
@may_discharge
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a pathway go on that was broken off by mistake."""
    user, pathway = signed_in(request), _pathway(request, pk)
    initial = {"version": pathway.version, "next_step_by": user.pk}
    form = ReopenForm(request.POST or None, pathway=pathway, initial=initial)
    return act(
        request,
        REOPEN,
        form,
        lambda: reopening.reopen(
            user,
            pk,
            form.cleaned_data["version"],
            form.cleaned_data["why"],
            form.cleaned_data["next_step"],
            form.cleaned_data["next_step_by"],
            form.cleaned_data["due_on"],
        ),
        case=pathway,
        back=page_of(pathway),
        context={"pathway": pathway},
    )


@get_or_post
@may_discharge
def discharge(request: HttpRequest, pk: int) -> HttpResponse:
    """End the pathway with a letter to the referrer and one to the patient."""
    user, pathway = signed_in(request), _pathway(request, pk)
    if LOOKED_AT_BY in request.POST:
        typed = request.POST.dict()
        drawn = previews.of_discharge(pathway, typed, user)
        return _letters(request, DISCHARGE, DischargeForm(initial=typed), pathway, drawn)
    initial = {"version": pathway.version}
    form = DischargeForm(request.POST or None, initial=initial)
    return act(
        request,
        DISCHARGE,
        form,
        lambda: closing.discharge(user, pk, **form.cleaned_data),
        case=pathway,
        back=page_of(pathway),
        context={
            "pathway": pathway,
            "previews": [],
            "interpreters": interpreters.to_call_off(pathway),
            "to_phone": to_be_phoned_about(pathway),
        },
    )


def _letters(
    request: HttpRequest,
    action: Action,
    form: forms.Form,
    pathway: Pathway,
    drawn: Iterable[Preview],
) -> HttpResponse:
    """The form as it was typed so far, with the letters it would send."""
    context = {
        "action": action,
        "form": form,
        "back": page_of(pathway),
        "pathway": pathway,
        "previews": list(drawn),
        "interpreters": interpreters.to_call_off(pathway),
        "to_phone": to_be_phoned_about(pathway),
    }
    return render(request, "pathways/action.html", context)


@get_or_post
@may_discharge
def discontinue(request: HttpRequest, pk: int) -> HttpResponse:
    """End the pathway before it is completed."""
    user, pathway = signed_in(request), _pathway(request, pk)
    if LOOKED_AT_BY in request.POST:
        typed = request.POST.dict()
        drawn = previews.of_discontinuation(pathway, typed, user)
        form = DiscontinueForm(pathway=pathway, initial=typed)
        return _letters(request, DISCONTINUE, form, pathway, drawn)
    form = DiscontinueForm(
        request.POST or None, pathway=pathway, initial={"version": pathway.version}
    )
    return act(
        request,
        DISCONTINUE,
        form,
        lambda: closing.discontinue(user, pk, **form.answers),
        case=pathway,
        back=page_of(pathway),
        context={
            "pathway": pathway,
            "previews": [],
            "interpreters": interpreters.to_call_off(pathway),
            "to_phone": to_be_phoned_about(pathway),
            "letter_goes_to": _paper_address(pathway.patient),
        },
    )


def _paper_address(patient: Patient) -> str:
    """Where a letter on paper to the patient goes; empty for Digital Post."""
    return "" if gets_digital_post(patient) else patient.postal_address


def page_of(pathway: Pathway) -> str:
    """The address of the patient's page."""
    return reverse("pathways:patient", args=[pathway.patient_id])


def _pathway(request: HttpRequest, pk: int) -> Pathway:
    visible = Pathway.objects.visible_to(signed_in(request)).select_related(
        "patient", "responsible", "next_step_by"
    )
    found: Pathway = get_object_or_404(visible, pk=pk)
    return found
