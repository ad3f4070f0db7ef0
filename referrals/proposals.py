"""What the centre proposes for a referral: the track as judged, and people for it today."""

from typing import Any

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from admission.criteria import Destination, Facts, Finding
from admission.judging import destinations, not_met
from admission.routing import Routing
from admission.teams import team_reasons
from casework.refusals import Refused
from pathways.team import Load, Plan, Seat, loads, propose_plan
from pathways.tracks import Discipline, Track
from referrals.judging import facts_judged, findings_of, routing_of
from referrals.models import Decision, Judgement, Referral
from staff.models import User

SALT = "referrals.proposals"


def latest(referral: Referral) -> Judgement:
    """The judgement of what the referrer last sent; every referral has one once it is received."""
    assert referral.judgement is not None
    return referral.judgement


def findings(referral: Referral) -> tuple[Finding, ...]:
    """The findings about what the referrer last sent, as they were frozen."""
    return findings_of(latest(referral))


def routing(referral: Referral) -> Routing:
    """The proposed track, as it was frozen."""
    return routing_of(latest(referral))


def facts(referral: Referral) -> Facts:
    """The facts of what the referrer last sent."""
    return facts_judged(latest(referral))


def diagnosis(referral: Referral) -> str:
    """The pain diagnosis in words: the listed one, else the referrer's own."""
    known = facts(referral)
    return str(known.diagnosis) if known.diagnosis else known.diagnosis_text


def discipline_reasons(referral: Referral, track: Track) -> dict[Discipline, str]:
    """Why each discipline of the track is on the team of this patient."""
    return team_reasons(facts(referral), track)


def plan_on(referral: Referral, track: Track) -> Plan:
    """A plan for the track with the people of the lightest load today; Refused without any."""
    return propose_plan(track, discipline_reasons(referral, track), timezone.localdate())


def proposed_plan(referral: Referral) -> Plan | None:
    """The plan for the proposed track; None without a proposed track or a physician at work."""
    track = routing(referral).proposal
    try:
        return plan_on(referral, track) if track else None
    except Refused:
        return None


def proposed_destinations(referral: Referral) -> tuple[Destination, ...]:
    """Where the criteria that are not met point."""
    return destinations(findings(referral))


def physicians() -> list[Load]:
    """Who may sign and advise: those at work first, the lightest load first."""
    return loads(Discipline.PHYSICIAN, timezone.localdate())


def same_people(one: Plan, other: Plan) -> bool:
    """Whether two plans have the same track, physician and team."""
    return _people(one) == _people(other)


def _people(plan: Plan) -> tuple[Any, ...]:
    seats = {(str(seat.discipline), seat.user.pk) for seat in plan.team}
    return str(plan.track), plan.responsible.pk, seats


def people_json(plan: Plan) -> dict[str, Any]:
    """A plan's people as a decision keeps them; the track stands beside."""
    team = [
        {"user": seat.user.pk, "discipline": str(seat.discipline), "reason": seat.reason}
        for seat in plan.team
    ]
    return {"responsible": plan.responsible.pk, "team": team}


def plan_from(track: str, people: dict[str, Any]) -> Plan:
    """The plan again; Refused when a person has been removed since."""
    pks = {people["responsible"], *(seat["user"] for seat in people["team"])}
    users = User.objects.in_bulk(pks)
    if len(users) < len(pks):
        raise Refused(_("En af personerne i planen findes ikke længere."))
    seats = (
        Seat(users[seat["user"]], Discipline(seat["discipline"]), seat["reason"])
        for seat in people["team"]
    )
    return Plan(Track(track), users[people["responsible"]], tuple(seats))


def decided_plan(decision: Decision) -> Plan:
    """The plan of a decision to accept."""
    return plan_from(decision.track, decision.plan)


def seal(referral: Referral, plan: Plan | None) -> str:
    """The proposal a person was shown, to come back with the form unchanged; "" for none."""
    if plan is None:
        return ""
    return signing.dumps([str(plan.track), people_json(plan)], salt=_salt(referral), compress=True)


def unseal(referral: Referral, sealed: str) -> Plan | None:
    """The proposal that was shown; None for none, or for one not sealed here for this referral."""
    try:
        track, people = signing.loads(sealed, salt=_salt(referral))
    except signing.BadSignature:
        return None
    return plan_from(track, people)


def _salt(referral: Referral) -> str:
    return f"{SALT}:{referral.pk}"


def against(referral: Referral) -> str:
    """The names of the criteria that are not met, as part of a sentence; empty when none."""
    return ", ".join(f"»{finding.name}«" for finding in not_met(findings(referral)))
