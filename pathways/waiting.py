"""The hourly check of pathways: a next step that was not done by its day is told of."""

from correspondence.overdue import Kind, tell_managers, tell_owners
from pathways.models import Pathway
from staff.models import User


def check() -> int:
    """Tell who is to take the next step, later the managers; how many messages were posted."""
    pathways = Pathway.objects.select_related("next_step_by", "responsible")
    return tell_owners(pathways, PATHWAYS) + tell_managers(pathways, PATHWAYS)


def _owners(pathway: Pathway) -> list[User | None]:
    return [pathway.next_step_by, pathway.responsible]


def _title(pathway: Pathway) -> str:
    return f"Et forløb (nr. {pathway.pk})"


def _details(pathway: Pathway) -> str:
    return (
        f"Næste skridt ligger hos {pathway.next_step_by.name}. "
        "Log ind i Smertecenter, og åbn »Mine patienter«: forløb over fristen står øverst."
    )


PATHWAYS = Kind("pathway", _owners, _title, _details)
