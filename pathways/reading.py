"""Which patients a person may see, how they are found, and that opening one is recorded."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from pathways.lifecycle import Ending
from pathways.models import Pathway
from patients import access
from patients.models import Access, Patient
from staff.models import User
from staff.permissions import Permission

MOST_FOUND = 20
SHORTEST_SEARCH = 2


def visible_patients(user: User) -> "QuerySet[Patient]":
    """Everybody for those whose work needs it, else the patients of the person's own teams."""
    patients: QuerySet[Patient] = Patient.objects.all()
    if user.has_perm(Permission.VIEW_ALL_PATIENTS):
        return patients
    theirs = Pathway.objects.visible_to(user).filter(patient=OuterRef("pk"))
    return patients.filter(Exists(theirs))


def find(user: User, text: str) -> list[Patient]:
    """The first patients by number, phone or name, each with its ``open_pathways``.

    ``died_at`` is when somebody noted that they have died, None for the living. Those with a
    pathway stand first: they are the ones who call, and Enter opens the first.
    """
    if len(text.strip()) < SHORTEST_SEARCH:
        return []
    still_open = Pathway.objects.still_open().select_related("responsible", "next_step_by")
    found: QuerySet[Any] = visible_patients(user) & Patient.objects.search(text)
    died = Pathway.objects.filter(patient=OuterRef("pk"), ended_because=Ending.DIED)
    dated = found.annotate(died_at=Subquery(died.values("closed_at")[:1]))
    first = dated.order_by("sort_name", "pk").prefetch_related(
        Prefetch("pathways", still_open, to_attr="open_pathways")
    )[:MOST_FOUND]
    return sorted(first, key=lambda one: not one.open_pathways)


def open_patient(user: User, pk: int, what: str, purpose: Access.Purpose | None = None) -> Patient:
    """Fetch a patient for reading and record it; Patient.DoesNotExist for others' patients."""
    patient = visible_patients(user).get(pk=pk)
    access.record(user, patient, purpose or access.purpose_at_patient(user), what)
    return patient
