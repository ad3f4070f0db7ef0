"""The hourly check of pathways: next steps and first visits that are near, or past, their day."""

from dataclasses import replace

from correspondence.overdue import Watch, tell
from pathways.lifecycle import Status
from pathways.models import Pathway


def check() -> int:
    """Tell who is to take the next step, later the managers; how many notices were written."""
    return tell([_next_steps(), _first_visits()])


def _next_steps() -> Watch:
    pathways = Pathway.objects.select_related("next_step_by")
    return Watch(
        cases=pathways,
        escalated=pathways,
        of="pathway",
        clock="due",
        due="due_on",
        owners=("next_step_by", "responsible"),
        title=lambda pathway: f"Et forløb (nr. {pathway.pk})",
        details=_details,
        ending=(
            "Log ind i Smertecenter, og åbn »Mine patienter«: forløb over fristen står øverst."
        ),
    )


def _first_visits() -> Watch:
    """A next step may be planned, and an appointment booked, later than the track promises."""
    waiting = Pathway.objects.filter(status=Status.WAITING).select_related("next_step_by")
    return replace(
        _next_steps(),
        cases=waiting,
        escalated=waiting,
        title=lambda pathway: f"Første tid i et forløb (nr. {pathway.pk})",
        clock="first_visit",
        due="first_visit_by",
    )


def _details(pathway: Pathway) -> str:
    return f"Næste skridt ligger hos {pathway.next_step_by.name}."
