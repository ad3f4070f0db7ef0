"""What may be done with a referral now, and by whom; a refusal is the sentence a person reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.refusals import Refused
from pathways.opening import check_can_open
from referrals.enrolment import names_somebody_else
from referrals.lifecycle import REFERRAL, Status
from referrals.models import Referral
from staff.models import User
from staff.permissions import Permission


class Action(StrEnum):
    """What the centre can do with a referral; the value is also the name of its address."""

    CLAIM = "claim"
    RELEASE = "release"
    ASK = "ask"
    RECALL = "recall"
    ACCEPT = "accept"
    REDIRECT = "redirect"
    DECLINE = "decline"
    SEND_FOR_ADVICE = "send_for_advice"
    SIGN = "sign"
    GIVE_BACK = "give_back"
    ADVISE = "advise"
    RECOGNISE = "recognise"


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may, and at which statuses."""

    permission: Permission
    at: frozenset[Status]


def _rule(permission: Permission, *statuses: Status) -> Rule:
    return Rule(permission, frozenset(statuses))


A, P, S = Action, Permission, Status
RULES: Mapping[Action, Rule] = {
    A.CLAIM: _rule(P.TRIAGE, S.RECEIVED),
    A.RELEASE: _rule(P.TRIAGE, S.RECEIVED),
    A.ASK: _rule(P.TRIAGE, S.RECEIVED),
    A.RECALL: _rule(P.TRIAGE, S.AWAITING_REFERRER),
    A.ACCEPT: _rule(P.TRIAGE, S.RECEIVED),
    A.REDIRECT: _rule(P.TRIAGE, S.RECEIVED),
    A.DECLINE: _rule(P.TRIAGE, S.RECEIVED),
    A.SEND_FOR_ADVICE: _rule(P.TRIAGE, S.RECEIVED),
    A.SIGN: _rule(P.SIGN, S.AWAITING_SIGNATURE),
    A.GIVE_BACK: _rule(P.SIGN, S.AWAITING_SIGNATURE, S.AWAITING_ADVICE),
    A.ADVISE: _rule(P.SIGN, S.AWAITING_ADVICE),
    A.RECOGNISE: _rule(P.TRIAGE, *map(Status, REFERRAL.open_statuses)),
}

ONLY_FOR: Mapping[Permission, str | Promise] = {
    P.TRIAGE: gettext_lazy("Det kan kun visitationen gøre."),
    P.SIGN: gettext_lazy("Det kan kun en læge gøre."),
}

WHERE_IT_IS: Mapping[str, str | Promise] = {
    S.RECEIVED: gettext_lazy("Henvisningen ligger hos visitationen."),
    S.AWAITING_REFERRER: gettext_lazy(
        "Henvisningen venter på svar fra henviser. Træk spørgsmålet tilbage, hvis den skal "
        "afgøres nu."
    ),
    S.AWAITING_SIGNATURE: gettext_lazy(
        "Henvisningen venter på underskrift fra %(owner)s. Lægen kan give den tilbage."
    ),
    S.AWAITING_ADVICE: gettext_lazy(
        "Henvisningen venter på råd fra %(owner)s. Lægen kan give den tilbage."
    ),
}


def check_can(user: User, action: Action, referral: Referral) -> None:
    """Raises Refused when the person may not take the action, or not now."""
    rule = RULES[action]
    if not user.has_perm(rule.permission):
        raise Refused(str(ONLY_FOR[rule.permission]))
    if referral.status not in rule.at:
        raise Refused(where_it_is(referral))
    if further := FURTHER.get(action):
        further(user, referral)


def refusal(user: User, action: Action, referral: Referral) -> str:
    """Why the action is refused, for the disabled button; empty when it may be taken."""
    try:
        check_can(user, action, referral)
    except Refused as refused:
        return refused.sentence
    return ""


def where_it_is(referral: Referral) -> str:
    """Where the referral stands, as the reason for what cannot be done."""
    if not referral.is_open:
        closed = _("Henvisningen er afsluttet: %(status)s.")
        return closed % {"status": Status(referral.status).label.lower()}
    owner = referral.owner.name if referral.owner else ""
    return str(WHERE_IT_IS[referral.status]) % {"owner": owner}


def _check_free(user: User, referral: Referral) -> None:
    if referral.owner == user:
        raise Refused(_("Du har allerede taget henvisningen."))
    if referral.owner:
        taken = _("%(owner)s har taget henvisningen. Læg den tilbage først.")
        raise Refused(taken % {"owner": referral.owner.name})


def _check_taken(user: User, referral: Referral) -> None:
    if referral.owner is None:
        raise Refused(_("Ingen har taget henvisningen."))


def check_can_receive(referral: Referral) -> None:
    """Raises Refused when the patient cannot be received, whoever decides or signs it.

    The pathway and its letters would be those of the person under the number. That it is the same
    person, somebody at the visitation finds out (`referrals.recognising`); under a wrong number the
    referrer, who is asked, withdraws and refers again.
    """
    if names_somebody_else(referral):
        raise Refused(
            _(
                "Henviser skriver et andet navn, end vi har på nummeret. Vælg »Samme person«, "
                "når det er kontrolleret, eller »Forkert CPR-nummer« for at spørge henviser."
            )
        )
    check_can_open(referral.patient)


def _check_receivable(user: User, referral: Referral) -> None:
    check_can_receive(referral)


def _check_named_otherwise(user: User, referral: Referral) -> None:
    if not names_somebody_else(referral):
        raise Refused(_("Henviser skriver et navn, som vi kender patienten under."))


FURTHER: Mapping[Action, Callable[[User, Referral], None]] = {
    A.CLAIM: _check_free,
    A.RELEASE: _check_taken,
    A.ACCEPT: _check_receivable,
    A.RECOGNISE: _check_named_otherwise,
}
