"""How the centre reaches a patient: where, in which language, by which post, and an interpreter."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from itertools import pairwise

import pghistory
from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from casework.refusals import Refused
from patients.contact import display_phone
from patients.models import LetterLanguage, Patient
from staff.models import User


@dataclass(frozen=True, slots=True)
class Reaching:
    """What a person reads and may change; ``mark`` tells whether somebody else has, since."""

    phone: str
    email: str
    street: str
    postal_code: str
    city: str
    letter_language: str
    interpreter_language: str
    digital_post_exempt: bool

    @property
    def mark(self) -> str:
        post = "paper" if self.digital_post_exempt else "digital"
        words = [value for value in asdict(self).values() if isinstance(value, str)]
        return "/".join([*words, post])


@dataclass(frozen=True, slots=True)
class Correction:
    """What of it was changed, in words, when and by whom."""

    at: dt.datetime
    by: str
    words: str


def reaching(patient: Patient) -> Reaching:
    """How the patient is reached now."""
    return _of(patient)


@transaction.atomic
def change(user: User, pk: int, read: str, wanted: Reaching) -> Patient:
    """Change how the patient is reached. Raises Refused when it is not as it was ``read``."""
    patient = Patient.objects.select_for_update(no_key=True).get(pk=pk)
    if reaching(patient).mark != read:
        raise Refused(_("En anden har ændret det imens. Se det igennem, og gem så igen."))
    values = asdict(wanted)
    for name, value in values.items():
        setattr(patient, name, value)
    by = f"{user.name} ({user.get_role_display()})"
    with pghistory.context(user=user.pk, reached_by=by):
        patient.save(update_fields=list(values))
    return patient


def corrections(patient: Patient) -> Iterator[Correction]:
    """What people corrected by hand of how the patient is reached, oldest first."""
    kept = apps.get_model("patients", "PatientEvent")._default_manager.filter(pgh_obj=patient)
    rows = kept.select_related("pgh_context").order_by("pgh_id")
    for before, after in pairwise(rows):
        by = after.pgh_context and after.pgh_context.metadata.get("reached_by")
        words = ". ".join(_differences(_of(before), _of(after)))
        if by and words:
            yield Correction(after.pgh_created_at, by, words)


def _of(row: object) -> Reaching:
    return Reaching(**{field.name: getattr(row, field.name) for field in fields(Reaching)})


def _differences(before: Reaching, after: Reaching) -> Iterator[str]:
    """ "Telefon: 20 30 40 50 → 30 30 30 30", for each that differs."""
    for field in fields(Reaching):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was != now:
            kept = Patient._meta.get_field(field.name)
            label = str(kept.verbose_name)  # type: ignore[union-attr]  # no relation is among them
            capital = label[:1].upper() + label[1:]
            yield f"{capital}: {_shown(field.name, was)} → {_shown(field.name, now)}"


def _shown(name: str, value: str | bool) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if name == "phone" and value:
        return display_phone(value)
    if name == "letter_language":
        return str(LetterLanguage(value).label)
    return value or "–"
