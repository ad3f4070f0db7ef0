"""What the referral page shows beside the referral itself: deadlines, actions, the proposal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pathways.team import Plan
from pathways.tracks import Discipline
from referrals.checks import RULES, Action, refusal
from referrals.forms.acceptance import AcceptForm
from referrals.lifecycle import Status
from referrals.models import Decision, Referral
from referrals.needs import needs_reason, needs_signature
from referrals.proposals import proposed_destinations, routing
from staff.models import User
from staff.permissions import Permission

A = Action


@dataclass(frozen=True, slots=True)
class Button:
    """One action as components/action_bar.html shows it."""

    label: str | Promise
    url: str
    refusal: str = ""
    primary: bool = False
    danger: bool = False
    dialog: bool = False
    post: bool = False
    key: str = ""
    key_help: str = ""
    fields: Mapping[str, Any] = field(default_factory=dict)


# Label, key, and whether a form opens over the page (else the button does it at once).
LOOKS: Mapping[Action, tuple[str | Promise, str, bool]] = {
    A.ACCEPT: (gettext_lazy("Godkend med ændringer…"), "a", True),
    A.ASK: (gettext_lazy("Spørg henviser…"), "s", True),
    A.REDIRECT: (gettext_lazy("Omvisitér…"), "o", True),
    A.DECLINE: (gettext_lazy("Afvis…"), "v", True),
    A.SEND_FOR_ADVICE: (gettext_lazy("Bed læge om råd…"), "l", True),
    A.RECALL: (gettext_lazy("Træk spørgsmålet tilbage"), "t", False),
    A.SIGN: (gettext_lazy("Underskriv"), "u", False),
    A.ADVISE: (gettext_lazy("Skriv råd…"), "r", True),
    A.GIVE_BACK: (gettext_lazy("Giv tilbage…"), "g", True),
    A.RECOGNISE: (gettext_lazy("Samme person, navnet er ændret…"), "p", True),
    A.CLAIM: (gettext_lazy("Tag den"), "t", False),
    A.RELEASE: (gettext_lazy("Læg tilbage"), "t", False),
}
DECIDING = (A.ACCEPT, A.ASK, A.REDIRECT, A.DECLINE, A.SEND_FOR_ADVICE)
PHYSICIANS = (A.SIGN, A.ADVISE, A.GIVE_BACK)
FIRST = (A.SIGN, A.ADVISE)


def buttons(user: User, referral: Referral, plan: Plan | None) -> list[Button]:
    """What the person can do now, and what they could not, with the reason."""
    asked = [action for action in PHYSICIANS if not refusal(user, action, referral)]
    whose = _whose_number(user, referral)
    if asked:
        return [*whose, *(_button(user, referral, action) for action in asked)]
    if not (user.has_perm(Permission.TRIAGE) and referral.is_open):
        return []
    recall = [A.RECALL] if referral.status in RULES[A.RECALL].at else []
    as_proposed = [] if recall else [_as_proposed(user, referral, plan)]
    decided = (_button(user, referral, each) for each in (*recall, *DECIDING))
    return [*whose, *as_proposed, *decided]


def _whose_number(user: User, referral: Referral) -> list[Button]:
    """The two ways out when the referrer's name is another than the number's; else none."""
    if refusal(user, A.RECOGNISE, referral):
        return []
    same_person = _button(user, referral, A.RECOGNISE)
    if refusal(user, A.ASK, referral):
        return [same_person]
    ask = reverse("referrals:ask", args=[referral.pk])
    return [same_person, Button(label=_("Forkert CPR-nummer…"), url=ask, dialog=True)]


def one_click(actions: Iterable[Button]) -> Button | None:
    """The action that sends its letters without a form, so that they are looked at beforehand."""
    return next((action for action in actions if action.fields), None)


def taking(user: User, referral: Referral) -> Button | None:
    """Take the referral, or put it back, when either can be done."""
    for action in (A.CLAIM, A.RELEASE):
        if not refusal(user, action, referral):
            return _button(user, referral, action)
    return None


def _button(user: User, referral: Referral, action: Action) -> Button:
    label, key, opens = LOOKS[action]
    return Button(
        label=label,
        url=reverse(f"referrals:{action}", args=[referral.pk]),
        refusal=refusal(user, action, referral),
        primary=action in FIRST or action == _pointed_to(referral),
        dialog=opens,
        post=not opens,
        key=key,
    )


def _pointed_to(referral: Referral) -> Action | None:
    """What the criteria or the question call for instead of accepting."""
    if referral.status != Status.RECEIVED:
        return None
    if proposed_destinations(referral):
        return A.REDIRECT
    return A.SEND_FOR_ADVICE if routing(referral).advice_only else None


def _as_proposed(user: User, referral: Referral, plan: Plan | None) -> Button:
    """The one click that sends the whole form as it would be drawn now."""
    refused = refusal(user, A.ACCEPT, referral) or why_not_as_proposed(user, referral, plan)
    form = None if refused else AcceptForm(referral, user)
    sent = {name: form[name].value() or "" for name in form.fields} if form else {}
    return Button(
        label=_("Godkend som foreslået"),
        url=reverse("referrals:accept", args=[referral.pk]),
        refusal=refused,
        primary=not refused,
        post=True,
        fields={name: value for name, value in sent.items() if name != "version"},
    )


def why_not_as_proposed(user: User, referral: Referral, plan: Plan | None) -> str:
    """Why the proposal cannot be accepted with one click; empty when it can."""
    if plan is None:
        return _("Der er ikke foreslået noget spor. Vælg »Godkend med ændringer«.")
    wanted = needs_reason(referral, plan, plan)
    if not user.has_perm(Permission.SIGN):
        wanted = needs_signature(referral, Decision.Kind.ACCEPT) or wanted
    return _("%(why)s Vælg »Godkend med ændringer«.") % {"why": wanted} if wanted else ""


@dataclass(frozen=True, slots=True)
class Person:
    """One place in the proposed team."""

    discipline: str
    name: str
    reason: str


def people(plan: Plan) -> Iterator[Person]:
    """The team of a plan, the responsible physician first and called so."""
    for seat in plan.team:
        is_responsible = seat.user == plan.responsible
        label = _("Behandlingsansvarlig læge") if is_responsible else seat.discipline.label
        yield Person(str(label), seat.user.name, seat.reason)


def proposal_line(referral: Referral, plan: Plan | None) -> str:
    """What the criteria and the routing propose, on one line."""
    if places := proposed_destinations(referral):
        named = " · ".join(str(place.label) for place in places)
        return _("Kriterierne peger på: omvisitér til %(places)s") % {"places": named}
    if routing(referral).advice_only:
        return _("Forslag: bed en læge om råd til henviser")
    return _plan_line(plan) if plan else ""


def _plan_line(plan: Plan) -> str:
    others = [s.discipline.label for s in plan.team if s.discipline != Discipline.PHYSICIAN]
    with_team = _(" · team: %(team)s") % {"team": ", ".join(map(str.lower, map(str, others)))}
    words = {"track": plan.track.label, "physician": plan.responsible.name}
    return _("Forslag: %(track)s · læge: %(physician)s") % words + (with_team if others else "")


def whose_turn(referral: Referral) -> str:
    """Whose turn it is, with the person at the centre who has it."""
    at_centre = referral.status != Status.AWAITING_REFERRER
    owner = referral.owner.name if referral.owner and at_centre else ""
    turns: Mapping[str, str] = {
        Status.RECEIVED: _("Visitation"),
        Status.AWAITING_REFERRER: _("Henviser"),
        Status.AWAITING_SIGNATURE: _("Læge, underskrift"),
        Status.AWAITING_ADVICE: _("Læge, råd"),
    }
    turn = turns.get(referral.status, "")
    return f"{turn} ({owner})" if turn and owner else turn
