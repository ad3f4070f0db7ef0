"""The medicine list of a submission, kept among the patient's lists as it was read when sent."""

from django.utils import timezone

from medication.lists import record
from medication.models import MedicationList
from medication.reading_list import read_list
from referrals.enrolment import is_named_otherwise
from referrals.forms.medicine import MEDICINE, lines_in
from referrals.models import Submission


def keep(submission: Submission) -> MedicationList | None:
    """Keep the list, as of the day it is sent; None for a submission without any medicine.

    Nor is it kept when the name is another person's: the number may be mistyped, and what stands
    in a patient's lists is never taken out of them.
    """
    referral, answers = submission.referral, submission.answers
    typed = answers.get(MEDICINE) or {}
    reading = read_list(lines_in(typed))
    if not reading.lines or is_named_otherwise(referral.patient, answers.get("patient") or {}):
        return None
    return record(
        patient=referral.patient,
        reading=reading,
        as_of=timezone.localdate(submission.sent_at),
        by=submission.sent_by,
        source=MedicationList.Source.REFERRAL,
        key=_key(submission),
        is_confirmed=typed.get("confirmed") == reading.mark,
    )


def as_sent(submission: Submission) -> MedicationList | None:
    """The list as it was read when it was sent; None where none was kept."""
    kept: MedicationList | None = MedicationList.objects.filter(key=_key(submission)).first()
    return kept


def _key(submission: Submission) -> str:
    return f"referral:{submission.referral_id}:submission:{submission.pk}"
