"""How the centre writes to a patient: in which language, by which post, and with an interpreter."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from casework.refusals import Refused
from patients.models import Patient


@dataclass(frozen=True, slots=True)
class Reaching:
    """What a person reads and may change; ``mark`` tells whether somebody else has, since."""

    letter_language: str
    interpreter_language: str
    digital_post_exempt: bool

    @property
    def mark(self) -> str:
        post = "paper" if self.digital_post_exempt else "digital"
        return f"{self.letter_language}/{post}/{self.interpreter_language}"


def reaching(patient: Patient) -> Reaching:
    """How the patient gets letters now."""
    return Reaching(
        letter_language=patient.letter_language,
        interpreter_language=patient.interpreter_language,
        digital_post_exempt=patient.digital_post_exempt,
    )


@transaction.atomic
def change(pk: int, read: str, wanted: Reaching) -> Patient:
    """Change how the patient gets letters. Raises Refused when it is not as it was ``read``."""
    patient = Patient.objects.select_for_update(no_key=True).get(pk=pk)
    if reaching(patient).mark != read:
        raise Refused(_("En anden har ændret det imens. Se det igennem, og gem så igen."))
    values = asdict(wanted)
    for name, value in values.items():
        setattr(patient, name, value)
    patient.save(update_fields=list(values))
    return patient
