"""A decision holds when somebody who may has signed it; until then it waits for a physician."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from casework.moves import take_step
from casework.refusals import Refused
from letters.models import Letter
from pathways.opening import has_died, open_pathway
from pathways.rights import Right
from referrals import letters, patient_letters
from referrals.checks import check_can_receive
from referrals.enrolment import names_somebody_else
from referrals.forwarding import forward
from referrals.lifecycle import REFERRAL, Status, Verb
from referrals.models import Decision, Referral
from referrals.posting import letter_to_unit, post_to_patient, post_to_unit
from referrals.proposals import decided_plan, diagnosis
from staff import deadlines
from staff.models import User
from staff.permissions import Permission

Kind = Decision.Kind
CLOSING: Mapping[str, tuple[Verb, Status]] = {
    Kind.ACCEPT: (Verb.ACCEPTED, Status.ACCEPTED),
    Kind.REDIRECT: (Verb.REDIRECTED, Status.REDIRECTED),
    Kind.DECLINE: (Verb.DECLINED, Status.DECLINED),
    Kind.ADVISE: (Verb.ADVISED, Status.ADVISED),
}
LETTERS: Mapping[str, Letter.Kind] = {
    Kind.ACCEPT: Letter.Kind.ACCEPTED,
    Kind.REDIRECT: Letter.Kind.REDIRECTED,
    Kind.DECLINE: Letter.Kind.DECLINED,
    Kind.ADVISE: Letter.Kind.ADVICE,
}
SUBJECTS: Mapping[str, str] = {
    Kind.ACCEPT: "Visitationssvar: patienten er modtaget",
    Kind.REDIRECT: "Visitationssvar: omvisiteret",
    Kind.DECLINE: "Visitationssvar: afvist",
    Kind.ADVISE: "Råd fra Tværfagligt Smertecenter",
}

DECIDED: Mapping[str, str | Promise] = {
    Kind.ACCEPT: gettext_lazy("Spor: %(track)s."),
    Kind.REDIRECT: gettext_lazy("Til: %(place)s."),
    Kind.DECLINE: "",
    Kind.ADVISE: gettext_lazy("Rådet er sendt til %(unit)s."),
}


def settle(decision: Decision, by: User, signature_needed: str, physician: User | None) -> None:
    """Put a new decision in force, or send it to the physician whose signature it needs."""
    if not decision.letter.strip():
        raise Refused(_("Skriv brevet til henviser."))
    if signature_needed and not by.has_perm(Permission.SIGN):
        ask_for_signature(decision, by, signature_needed, physician)
    else:
        put_in_force(decision, by)


def ask_for_signature(
    decision: Decision, by: User, signature_needed: str, physician: User | None
) -> None:
    """Keep the decision as proposed and give the referral to the physician."""
    if physician is None:
        raise Refused(_("%(why)s Vælg lægen.") % {"why": signature_needed})
    decision.save()
    hand_over(decision.referral, Verb.PROPOSED, Status.AWAITING_SIGNATURE, by, physician)


def hand_over(
    referral: Referral, verb: Verb, to: Status, by: User, physician: User, why: str = ""
) -> None:
    """Give the referral to a physician, with the due date of what is asked."""
    if not (physician.is_active and physician.has_perm(Permission.SIGN)):
        raise Refused(_("%(name)s er ikke læge i centret.") % {"name": physician.name})
    referral.owner = physician
    take_step(referral, verb, to, by=by, due_on=due_at(to), why=why)


def put_in_force(decision: Decision, by: User) -> None:
    """Sign the decision, close the referral with it, and tell the referrer."""
    referral = decision.referral
    decision.signed_by, decision.signed_at = by, timezone.now()
    decision.signed_role, decision.signed_as = str(by.get_role_display()), by.role
    decision.save()
    if decision.kind == Kind.ACCEPT:
        _open_pathway(decision, by)
    verb, status = CLOSING[decision.kind]
    take_step(referral, verb, status, by=by, due_on=None, why=why_closed(decision))
    _tell(decision, verb, by)


@override("da")  # what is recorded is Danish, whoever records it
def why_closed(decision: Decision) -> str:
    """Why the referral is closed, as its history has it: what was decided, then the reason."""
    words = {
        "track": decision.get_track_display(),
        "place": decision.get_destination_display(),
        "unit": decision.referral.unit.name,
    }
    return " ".join(filter(None, [str(DECIDED[decision.kind]) % words, decision.reason]))


def _open_pathway(decision: Decision, by: User) -> None:
    referral = decision.referral
    check_can_receive(referral)
    referral.pathway = open_pathway(
        patient=referral.patient,
        unit=referral.unit,
        plan=decided_plan(decision),
        diagnosis=diagnosis(referral),
        by=by,
    )


def _tell(decision: Decision, verb: Verb, by: User) -> None:
    """The referrer, the patient, and the place that the referral goes on to."""
    referral = decision.referral
    post_to_unit(referral, verb, to_unit(decision, by))
    if letter := to_patient(decision):
        post_to_patient(referral, verb, letter)
    if decision.kind == Kind.REDIRECT:
        forward(referral, decision.destination, by)


def to_unit(decision: Decision, by: User | None) -> Letter:
    """The letter the referrer gets with a decision, as it would be signed."""
    referral, kind, title = decision.referral, LETTERS[decision.kind], SUBJECTS[decision.kind]
    is_received = decision.kind == Kind.ACCEPT
    on_top = [letters.reception(referral, decided_plan(decision))] if is_received else []
    return letter_to_unit(referral, kind, title, decision.letter, by, on_top)


def to_patient(decision: Decision) -> Letter | None:
    """The letter the patient gets with a decision; None where the referrer tells.

    Nothing is told to somebody whom the referrer calls by another name than the number's: they may
    never have been referred. Nor is anything written to a patient who has died.
    """
    referral, added = decision.referral, decision.words_to_patient
    if names_somebody_else(referral) or has_died(referral.patient):
        return None
    if decision.kind == Kind.ACCEPT:
        right = Right(decision.right)
        return patient_letters.notice(referral, decided_plan(decision), added, right)
    if decision.kind != Kind.REDIRECT:
        return None
    return patient_letters.redirected(referral, decision.destination, added)


def due_at(status: Status) -> dt.date:
    """The due date of what is to be done at a status, when its clock starts today."""
    return deadlines.due(REFERRAL[status].deadline, timezone.localdate())
