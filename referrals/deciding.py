"""A decision holds when somebody who may has signed it; until then it waits for a physician."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from casework.moves import take_step
from casework.refusals import Refused
from letters.content import Facts
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
from referrals.proposals import against, decided_plan, diagnosis
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
    Kind.ADVISE: "Råd fra {centre}",
}

DECIDED: Mapping[str, str | Promise] = {
    Kind.ACCEPT: gettext_lazy("Spor: %(track)s."),
    Kind.REDIRECT: gettext_lazy("Til: %(place)s."),
    Kind.DECLINE: gettext_lazy("Ikke opfyldt: %(unmet)s."),
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
    unmet = against(decision.referral)
    words = {
        "track": decision.get_track_display(),
        "place": decision.get_destination_display(),
        "unit": decision.referral.unit.name,
        "unmet": unmet,
    }
    says_what = decision.kind != Kind.DECLINE or (unmet and not decision.reason)
    decided = str(DECIDED[decision.kind]) % words if says_what else ""
    return " ".join(filter(None, [decided, decision.reason]))


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
    title = SUBJECTS[decision.kind].format(centre=letters.centre())
    words, on_top = decision.letter, _on_top(decision)
    return letter_to_unit(decision.referral, LETTERS[decision.kind], title, words, by, on_top)


def _on_top(decision: Decision) -> list[Facts]:
    """What stands above the words of the referrer's letter, whatever the decider wrote in it."""
    referral = decision.referral
    if decision.kind == Kind.ACCEPT:
        return [letters.reception(referral, decided_plan(decision))]
    if decision.kind == Kind.ADVISE:
        return []
    return letters.reasons(referral, decision.letter, decision.reason, decision.destination)


def to_patient(decision: Decision) -> Letter | None:
    """The letter the patient gets with a decision; None where the referrer tells.

    Of a decline the patient is told unless the decider leaves that to the referrer.
    """
    referral, added = decision.referral, decision.words_to_patient
    if not may_tell_patient(referral):
        return None
    if decision.kind == Kind.ACCEPT:
        right = Right(decision.right)
        return patient_letters.notice(referral, decided_plan(decision), added, right)
    says_when = letters.says_when(decision.letter)
    if decision.kind == Kind.REDIRECT:
        return patient_letters.redirected(referral, decision.destination, added, says_when)
    if decision.kind == Kind.DECLINE and decision.tells_patient:
        return patient_letters.declined(referral, added, says_when)
    return None


def may_tell_patient(referral: Referral) -> bool:
    """Whether anything may be written to the patient about the referral.

    Nothing is told to somebody whom the referrer calls by another name than the number's: they may
    never have been referred. Nor is anything written to a patient who has died.
    """
    return not (names_somebody_else(referral) or has_died(referral.patient))


def due_at(status: Status) -> dt.date:
    """The due date of what is to be done at a status, when its clock starts today."""
    return deadlines.due(REFERRAL[status].deadline, timezone.localdate())
