"""Signing in; in demo mode with one button per person of the demo centre."""

from typing import Any

from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from staff.models import User
from staff.permissions import Role

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class SignIn(LoginView):
    """The sign-in page, with the demo centre's people when there is one."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"demo_people": demo_people()}


def demo_people() -> list[User]:
    """Whom the sign-in page has a button for, by role; nobody outside demo mode."""
    if not settings.DEMO:
        return []
    order = list(Role)
    people = User.objects.active().select_related("unit").order_by("pk")
    return sorted(people, key=lambda person: order.index(Role(person.role)))


@login_not_required
@require_POST
def demo_sign_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as a person of the demo centre, without a password; 404 outside demo mode."""
    if not settings.DEMO:
        raise Http404
    person = get_object_or_404(User.objects.active(), pk=pk)
    login(request, person, backend=BACKEND)
    return redirect(get_next_redirect_url(request) or settings.LOGIN_REDIRECT_URL)
