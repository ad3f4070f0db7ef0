"""The letters of a discharge that has not been made yet, for the physician who writes it."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from letters.previews import Preview, preview
from pathways import patient_letters, unit_letters
from pathways.models import Pathway
from staff.models import User


def previews(pathway: Pathway, typed: Mapping[str, str], by: User) -> Iterator[Preview]:
    """What referrer and patient would get, from the words typed so far. Changes no row."""
    drawn = Pathway.objects.select_related("patient", "unit", "responsible").get(pk=pathway.pk)
    drawn.summary = typed.get("summary", "")
    drawn.follow_up_by_gp = typed.get("follow_up_by_gp") == "yes"
    drawn.follow_up_advice = typed.get("follow_up_advice", "")
    to_unit = unit_letters.discharge(drawn, by)
    yield preview(to_unit, _("Henvisers brev, som det sendes"), is_open=True)
    to_patient = patient_letters.discharged(drawn, typed.get("words_to_patient", ""))
    yield preview(to_patient, _("Patientens brev, som det sendes"), is_open=True)
