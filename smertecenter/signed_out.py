"""What somebody is told whose sign-in has ended."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse


class SignedOutMiddleware(LoginRequiredMiddleware):
    """Whoever asks for a page signs in first and then gets it; whoever sends something keeps it.

    Sent without a sign-in is what was being written when it ended. It is neither taken nor thrown
    away: it stands in the page (`static/smertecenter/js/start.js`), and can be sent again when its
    writer has signed in beside it.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """None for those who may go on; else the sign-in page, or that the sign-in has ended."""
        turned_away = super().process_view(request, view_func, view_args, view_kwargs)
        if turned_away is None:
            return None
        if request.method == "POST":
            return render(request, "401.html", status=401)
        if request.headers.get("HX-Request") == "true":
            return redirect_to_login(_page_of(request), reverse("account_login"))
        return turned_away


def _page_of(request: HttpRequest) -> str:
    """The page that a part was asked for, not the part."""
    return request.htmx.current_url_abs_path or reverse("home")  # type: ignore[attr-defined]  # django-htmx sets it
