"""Who is at the pages of the rules, and the way back to the versions."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from staff.models import User
from staff.permissions import Permission

drafters_only = permission_required(Permission.DRAFT_RULES, raise_exception=True)


def who(request: HttpRequest) -> User:
    """The person who is signed in; the sign-in middleware lets nobody else through."""
    assert isinstance(request.user, User)
    return request.user


def crumb_to_versions() -> dict[str, str]:
    """The breadcrumb that leads back to all versions and drafts."""
    return {"label": _("Regler"), "url": reverse("oversight:versions")}
