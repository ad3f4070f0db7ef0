"""What the visitation does with a referral: take it, ask, decide, or ask a physician.

Every function takes the version that the person read; Stale says who did what since. They raise
Refused when the action may not be taken, and the model's DoesNotExist for somebody else's referral.
"""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.moves import lock, take_step
from casework.refusals import Refused
from letters.models import Letter
from pathways.rights import Right
from pathways.team import Plan, check_plan
from referrals import letters
from referrals.checks import Action, check_can
from referrals.clocks import answer_by, decide_by
from referrals.deciding import hand_over, settle
from referrals.lifecycle import Status, Verb
from referrals.models import Decision, Question, Referral
from referrals.models.decision import QUESTION_LENGTH
from referrals.needs import decided_against, needs_reason, needs_signature
from referrals.posting import letter_to_unit, post_to_unit, withdraw_question_reminder
from referrals.proposals import people_json, proposed_plan
from staff.models import User

Kind = Decision.Kind


def held(user: User, pk: int, version: int, action: Action) -> Referral:
    """The referral under its row lock, as the person read it and ready for the action."""
    referral: Referral = lock(Referral.objects.visible_to(user), pk, version)
    check_can(user, action, referral)
    return referral


@transaction.atomic
def claim(user: User, pk: int, version: int) -> Referral:
    """Take the referral, so that colleagues see who has it."""
    referral = held(user, pk, version, Action.CLAIM)
    referral.owner = user
    take_step(referral, Verb.CLAIMED, Status.RECEIVED, by=user, due_on=referral.due_on)
    return referral


@transaction.atomic
def release(user: User, pk: int, version: int) -> Referral:
    """Put the referral back for everybody; a colleague may do it for someone who is away."""
    referral = held(user, pk, version, Action.RELEASE)
    referral.owner = None
    take_step(referral, Verb.RELEASED, Status.RECEIVED, by=user, due_on=referral.due_on)
    return referral


@transaction.atomic
def ask(user: User, pk: int, version: int, text: str, fields: Sequence[str]) -> Question:
    """Ask the referrer what is missing; ``fields`` are form fields as ``step.field``."""
    referral = held(user, pk, version, Action.ASK)
    if not text.strip() or len(text) > QUESTION_LENGTH:
        limit = {"most": QUESTION_LENGTH}
        raise Refused(_("Skriv, hvad der mangler, med højst %(most)s tegn.") % limit)
    question = Question.objects.create(
        referral=referral, text=text.strip(), fields=list(fields), asked_by=user
    )
    referral.owner = referral.owner or user
    due_on = answer_by(referral)
    take_step(
        referral,
        Verb.ASKED,
        Status.AWAITING_REFERRER,
        by=user,
        due_on=due_on,
        why=question.text,
    )
    text = letters.question(referral, question.text, fields, due_on)
    letter = letter_to_unit(referral, Letter.Kind.QUESTION, letters.QUESTION, text, user)
    post_to_unit(referral, Verb.ASKED, letter)
    return question


@transaction.atomic
def recall(user: User, pk: int, version: int) -> Referral:
    """Take the question back and decide with what is known."""
    referral = held(user, pk, version, Action.RECALL)
    referral.questions.filter(answered_at=None, recalled_at=None).update(recalled_at=timezone.now())
    withdraw_question_reminder(referral)
    take_step(referral, Verb.RECALLED, Status.RECEIVED, by=user, due_on=decide_by(referral))
    text = letters.question_recalled(referral)
    letter = letter_to_unit(referral, Letter.Kind.QUESTION, letters.RECALLED, text, user)
    post_to_unit(referral, Verb.RECALLED, letter)
    return referral


@transaction.atomic
def accept(
    user: User,
    pk: int,
    version: int,
    plan: Plan,
    reason: str,
    letter: str,
    physician: User | None = None,
    shown: Plan | None = None,
    words_to_patient: str = "",
    right: str = Right.TREATMENT,
) -> Decision:
    """Receive the patient with a plan; departing from the proposal takes a reason.

    ``shown`` is the proposal the person saw, by default today's. ``physician`` is asked to sign
    when a signature is needed that the person cannot give. ``words_to_patient`` are put into the
    patient's letter, which tells of the ``right``.
    """
    referral = held(user, pk, version, Action.ACCEPT)
    check_plan(plan)
    wanted = needs_reason(referral, plan, shown or proposed_plan(referral))
    if wanted and not reason.strip():
        raise Refused(wanted)
    decision = _decision(referral, Kind.ACCEPT, user, reason, letter)
    decision.track, decision.right, decision.plan = plan.track, right, people_json(plan)
    decision.words_to_patient = words_to_patient.strip()
    settle(decision, user, needs_signature(referral, Kind.ACCEPT), physician)
    return decision


@transaction.atomic
def redirect(
    user: User,
    pk: int,
    version: int,
    destination: str,
    letter: str,
    reason: str,
    physician: User | None = None,
    words_to_patient: str = "",
) -> Decision:
    """Tell referrer and patient where the patient belongs instead.

    The ``reason`` stands in the referrer's letter, ``words_to_patient`` in the patient's.
    """
    referral = held(user, pk, version, Action.REDIRECT)
    wanted = needs_signature(referral, Kind.REDIRECT, destination)
    if wanted and not reason.strip():
        raise Refused(_("Skriv, hvorfor patienten hører til dér: intet kriterium siger det."))
    decision = _decision(referral, Kind.REDIRECT, user, reason, letter, destination)
    decision.words_to_patient = words_to_patient.strip()
    settle(decision, user, wanted, physician)
    return decision


@transaction.atomic
def decline(
    user: User,
    pk: int,
    version: int,
    reason: str,
    letter: str,
    physician: User | None = None,
    words_to_patient: str = "",
    tells_patient: bool = True,
) -> Decision:
    """Decline with a letter that says why, and what the referrer can do next.

    The ``reason`` stands in the letter; it must be written where no criterion gives one. The
    patient gets a letter, too, with ``words_to_patient``, unless it is left to the referrer.
    """
    referral = held(user, pk, version, Action.DECLINE)
    wanted = needs_signature(referral, Kind.DECLINE)
    if wanted and not reason.strip():
        raise Refused(_("Skriv, hvorfor henvisningen afvises: intet kriterium siger det."))
    decision = _decision(referral, Kind.DECLINE, user, reason, letter)
    decision.words_to_patient, decision.tells_patient = words_to_patient.strip(), tells_patient
    settle(decision, user, wanted, physician)
    return decision


@transaction.atomic
def send_for_advice(user: User, pk: int, version: int, physician: User, why: str) -> Referral:
    """Ask a physician to answer the referrer with advice."""
    referral = held(user, pk, version, Action.SEND_FOR_ADVICE)
    hand_over(referral, Verb.SENT_FOR_ADVICE, Status.AWAITING_ADVICE, user, physician, why.strip())
    return referral


def _decision(
    referral: Referral, kind: str, by: User, reason: str, letter: str, destination: str = ""
) -> Decision:
    return Decision(
        referral=referral,
        kind=kind,
        destination=destination,
        against=decided_against(referral, kind, destination),
        reason=reason.strip(),
        letter=letter.strip(),
        proposed_by=by,
    )
