"""What must be seen first on every page about a patient."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from patients.models import NO_ALLERGIES, Patient


def safety_flags(patient: Patient) -> list[dict[str, str]]:
    """Allergies and a protected address; that no allergies are known is a fact, not a warning."""
    return list(_flags(patient))


def _flags(patient: Patient) -> Iterator[dict[str, str]]:
    if patient.allergies == NO_ALLERGIES:
        yield {"label": _("Ingen kendte allergier"), "tone": "plain"}
    elif patient.allergies:
        allergies = _("Allergi: %(allergies)s") % {"allergies": patient.allergies}
        yield {"label": allergies, "tone": "overdue"}
    if patient.protected_address:
        yield {"label": _("Beskyttet adresse"), "tone": "soon"}
