"""What must be seen first on every page about a patient."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.moments import plain_day
from pathways.lifecycle import Ending
from pathways.models import Pathway
from patients.models import NO_ALLERGIES, Patient


def safety_flags(patient: Patient) -> list[dict[str, str]]:
    """That the patient has died, allergies and a protected address.

    That no allergies are known is a fact, not a warning.
    """
    return list(_flags(patient))


def death_noted(closed_at: dt.datetime) -> str:
    """That somebody has died, as it stands by the name: "Død, noteret 23.11.2026"."""
    return _("Død, noteret %(day)s") % {"day": plain_day(timezone.localdate(closed_at))}


def _flags(patient: Patient) -> Iterator[dict[str, str]]:
    died = Pathway.objects.filter(patient=patient, ended_because=Ending.DIED)
    for closed_at in died.values_list("closed_at", flat=True):
        yield {"label": death_noted(closed_at), "tone": "overdue"}
    if patient.allergies == NO_ALLERGIES:
        yield {"label": _("Ingen kendte allergier"), "tone": "plain"}
    elif patient.allergies:
        allergies = _("Allergi: %(allergies)s") % {"allergies": patient.allergies}
        yield {"label": allergies, "tone": "overdue"}
    if patient.protected_address:
        yield {"label": _("Beskyttet adresse"), "tone": "soon"}
