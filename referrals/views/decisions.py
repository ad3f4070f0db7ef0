"""The triage desk's actions, each a small form over the referral, or one click."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from casework.forms import number_sent, renew
from casework.refusals import Refused, Stale
from referrals import queue, recognising, signing, triage
from referrals.checks import RULES, Action, refusal
from referrals.forms.acceptance import AcceptForm
from referrals.forms.asking import AskForm
from referrals.forms.case import REDRAWN_BY, CaseForm
from referrals.forms.recognising import RecogniseForm
from referrals.forms.triage import (
    AdviceRequestForm,
    AdviseForm,
    DeclineForm,
    GiveBackForm,
    RedirectForm,
)
from referrals.lifecycle import Status
from referrals.models import Referral
from referrals.views.referral import referral_page, visible_referral
from staff.models import User

A = Action
View = Callable[..., HttpResponse]


@dataclass(frozen=True, slots=True)
class Step:
    """How an action is taken: its form, the function that does it, and its words.

    With ``done``, which is said afterwards, one stays at the referral: it is where it was.
    """

    form: type[CaseForm]
    do: Callable[..., object]
    heading: str | Promise
    submit: str | Promise
    danger: bool = False
    done: str | Promise = ""


STEPS: Mapping[Action, Step] = {
    A.ACCEPT: Step(
        AcceptForm, triage.accept, gettext_lazy("Godkend"), gettext_lazy("Godkend og næste")
    ),
    A.ASK: Step(
        AskForm, triage.ask, gettext_lazy("Spørg henviser"), gettext_lazy("Send spørgsmålet")
    ),
    A.REDIRECT: Step(
        RedirectForm, triage.redirect, gettext_lazy("Omvisitér"), gettext_lazy("Omvisitér og næste")
    ),
    A.DECLINE: Step(
        DeclineForm,
        triage.decline,
        gettext_lazy("Afvis henvisningen"),
        gettext_lazy("Afvis og næste"),
        danger=True,
    ),
    A.SEND_FOR_ADVICE: Step(
        AdviceRequestForm,
        triage.send_for_advice,
        gettext_lazy("Bed en læge om råd"),
        gettext_lazy("Send til lægen"),
    ),
    A.GIVE_BACK: Step(
        GiveBackForm,
        signing.give_back,
        gettext_lazy("Giv tilbage til visitationen"),
        gettext_lazy("Giv tilbage"),
    ),
    A.ADVISE: Step(
        AdviseForm, signing.advise, gettext_lazy("Råd til henviser"), gettext_lazy("Send rådet")
    ),
    A.RECOGNISE: Step(
        RecogniseForm,
        recognising.recognise,
        gettext_lazy("Samme person"),
        gettext_lazy("Gem navnet"),
        done=gettext_lazy("%(name)s er den person, der har nummeret. Navnet er gemt."),
    ),
}

AT_ONCE: Mapping[Action, Callable[..., object]] = {
    A.CLAIM: triage.claim,
    A.RELEASE: triage.release,
    A.RECALL: triage.recall,
    A.SIGN: signing.sign,
}

# What is said after one click; else, and after a form, what the status says.
AT_ONCE_DONE: Mapping[Action, str | Promise] = {
    A.RECALL: gettext_lazy("Spørgsmålet om %(name)s er trukket tilbage, og %(unit)s får besked."),
}

# What is said afterwards, by the status in which the referral now stands.
DONE: Mapping[str, str | Promise] = {
    Status.RECEIVED: gettext_lazy("%(name)s ligger nu i visitationen."),
    Status.AWAITING_REFERRER: gettext_lazy("Spørgsmålet om %(name)s er sendt til %(unit)s."),
    Status.AWAITING_SIGNATURE: gettext_lazy("%(name)s er sendt til underskrift hos %(owner)s."),
    Status.AWAITING_ADVICE: gettext_lazy("%(name)s er sendt til %(owner)s, som svarer med råd."),
    Status.ACCEPTED: gettext_lazy("%(name)s er modtaget i centret, og brevene er på vej."),
    Status.REDIRECTED: gettext_lazy("%(name)s er omvisiteret, og %(unit)s får brevet."),
    Status.DECLINED: gettext_lazy("Henvisningen af %(name)s er afvist, og %(unit)s får brevet."),
    Status.ADVISED: gettext_lazy("Rådet om %(name)s er sendt til %(unit)s."),
    # Taken back by the referrer in the moment after.
    Status.WITHDRAWN: gettext_lazy("Henviser har trukket henvisningen af %(name)s tilbage."),
}


def with_form(action: Action) -> View:
    """The view of an action that has a form of its own."""

    @permission_required(RULES[action].permission, raise_exception=True)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = visible_referral(request, pk)
        if request.method != "POST":
            return _opened(request, action, found)
        if REDRAWN_BY in request.POST:
            return _drawn(request, action, found, _form(action, request, found, redrawn=True))
        return _sent(request, action, found)

    return view


def at_once(action: Action) -> View:
    """The view of an action that one click takes."""

    @require_POST
    @permission_required(RULES[action].permission, raise_exception=True)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        found = visible_referral(request, pk)
        try:
            AT_ONCE[action](request.user, pk, number_sent(request, "version"))
        except Refused as refused:
            fresh = visible_referral(request, pk)
            return referral_page(request, fresh, refused.sentence, status=409)
        return _done(request, found, str(AT_ONCE_DONE.get(action, "")))

    return view


def _form(action: Action, request: HttpRequest, found: Referral, redrawn: bool = False) -> CaseForm:
    form_class, address = STEPS[action].form, reverse(f"referrals:{action}", args=[found.pk])
    assert isinstance(request.user, User)
    if redrawn:
        return form_class.redrawn(found, request.user, address, request.POST)
    data = request.POST if request.method == "POST" else None
    return form_class(found, request.user, address, data=data)


def _opened(request: HttpRequest, action: Action, found: Referral) -> HttpResponse:
    assert isinstance(request.user, User)
    if refused := refusal(request.user, action, found):
        return _drawn(request, action, found, None, refused)
    return _drawn(request, action, found, _form(action, request, found))


def _sent(request: HttpRequest, action: Action, found: Referral) -> HttpResponse:
    form = _form(action, request, found)
    if wanted := form.out_of_date():
        return _drawn(request, action, found, _form(action, request, found, redrawn=True), wanted)
    if not form.is_valid():
        return _drawn(request, action, found, form)
    try:
        STEPS[action].do(request.user, found.pk, **form.words())
    except Refused as refused:
        return _refused(request, action, visible_referral(request, found.pk), form, refused)
    return _done(request, found, str(STEPS[action].done))


def _refused(
    request: HttpRequest, action: Action, fresh: Referral, form: CaseForm, refused: Refused
) -> HttpResponse:
    """The form with what was typed, ready to be sent again; no form where that can do nothing."""
    if fresh.status not in RULES[action].at:
        return _drawn(request, action, fresh, None, refused.sentence)
    if isinstance(refused, Stale):
        renew(form, version=fresh.version)
    return _drawn(request, action, fresh, form, refused.sentence)


def _drawn(
    request: HttpRequest,
    action: Action,
    found: Referral,
    form: CaseForm | None,
    refused: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {
        "referral": found,
        "step": STEPS[action],
        "form": form,
        "refusal": refused,
        "address": reverse(f"referrals:{action}", args=[found.pk]),
        "back": reverse("referrals:referral", args=[found.pk]),
    }
    template = "referrals/triage/action.html"
    return render(request, template, context, status=409 if refused else 200)


def _done(request: HttpRequest, before: Referral, done: str = "") -> HttpResponse:
    """Say what happened and open what comes next."""
    user = request.user
    assert isinstance(user, User)
    after = Referral.objects.select_related("owner", "patient", "unit").get(pk=before.pk)
    words = {
        "name": after.patient.name,
        "unit": after.unit.name,
        "owner": after.owner.name if after.owner else "",
    }
    messages.success(request, (done or str(DONE[after.status])) % words)
    if done:
        return redirect("referrals:referral", pk=after.pk)
    return redirect(_next_address(user, before, after))


def _next_address(user: User, before: Referral, after: Referral) -> str:
    """The next one of the same list; the same referral while the visitation still has it."""
    if before.status == Status.AWAITING_SIGNATURE:
        return reverse("referrals:to_sign")
    if before.status == Status.AWAITING_ADVICE:
        return reverse("referrals:to_advise")
    if after.status == Status.RECEIVED:
        return reverse("referrals:referral", args=[after.pk])
    assert before.due_on is not None  # it was open
    following = queue.next_after(user, before.due_on, before.pk)
    if following is None:
        return reverse("referrals:queue")
    return reverse("referrals:referral", args=[following.pk])
