"""How the centre reaches a patient."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from casework.forms import renew
from casework.refusals import Refused
from pathways.forms.letters import LettersForm
from pathways.reading import visible_patients
from pathways.views.acting import Action, act, signed_in
from patients import reaching
from patients.models import Patient
from staff.models import User
from staff.permissions import Permission

LETTERS = Action(
    _("Kontakt og breve"),
    _("Gem"),
    _("Gemt. Det gælder fra næste brev."),
    lead=_("Breve, der allerede venter på at blive sendt, beholder den adresse, de har."),
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(Permission.PLAN, raise_exception=True)
def letters(request: HttpRequest, pk: int) -> HttpResponse:
    """Change telephone, address, language, post and interpreter of one of the person's patients."""
    user = signed_in(request)
    patient = get_object_or_404(visible_patients(user), pk=pk)
    form = LettersForm(request.POST or None, patient=patient)
    return act(
        request,
        LETTERS,
        form,
        lambda: _change(user, form, pk),
        case=None,
        back=reverse("pathways:patient", args=[pk]),
        context={"patient": patient},
    )


def _change(user: User, form: LettersForm, pk: int) -> None:
    """What is shown again after a refusal may be sent: whoever sends it has seen why."""
    try:
        reaching.change(user, pk, form.cleaned_data["read"], form.wanted)
    except Refused:
        renew(form, read=reaching.reaching(Patient.objects.get(pk=pk)).mark)
        raise
