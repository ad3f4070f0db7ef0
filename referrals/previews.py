"""The letters of a decision that is not taken yet, for whoever takes or signs it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from letters.content import content_of
from letters.previews import Preview, preview
from referrals.deciding import to_patient, to_unit
from referrals.forwarding import forwarded
from referrals.models import Decision
from staff.models import User


def words_to_unit(decision: Decision, by: User | None) -> str:
    """What the referrer would read."""
    return content_of(to_unit(decision, by).content).as_text()


def previews(decision: Decision, by: User | None) -> Iterator[Preview]:
    """What referrer, patient and the next place would get; ``by`` is who would sign."""
    if decision.letter.strip():
        yield preview(to_unit(decision, by), _("Se henvisers brev, som det sendes"))
    if letter := to_patient(decision):
        yield preview(letter, _("Patientens brev, som det sendes"), is_open=True)
    if by and (letter := forwarded(decision.referral, decision.destination, by)):
        yield preview(letter, _("Se henvisningen, som den sendes videre"))
