"""A pathway that was broken off by mistake is opened again, by a physician who says why."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from casework.moves import lock, take_step
from casework.refusals import Refused
from pathways import contacts
from pathways.closing import tell_unit
from pathways.lifecycle import Ending, Status, Verb
from pathways.models import Pathway
from pathways.pausing import where_it_stood
from pathways.planning import plan_next
from pathways.unit_letters import reopened
from staff.models import User
from staff.permissions import Permission


def check_can_reopen(user: User, pathway: Pathway) -> None:
    """Raises Refused when the person is no physician, or the pathway is not to be opened again.

    A discharged patient is referred again: the summary has been sent, and it was right.
    """
    if not user.has_perm(Permission.DISCHARGE):
        raise Refused(_("Kun en læge kan åbne et forløb igen."))
    if pathway.status != Status.DISCONTINUED:
        raise Refused(_("Kun et forløb, der er afbrudt, kan åbnes igen."))
    if Pathway.objects.still_open().filter(patient=pathway.patient_id).exists():
        raise Refused(_("Patienten er allerede i et nyt forløb."))


@transaction.atomic
def reopen(
    user: User, pk: int, version: int, why: str, next_step: str, by: User, due_on: dt.date
) -> Pathway:
    """Let a broken-off pathway stand where it stood, with a next step; the referrer is told why.

    Whom somebody took for dead is called again as was promised. What was cancelled stays cancelled.
    Raises Refused and Stale.
    """
    pathway: Pathway = lock(Pathway.objects.visible_to(user), pk, version)
    check_can_reopen(user, pathway)
    if not why.strip():
        raise Refused(_("Skriv, hvorfor forløbet åbnes igen."), "why")
    plan_next(pathway, next_step, by, due_on)
    if pathway.ended_because == Ending.DIED and pathway.closed_at:
        contacts.call_after_all(pathway.patient, pathway.closed_at)
    pathway.ended_because = ""
    words = f"{why.strip().rstrip('.')}. {pathway.next_step}"
    to = where_it_stood(pathway)
    take_step(pathway, Verb.REOPENED, to, by=user, due_on=due_on, why=words)
    tell_unit(pathway, reopened(pathway, why, user), f"reopened:{pathway.version}")
    return pathway
