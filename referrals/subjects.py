"""The page of a referral, for the rooms below that know only its number."""

from django.urls import reverse
from django.utils.translation import gettext as _

from correspondence.subjects import Subject
from referrals.models import Referral
from staff.models import User


def page_of(user: User, pk: int) -> Subject | None:
    """The referral's page, under its number; None for those who may not see it."""
    found = Referral.objects.visible_to(user).filter(pk=pk).first()
    if found is None:
        return None
    return Subject(_("Henvisning"), found.reference, reverse("referrals:referral", args=[pk]))
