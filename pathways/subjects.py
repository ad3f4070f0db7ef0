"""The page of a pathway, for the rooms below that know only its number."""

from django.urls import reverse
from django.utils.translation import pgettext

from correspondence.subjects import Subject
from pathways.models import Pathway
from staff.models import User


def page_of(user: User, pk: int) -> Subject | None:
    """The patient's page, under the patient's name; None for those who may not see the pathway."""
    found = Pathway.objects.visible_to(user).select_related("patient").filter(pk=pk).first()
    if found is None:
        return None
    url = reverse("pathways:patient", args=[found.patient_id])
    return Subject(pgettext("place", "Forløb"), found.patient.name, url)
