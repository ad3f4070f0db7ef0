"""A referral by the number on its letters, which people say on the phone."""

import re
from typing import Final

from django.urls import reverse

from referrals.models import Referral
from staff.models import User

REFERENCE: Final = re.compile(r"(\d{4})-(\d{5,9})", re.ASCII)


def referral_named(user: User, text: str) -> Referral | None:
    """The referral with a number like 2026-00113; None for those who may not see it."""
    if not (written := REFERENCE.fullmatch(text.strip())):
        return None
    year, pk = map(int, written.groups())
    found: Referral | None = (
        Referral.objects.visible_to(user).filter(pk=pk, received_on__year=year).first()
    )
    return found


def page_named(user: User, text: str) -> str:
    """The address of that referral's page; empty when the text is no such number."""
    found = referral_named(user, text)
    return reverse("referrals:referral", args=[found.pk]) if found else ""
