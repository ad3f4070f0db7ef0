"""How a pathway ends: discharged with a letter to the referrer, or discontinued with a reason."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.moves import lock, take_step
from casework.refusals import Refused
from correspondence import mailing, outbox
from correspondence.models import Message
from letters.models import Letter
from letters.writing import keep
from pathways import contacts, notices, patient_letters, unit_letters
from pathways.appointments import call_off
from pathways.lifecycle import CHOSEN_ENDINGS, Ending, Status, Verb
from pathways.models import Pathway
from staff.models import User
from staff.permissions import Permission


def check_can_discharge(user: User, pathway: Pathway) -> None:
    """Raises Refused when the person is no physician, or the pathway is closed."""
    if not user.has_perm(Permission.DISCHARGE):
        raise Refused(_("Kun en læge kan afslutte et forløb."))
    if not pathway.is_open:
        raise Refused(_("Forløbet er allerede afsluttet."))


@transaction.atomic
def discharge(
    user: User,
    pk: int,
    version: int,
    summary: str,
    follow_up_by_gp: bool,
    follow_up_advice: str = "",
    words_to_patient: str = "",
) -> Pathway:
    """End a pathway as completed, with the summary to the referrer. Raises Refused and Stale.

    Where follow-up in general practice is recommended, the advice stands on top of the letter. The
    patient gets a letter of their own, with ``words_to_patient`` in it.
    """
    pathway = _lock(user, pk, version)
    if not summary.strip():
        raise Refused(_("Skriv epikrisen til henviser."), "summary")
    if follow_up_by_gp and not follow_up_advice.strip():
        raise Refused(_("Skriv, hvad egen læge anbefales at følge op på."), "follow_up_advice")
    pathway.summary, pathway.follow_up_by_gp = summary, follow_up_by_gp
    pathway.follow_up_advice = follow_up_advice if follow_up_by_gp else ""
    to_patient = patient_letters.discharged(pathway, words_to_patient)
    _close(pathway, Verb.DISCHARGED, Status.COMPLETED, user, _completed(pathway))
    tell_unit(pathway, unit_letters.discharge(pathway, user), _what_ended(pathway))
    _tell_patient(pathway, to_patient)
    return pathway


@transaction.atomic
def discontinue(user: User, pk: int, version: int, ending: str, why: str) -> Pathway:
    """End a pathway before it is completed, saying by whom or what, and why, also to the referrer.

    The patient gets a letter of their own, without ``why``, which is written to the referrer. When
    the patient has died, nothing more is sent to them, and nobody is to call them. Raises Refused
    and Stale.
    """
    pathway = _lock(user, pk, version)
    if ending not in CHOSEN_ENDINGS:
        raise Refused(_("Vælg, hvem eller hvad der afbryder forløbet."), "ending")
    if not why.strip():
        raise Refused(_("Skriv, hvorfor forløbet afbrydes."), "why")
    pathway.ended_because = ending
    died = ending == Ending.DIED
    to_patient = None if died else patient_letters.discontinued(pathway)
    _close(pathway, Verb.DISCONTINUED, Status.DISCONTINUED, user, f"{_ended(pathway)}. {why}")
    tell_unit(pathway, unit_letters.discontinued(pathway, why, user), _what_ended(pathway))
    if to_patient:
        _tell_patient(pathway, to_patient)
    return pathway


# What is recorded is Danish, whoever records it.
@override("da")
def _completed(pathway: Pathway) -> str:
    if pathway.follow_up_by_gp:
        return _("Epikrisen er sendt. Egen læge anbefales at følge op.")
    return _("Epikrisen er sendt. Der er ikke behov for opfølgning.")


@override("da")
def _ended(pathway: Pathway) -> str:
    return str(Ending(pathway.ended_because).label)


def _lock(user: User, pk: int, version: int) -> Pathway:
    pathway: Pathway = lock(Pathway.objects.visible_to(user), pk, version)
    check_can_discharge(user, pathway)
    return pathway


def _close(pathway: Pathway, verb: str, to: str, user: User, why: str) -> None:
    rows = pathway.appointments.booked().select_related("clinician")
    booked = list(rows.select_for_update(of=("self",)))
    call_off(booked, user, str(Status(to).label))
    pathway.next_step = pathway.paused_because = ""
    take_step(pathway, verb, to, by=user, due_on=None, why=why)
    if pathway.ended_because == Ending.DIED and pathway.closed_at:
        contacts.nobody_to_call(user, pathway.patient, Ending.DIED.label, pathway.closed_at)
        outbox.withdraw_from(pathway.patient)
    else:
        notices.tell_ended(each for each in booked if each.starts_at > timezone.now())


def _what_ended(pathway: Pathway) -> str:
    """ "closed", and the second time, after it was opened again, "closed:7", by its version."""
    again = pathway.transitions.filter(verb=Verb.REOPENED).exists()
    return f"closed:{pathway.version}" if again else "closed"


def _tell_patient(pathway: Pathway, letter: Letter) -> None:
    mailing.to_patient(keep(letter, f"pathway:{pathway.pk}:{_what_ended(pathway)}:patient"))


def tell_unit(pathway: Pathway, letter: Letter, what: str) -> None:
    """The letter to the referrer's portal, and an e-mail without a patient in it, once each.

    ``what`` is what happened, as the keys have it.
    """
    mailing.to_unit(
        keep(letter, f"pathway:{pathway.pk}:{what}"),
        Message.Kind.DISCHARGE,
        subject=f"Nyt brev fra {notices.centre()}",
        body="Der ligger et nyt brev til jer i vores portal. Log ind for at læse det.",
    )
