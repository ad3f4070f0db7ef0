"""How a pathway ends: discharged with a letter to the referrer, or discontinued with a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from casework.moves import lock, take_step
from casework.refusals import Refused
from correspondence import outbox
from correspondence.models import Message
from pathways.appointments import call_off
from pathways.lifecycle import Status, Verb
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
) -> Pathway:
    """End a pathway as completed, with the summary to the referrer. Raises Refused and Stale.

    Where follow-up in general practice is recommended, the advice stands on top of the letter.
    """
    pathway = _lock(user, pk, version)
    if not summary.strip():
        raise Refused(_("Skriv epikrisen til henviser."))
    if follow_up_by_gp and not follow_up_advice.strip():
        raise Refused(_("Skriv, hvad egen læge anbefales at følge op på."))
    pathway.summary, pathway.follow_up_by_gp = summary, follow_up_by_gp
    pathway.follow_up_advice = follow_up_advice if follow_up_by_gp else ""
    _close(pathway, Verb.DISCHARGED, Status.COMPLETED, user, "")
    _tell_unit(pathway, "Epikrise: forløbet er afsluttet", discharge_letter(pathway, user))
    return pathway


@transaction.atomic
def discontinue(user: User, pk: int, version: int, why: str) -> Pathway:
    """End a pathway before it is completed, with the reason, also to the referrer."""
    pathway = _lock(user, pk, version)
    if not why.strip():
        raise Refused(_("Skriv, hvorfor forløbet afbrydes."))
    _close(pathway, Verb.DISCONTINUED, Status.DISCONTINUED, user, why)
    letter = f"Forløbet hos os er afbrudt for {pathway.patient.name}.\n\n{why}\n\n{_signed(user)}"
    _tell_unit(pathway, "Forløbet er afbrudt", letter)
    return pathway


def discharge_letter(pathway: Pathway, user: User) -> str:
    """The letter to the referrer: what they are to do comes first."""
    if pathway.follow_up_by_gp:
        advice = f"Vi anbefaler opfølgning i almen praksis:\n{pathway.follow_up_advice}"
    else:
        advice = "Der er ikke behov for opfølgning i almen praksis."
    about = f"{pathway.patient.name}. Diagnose: {pathway.diagnosis}."
    return "\n\n".join([advice, about, pathway.summary, _signed(user)])


def _signed(user: User) -> str:
    return f"{user.title or 'Læge'} {user.name}\nTværfagligt Smertecenter"


def _lock(user: User, pk: int, version: int) -> Pathway:
    pathway: Pathway = lock(Pathway.objects.visible_to(user), pk, version)
    check_can_discharge(user, pathway)
    return pathway


def _close(pathway: Pathway, verb: str, to: str, user: User, why: str) -> None:
    booked = (
        pathway.appointments.booked().select_related("clinician").select_for_update(of=("self",))
    )
    call_off(booked, user, str(Status(to).label))
    pathway.next_step = ""
    take_step(pathway, verb, to, by=user, due_on=None, why=why)


def _tell_unit(pathway: Pathway, subject: str, letter: str) -> None:
    """The letter to the referrer's portal, and an e-mail without a patient in it."""
    unit = pathway.unit
    words = {"recipient": unit.name, "unit": unit, "about": f"pathway:{pathway.pk}"}
    outbox.post(
        key=f"pathway:{pathway.pk}:closed",
        kind=Message.Kind.DISCHARGE,
        channel=Message.Channel.PORTAL,
        subject=subject,
        body=letter,
        patient=pathway.patient,
        **words,
    )
    if unit.email:
        outbox.post(
            key=f"pathway:{pathway.pk}:closed:notice",
            kind=Message.Kind.NOTICE,
            channel=Message.Channel.EMAIL,
            address=unit.email,
            subject="Nyt brev fra Tværfagligt Smertecenter",
            body="Der ligger et nyt brev til jer i vores portal. Log ind for at læse det.",
            **words,
        )
