"""The hourly check of pathways: next steps and first visits that are near, or past, their day."""

from dataclasses import replace
from typing import Final

from correspondence.overdue import tell
from correspondence.watches import Watch
from pathways.lifecycle import PATHWAY, Status
from pathways.models import Pathway


def check() -> int:
    """Tell who is to take the next step, later the managers; how many notices were written."""
    return tell([NEXT_STEPS, FIRST_VISITS])


def _next_step(pathway: Pathway) -> str:
    return f"Et forløb (nr. {pathway.pk})"


def _first_visit(pathway: Pathway) -> str:
    return f"Første tid i et forløb (nr. {pathway.pk})"


def _details(pathway: Pathway) -> str:
    return f"Næste skridt ligger hos {pathway.next_step_by.name}."


NEXT_STEPS: Final = Watch(
    cases=Pathway.objects.select_related("next_step_by"),
    of="pathway",
    clock="due",
    due="due_on",
    runs_at=PATHWAY.open_statuses,
    owner_at=PATHWAY.open_statuses,
    owners=("next_step_by_id", "responsible_id"),
    title=_next_step,
    details=_details,
    ending="Log ind i Smertecenter, og åbn »Mine patienter«: forløb over fristen står øverst.",
)
# A next step may be planned, and an appointment booked, later than the track promises.
FIRST_VISITS: Final = replace(
    NEXT_STEPS,
    clock="first_visit",
    due="first_visit_by",
    runs_at=[Status.WAITING],
    owner_at=[Status.WAITING],
    title=_first_visit,
)
