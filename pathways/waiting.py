"""The hourly check of pathways: what was not done by its day, next step or first visit, is told."""

from dataclasses import replace

from correspondence.overdue import Kind, tell_managers, tell_owners
from pathways.lifecycle import Status
from pathways.models import Pathway
from staff.models import User


def check() -> int:
    """Tell who is to take the next step, later the managers; how many messages were posted."""
    pathways = Pathway.objects.select_related("next_step_by", "responsible")
    waiting = pathways.filter(status=Status.WAITING)
    return (
        tell_owners(pathways, PATHWAYS)
        + tell_managers(pathways, PATHWAYS)
        + tell_owners(waiting, FIRST_VISITS)
        + tell_managers(waiting, FIRST_VISITS)
    )


def _owners(pathway: Pathway) -> list[User | None]:
    return [pathway.next_step_by, pathway.responsible]


def _title(pathway: Pathway) -> str:
    return f"Et forløb (nr. {pathway.pk})"


def _details(pathway: Pathway) -> str:
    return (
        f"Næste skridt ligger hos {pathway.next_step_by.name}. "
        "Log ind i Smertecenter, og åbn »Mine patienter«: forløb over fristen står øverst."
    )


def _first_visit(pathway: Pathway) -> str:
    return f"Første tid i et forløb (nr. {pathway.pk})"


PATHWAYS = Kind("pathway", _owners, _title, _details)
# A next step may be planned, and an appointment booked, later than the track promises.
FIRST_VISITS = replace(PATHWAYS, title=_first_visit, due="first_visit_by", past="first_visit")
