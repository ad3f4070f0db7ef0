"""Those who lead, as an e-mail reaches them."""

from typing import Any, Final

from django.conf import settings

from staff.models import User
from staff.permissions import Permission

VISITATION: Final = "Visitationen"


def managers() -> list[User | None]:
    """Those who can be written to; without one it is the visitation (None) that must know."""
    found = User.objects.who_may(Permission.VIEW_OVERVIEW).exclude(email="")
    return list(found) or [None]


def named(to: User | None) -> str:
    """Somebody in a message's key: their number, or that there is nobody."""
    return str(to.pk) if to else "none"


def addressed(to: User | None) -> dict[str, Any]:
    """The fields of an e-mail to a person, or to the visitation."""
    return {
        "recipient": to.name if to else VISITATION,
        "address": to.email if to else settings.TRIAGE_EMAIL,
        "to_user": to,
    }
