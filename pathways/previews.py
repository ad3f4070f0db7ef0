"""The letters of an ending that has not been made yet, for the physician who writes it."""

from collections.abc import Iterator, Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from letters.previews import Preview, preview
from pathways import patient_letters, unit_letters
from pathways.lifecycle import CHOSEN_ENDINGS, Ending
from pathways.models import Pathway
from staff.models import User

TO_UNIT: Final = _("Henvisers brev, som det sendes")
TO_PATIENT: Final = _("Patientens brev, som det sendes")


def of_discharge(pathway: Pathway, typed: Mapping[str, str], by: User) -> Iterator[Preview]:
    """What referrer and patient would get, from the words typed so far. Changes no row."""
    drawn = _drawn(pathway)
    drawn.summary = typed.get("summary", "")
    drawn.follow_up_by_gp = typed.get("follow_up_by_gp") == "yes"
    drawn.follow_up_advice = typed.get("follow_up_advice", "")
    yield preview(unit_letters.discharge(drawn, by), TO_UNIT, is_open=True)
    to_patient = patient_letters.discharged(drawn, typed.get("words_to_patient", ""))
    yield preview(to_patient, TO_PATIENT, is_open=True)


def of_discontinuation(pathway: Pathway, typed: Mapping[str, str], by: User) -> Iterator[Preview]:
    """As above; none before an ending is chosen, and none to a patient who has died."""
    drawn = _drawn(pathway)
    drawn.ended_because = typed.get("ending", "")
    if drawn.ended_because not in CHOSEN_ENDINGS:
        return
    to_unit = unit_letters.discontinued(drawn, typed.get("why", ""), by)
    yield preview(to_unit, TO_UNIT, is_open=True)
    if drawn.ended_because != Ending.DIED:
        yield preview(patient_letters.discontinued(drawn), TO_PATIENT, is_open=True)


def _drawn(pathway: Pathway) -> Pathway:
    found = Pathway.objects.select_related("patient", "unit", "responsible")
    drawn: Pathway = found.get(pk=pathway.pk)
    return drawn
