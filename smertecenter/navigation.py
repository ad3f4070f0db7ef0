"""Which places each desk has: one table, shown in the header and used to find the first page."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from correspondence.presenting import to_look_at
from pathways.worklist import without_interpreter
from referrals import phoning
from referrals.models import Referral
from staff.models import User
from staff.permissions import Permission, Role


class Place(NamedTuple):
    """One place in the header: who sees it, and what waits there for the person.

    ``is_one_page`` says that the addresses below the place's own are no part of it.
    """

    label: str | Promise
    url_name: str
    permission: Permission
    waiting: Callable[[User], int] | None = None
    is_one_page: bool = False


PLACES = (
    Place(
        _("Min praksis' henvisninger"),
        "referrals:mine",
        Permission.REFER,
        lambda user: phoning.unread_by(user).count(),
    ),
    Place(_("Kladder"), "referrals:drafts", Permission.REFER),
    Place(_("Telefontid"), "pathways:phone_hour", Permission.LOG_CONTACT),
    Place(_("Mine patienter"), "pathways:caseload", Permission.CARRY_CASELOAD),
    Place(
        _("Til underskrift"),
        "referrals:to_sign",
        Permission.SIGN,
        lambda user: Referral.objects.to_sign_by(user).count(),
    ),
    Place(
        _("Råd til praksis"),
        "referrals:to_advise",
        Permission.SIGN,
        lambda user: Referral.objects.to_advise_by(user).count(),
    ),
    Place(_("Overblik"), "referrals:overview", Permission.VIEW_OVERVIEW),
    Place(_("Intet tabt"), "oversight:proof", Permission.VIEW_OVERVIEW),
    Place(_("Visitation"), "referrals:queue", Permission.VIEW_QUEUE),
    Place(
        pgettext_lazy("place", "Forløb"),
        "pathways:worklist",
        Permission.VIEW_QUEUE,
        lambda user: without_interpreter(user) if user.role == Role.SECRETARY else 0,
        is_one_page=True,
    ),
    Place(
        _("Ring til praksis"),
        "referrals:to_phone",
        Permission.PHONE_PRACTICES,
        lambda user: phoning.to_phone(user, timezone.localdate()).count(),
    ),
    Place(_("Morfinberegner"), "medication:calculator", Permission.USE_CALCULATOR),
    Place(pgettext_lazy("place", "Regler"), "oversight:versions", Permission.DRAFT_RULES),
    Place(
        pgettext_lazy("place", "Udbakke"),
        "correspondence:outbox",
        Permission.VIEW_OUTBOX,
        to_look_at,
    ),
    Place(_("Personale"), "admin:index", Permission.MANAGE_STAFF),
)


def places_of(user: User) -> list[Place]:
    """The places a person may go to, in the order of their importance to the person."""
    return [place for place in PLACES if user.has_perm(place.permission)]


def places(request: HttpRequest) -> dict[str, Any]:
    """For the header: the person's places and where staff search goes (a context processor)."""
    user = request.user
    if not isinstance(user, User):
        return {}
    may_search = user.has_perm(Permission.VIEW_PATIENTS)
    return {
        "places": [_shown(place, user, request.path) for place in places_of(user)],
        "search_url": reverse("pathways:find") if may_search else "",
    }


def _shown(place: Place, user: User, path: str) -> dict[str, Any]:
    url = reverse(place.url_name)
    return {
        "label": place.label,
        "url": url,
        "active": path == url if place.is_one_page else path.startswith(url),
        "count": place.waiting(user) if place.waiting else 0,
    }


def home(request: HttpRequest) -> HttpResponse:
    """Everybody's first page is the first place of their desk."""
    assert isinstance(request.user, User)  # the sign-in middleware let nobody else through
    return redirect(places_of(request.user)[0].url_name)
