"""What the referrer's views share: who asks, which draft is theirs, the panel and the steps."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from admission.criteria import Finding
from admission.judging import judge, not_met
from admission.routing import Routing, propose
from pathways.opening import first_visit_by
from referrals.answers import read
from referrals.answers.questions import field_anchor
from referrals.drafts import already_here, facts_in, rules_for, setting_for
from referrals.forms import STEPS, StepForm
from referrals.models import Draft
from referrals.views.panel import Link, linked, missing, panel
from referrals.views.standing import standing
from staff.models import User
from staff.permissions import Permission

referrers_only = permission_required(Permission.REFER, raise_exception=True)


def who(request: HttpRequest) -> User:
    """The person who is signed in; the sign-in middleware lets nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def own_draft(request: HttpRequest, pk: int) -> Draft:
    """A draft of the person's unit, else 404."""
    mine = Draft.objects.visible_to(who(request))
    draft: Draft = get_object_or_404(
        mine.select_related("unit", "completes__patient", "submission"), pk=pk
    )
    return draft


def link_from(draft: Draft, here: str = "") -> Link:
    """How to get to a field: on this page by its id, else by its step's address."""

    def link(step: str, field: str) -> str:
        to_field = f"#{field_anchor(step, field)}"
        return to_field if step == here else step_url(draft, step) + to_field

    return link


def step_url(draft: Draft, step: str) -> str:
    return reverse("referrals:step", args=[draft.pk, step])


def panel_of(draft: Draft, here: str = "") -> dict[str, Any]:
    """What components/criteria_panel.html shows of the draft as it stands now."""
    facts, rules = facts_in(draft), rules_for(draft)
    findings, routing = judge(facts, rules), propose(facts, rules)
    link = link_from(draft, here)
    return {
        **panel(findings, routing),
        "findings": [linked(finding, link) for finding in findings],
        "missing": missing(routing, link),
        "first_visit": first_visit(findings, routing, timezone.localdate()),
    }


def first_visit(findings: Iterable[Finding], routing: Routing, today: dt.date) -> str:
    """By when the first visit is expected, in words; why none is while a criterion is not met."""
    if not routing.proposal:
        return ""
    if not_met(findings):
        return _("ingen, så længe ikke alle kriterier er opfyldt")
    day = first_visit_by(routing.proposal, today)
    return _("senest %(day)s") % {"day": date_format(day)}


def already(draft: Draft) -> list[dict[str, Any]]:
    """What the unit has going on with the patient already, as referrers/already.html shows it."""
    return [{"referral": one, "standing": standing(one)} for one in already_here(draft)]


def steps_of(draft: Draft, here: str) -> list[dict[str, Any]]:
    """The step indicator: what is filled in, and where something is missing or wrong."""
    forms = read(draft.answers, setting_for(draft))
    return [
        {
            "number": number,
            "label": step.label,
            "url": step_url(draft, step.name),
            "state": "current" if step.name == here else _state(draft, step.name, forms),
        }
        for number, step in enumerate(STEPS, start=1)
    ]


def _state(draft: Draft, step: str, forms: Mapping[str, StepForm]) -> str:
    if step not in draft.answers:
        return "open"
    return "error" if step in forms and forms[step].errors else "done"
