"""What a physician does with what the visitation asks: sign, give back, or answer with advice.

The physician who was asked or another one: both may, and the history says who did.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.moves import take_step
from casework.refusals import Refused
from referrals import letters
from referrals.checks import Action
from referrals.clocks import decide_by
from referrals.deciding import put_in_force, settle
from referrals.lifecycle import Status, Verb
from referrals.models import Decision, Referral
from referrals.triage import held
from staff.models import User

SENT = Verb.SENT_FOR_ADVICE


def proposed_decision(referral: Referral) -> Decision | None:
    """The decision that waits for a signature, if one does."""
    found: Decision | None = (
        referral.decisions.filter(signed_at=None, returned_at=None)
        .select_related("proposed_by")
        .first()
    )
    return found


def why_sent_for_advice(referral: Referral) -> str:
    """What the visitation wants looked at, as it said last."""
    sent = (step for step in reversed(referral.transitions.all()) if step.verb == SENT)
    return next((step.why for step in sent), "")


@transaction.atomic
def sign(user: User, pk: int, version: int) -> Decision:
    """Sign the proposed decision, which puts it in force.

    Raises Refused also when it cannot hold any more, as when somebody in the plan has left.
    """
    referral = held(user, pk, version, Action.SIGN)
    decision = proposed_decision(referral)
    assert decision is not None  # the status says that one waits
    decision.referral = referral
    put_in_force(decision, user)
    return decision


@transaction.atomic
def give_back(user: User, pk: int, version: int, words: str) -> Referral:
    """Give the referral back to the visitation, saying why."""
    referral = held(user, pk, version, Action.GIVE_BACK)
    if not words.strip():
        raise Refused(_("Skriv, hvorfor du giver henvisningen tilbage."))
    owner = None
    if decision := proposed_decision(referral):
        decision.returned_by, decision.returned_at = user, timezone.now()
        decision.returned_why = words.strip()
        decision.save()
        owner = decision.proposed_by
    referral.owner = owner
    due_on = decide_by(referral)
    take_step(referral, Verb.RETURNED, Status.RECEIVED, by=user, due_on=due_on, why=words.strip())
    return referral


@transaction.atomic
def advise(user: User, pk: int, version: int, letter: str) -> Decision:
    """Answer the referrer with advice; opens no pathway."""
    referral = held(user, pk, version, Action.ADVISE)
    if letter.strip() == letters.advice(referral).strip():
        raise Refused(_("Skriv rådet, før du sender det."))
    decision = Decision(
        referral=referral, kind=Decision.Kind.ADVISE, letter=letter.strip(), proposed_by=user
    )
    settle(decision, user, "", None)
    return decision
