"""That the centre's own people read a letter is recorded."""

from letters.models import Letter
from patients import access
from patients.models import Access
from staff.models import User
from staff.permissions import Permission


def record(user: User, letter: Letter) -> None:
    """Write that somebody of the house opened a letter about a patient."""
    if user.unit_id or letter.patient is None:
        return
    clinical = user.has_perm(Permission.CARRY_CASELOAD)
    purpose = Access.Purpose.TREATMENT if clinical else Access.Purpose.SECRETARIAL
    access.record(user, letter.patient, purpose, "brev")
