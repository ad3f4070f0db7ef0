"""Patients' wishes: which day, no to an offer, another hospital; written down as they were said."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.refusals import Refused
from patients.models import Patient, Wish
from staff.models import User
from staff.permissions import Permission


@dataclass(frozen=True, slots=True)
class Said:
    """What a patient said: the day wished for, or the day of the offer that was declined."""

    kind: str
    day: dt.date | None = None
    words: str = ""


def check_can_record(user: User) -> None:
    """Raises Refused when the person does not plan patients' ways."""
    if not user.has_perm(Permission.PLAN):
        raise Refused(_("Din rolle kan ikke notere patientens ønsker."))


def check_said(said: Said) -> None:
    """Raises Refused for a wish that nobody could show later."""
    if said.kind not in Wish.Kind.values:
        raise Refused(_("Vælg, hvad patienten ønsker."))
    if said.kind == Wish.Kind.FREE_CHOICE:
        return
    if said.day is None:
        raise Refused(_("Skriv den dag, det handler om."))
    if said.kind == Wish.Kind.DATE and said.day < timezone.localdate():
        raise Refused(_("Den dag, patienten ønsker, er allerede gået."))


def record(user: User, patient: Patient, key: UUID, said: Said) -> Wish:
    """Write a wish down once: the same key gives the same wish, however often it is sent.

    The caller has seen to it that the person may see the patient. Raises Refused.
    """
    check_can_record(user)
    check_said(said)
    wish: Wish
    wish, _created = Wish.objects.get_or_create(
        key=key,
        defaults={
            "patient": patient,
            "kind": said.kind,
            "day": None if said.kind == Wish.Kind.FREE_CHOICE else said.day,
            "words": said.words.strip(),
            "by": user,
            "by_name": user.name,
            "by_role": str(user.get_role_display()),
        },
    )
    return wish
