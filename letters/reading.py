"""That the centre's own people read a letter is recorded."""

from letters.models import Letter
from patients import access
from staff.models import User


def record(user: User, letter: Letter) -> None:
    """Write that somebody of the house opened a letter about a patient."""
    if user.unit_id or letter.patient is None:
        return
    access.record(user, letter.patient, access.purpose_at_patient(user), "brev")
