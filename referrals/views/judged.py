"""How a referral was judged, as its page shows it: what changed since, and what was decided."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from admission.criteria import Finding, Verdict
from referrals.models import Decision, Referral
from referrals.models.decision import NO_CRITERION
from referrals.proposals import findings, latest, routing
from referrals.rejudging import judgements, latest_changes, latest_track_change
from referrals.views.panel import panel

Kind = Decision.Kind
MOST_PRESSING = (Verdict.NOT_MET, Verdict.UNKNOWN, Verdict.MET)
TAKEN: Mapping[str, str | Promise] = {
    Kind.ACCEPT: _("Modtaget, selv om det ikke er opfyldt"),
    Kind.REDIRECT: _("Omvisiteret hertil, selv om det er opfyldt"),
}
PROPOSED: Mapping[str, str | Promise] = {
    Kind.ACCEPT: _("Foreslås modtaget, selv om det ikke er opfyldt"),
    Kind.REDIRECT: _("Foreslås omvisiteret, selv om det er opfyldt"),
}
NONE_SPEAKS_FOR_IT = _("Intet kriterium taler for afgørelsen")


@dataclass(frozen=True, slots=True)
class DecidedAgainst:
    """A decision against a finding: the reason, whose it is, and who stands behind it."""

    heading: str
    reason: str
    who: str
    role: str
    at: dt.datetime
    proposed_by: str


def judged(referral: Referral, decision: Decision | None) -> dict[str, Any]:
    """What the panel shows of a referral: first what is decided against, then what decides."""
    found, every = findings(referral), judgements(referral)
    changed = latest_changes(every)
    decided = decided_against(decision) if decision else {}
    pressing = sorted(
        found, key=lambda one: (one.code not in decided, MOST_PRESSING.index(one.verdict))
    )
    asked = {finding.code for finding in found}
    return {
        **panel(found, routing(referral)),
        "findings": [_shown(finding, changed, decided) for finding in pressing],
        "no_longer_asked": [each for code, each in changed.items() if code not in asked],
        "track_changed": latest_track_change(every),
        "judged_by": latest(referral).rules_number,
        "decided_altogether": decided.get(NO_CRITERION),
    }


def _shown(
    finding: Finding, changed: Mapping[str, Any], decided: Mapping[str, DecidedAgainst]
) -> dict[str, Any]:
    code = finding.code
    return {"finding": finding, "changed": changed.get(code), "decided": decided.get(code)}


def decided_against(decision: Decision) -> dict[str, DecidedAgainst]:
    """The decision beside each finding that it goes against, by code."""
    return {code: _beside(decision, code) for code in decision.against}


def _beside(decision: Decision, code: str) -> DecidedAgainst:
    by, at = decision.signed_by or decision.proposed_by, decision.signed_at or decision.proposed_at
    headings = TAKEN if decision.signed_at else PROPOSED
    is_anothers = decision.proposed_by_id != by.pk
    return DecidedAgainst(
        heading=str(NONE_SPEAKS_FOR_IT if code == NO_CRITERION else headings[decision.kind]),
        reason=decision.reason,
        who=by.name,
        role=decision.signed_role or str(by.get_role_display()),
        at=at,
        proposed_by=decision.proposed_by.name if is_anothers else "",
    )
