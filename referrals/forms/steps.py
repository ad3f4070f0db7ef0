"""The steps of the referrer's form, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from referrals.forms.answer import AnswerForm
from referrals.forms.base import StepForm
from referrals.forms.complicating import ComplicatingForm
from referrals.forms.medicine import MedicineForm
from referrals.forms.pain import PainForm
from referrals.forms.patient import PatientForm
from referrals.forms.question import QuestionForm
from referrals.forms.workup import WorkupForm


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the form; without a form of its own for attachments and for reviewing."""

    name: str
    label: str | Promise
    heading: str | Promise
    form: type[StepForm] | None = None


PATIENT, ATTACHMENTS, REVIEW = "patient", "attachments", "review"

STEPS: Final = (
    Step(PATIENT, _("Patient"), _("Hvem er patienten?"), PatientForm),
    Step("question", _("Spørgsmål"), _("Hvad ønsker I af centret?"), QuestionForm),
    Step("pain", _("Smerten"), _("Smerten"), PainForm),
    Step("workup", _("Udredning"), _("Udredning og behandling indtil nu"), WorkupForm),
    Step("medicine", _("Medicin"), _("Medicin og allergier"), MedicineForm),
    Step("complicating", _("Det der komplicerer"), _("Det der komplicerer"), ComplicatingForm),
    Step(ATTACHMENTS, _("Bilag"), _("Bilag")),
    Step(REVIEW, _("Send"), _("Gennemse og send")),
)
BY_NAME: Final = {step.name: step for step in STEPS}
WRITTEN: Final = tuple(step for step in STEPS if step.form)
FORMS: Final = {step.name: step.form for step in STEPS if step.form}
# What is typed on the last page answers a question and describes no patient: it is not judged.
TYPED: Final[Mapping[str, type[StepForm]]] = {**FORMS, REVIEW: AnswerForm}


def after(name: str) -> str:
    """The step that follows; the last has none and stays."""
    return _beside(name, 1)


def before(name: str) -> str:
    """The step that comes before; the first stays."""
    return _beside(name, -1)


def _beside(name: str, distance: int) -> str:
    names = list(BY_NAME)
    return names[min(max(names.index(name) + distance, 0), len(names) - 1)]
