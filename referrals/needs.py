"""What a decision needs before it holds: a physician's signature, or a reason in words."""

from django.utils.translation import gettext as _

from admission.criteria import Verdict
from admission.judging import not_met
from pathways.team import Plan
from referrals.judging import rules_of
from referrals.models import Decision, Referral
from referrals.models.decision import NO_CRITERION
from referrals.proposals import (
    against,
    findings,
    latest,
    proposed_destinations,
    routing,
    same_people,
)

Kind = Decision.Kind


def needs_signature(referral: Referral, kind: str, destination: str = "") -> str:
    """Why a physician must sign, as a sentence; empty when the visitation may decide alone.

    Accepting against a criterion that is not met needs one, and so does redirecting or declining
    when no criterion says so: redirecting follows a criterion only to where it points.
    """
    unmet = against(referral)
    if kind == Kind.ACCEPT and unmet:
        sentence = _("En læge skal skrive under, fordi dette ikke er opfyldt: %(unmet)s.")
        return sentence % {"unmet": unmet}
    if kind == Kind.DECLINE and not unmet:
        return _("En læge skal skrive under, fordi ingen af kriterierne taler for at afvise.")
    points_there = destination in proposed_destinations(referral) if destination else bool(unmet)
    if kind == Kind.REDIRECT and not points_there:
        return _("En læge skal skrive under, fordi ingen af kriterierne peger på stedet.")
    return ""


def needs_reason(referral: Referral, plan: Plan, shown: Plan | None) -> str:
    """Why accepting with this plan must be explained; empty when nothing departs from the proposal.

    ``shown`` is the proposal the person had before them, None when there was none.
    """
    unmet = against(referral)
    if unmet:
        sentence = _("Skriv, hvorfor patienten modtages, selv om dette ikke er opfyldt: %(unmet)s.")
        return sentence % {"unmet": unmet}
    proposed = routing(referral)
    if proposed.advice_only:
        return _("Henviser beder kun om råd. Skriv, hvorfor patienten alligevel modtages.")
    if proposed.proposal is None:
        return _("Der er ikke foreslået noget spor. Skriv, hvorfor du vælger dette.")
    if plan.track != proposed.proposal:
        words = {"track": proposed.proposal.label}
        return _("Foreslået er sporet %(track)s. Skriv, hvorfor du vælger et andet.") % words
    if shown is None or not same_people(plan, shown):
        return _("Teamet er et andet end det foreslåede. Skriv hvorfor.")
    return ""


def decided_against(referral: Referral, kind: str, destination: str = "") -> list[str]:
    """The codes of the criteria that a decision goes against; empty when it follows them.

    Accepting goes against what is not met. Redirecting to a place that no finding points to goes
    against the criteria that would point there and are met. Declining though nothing is not met,
    or redirecting where none of the place's criteria is met, goes against no criterion by name:
    that is `NO_CRITERION`. What is unknown speaks neither for nor against.
    """
    unmet = [finding.code for finding in not_met(findings(referral))]
    if kind == Kind.ACCEPT:
        return unmet
    if not needs_signature(referral, kind, destination):
        return []
    return _met_pointing_to(referral, destination) or [NO_CRITERION]


def _met_pointing_to(referral: Referral, destination: str) -> list[str]:
    """The criteria that are met and would point to the place if they were not."""
    rules = rules_of(latest(referral)).criteria
    return [
        finding.code
        for finding in findings(referral)
        if finding.verdict is Verdict.MET and rules[finding.code].destination == destination
    ]
