"""What a browser must be told when part of a page is asked for instead of the whole."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

GetResponse = Callable[[HttpRequest], HttpResponse]


class PartialPagesMiddleware:
    """Redirects leave the whole page, and no cache takes a part for a page.

    htmx would follow a redirect inside the part it fills: a saved form's next page, or the sign-in
    page of an ended session, would land in a dialog.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if request.headers.get("HX-Request") == "true" and isinstance(
            response, HttpResponseRedirect
        ):
            return _by_the_browser(response)
        return response


def _by_the_browser(response: HttpResponseRedirect) -> HttpResponse:
    """The same redirect, followed by the browser; cookies set on the way are kept."""
    whole = HttpResponseClientRedirect(response.url)
    whole.cookies = response.cookies
    return whole
