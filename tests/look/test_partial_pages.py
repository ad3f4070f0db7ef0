"""Redirects of partial requests leave the whole page."""

from http import HTTPStatus

import pytest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory

from smertecenter.partial_pages import PartialPagesMiddleware


def answered(response: HttpResponse, **headers: str) -> HttpResponse:
    request: HttpRequest = RequestFactory().get("/", headers=headers)
    return PartialPagesMiddleware(lambda _: response)(request)


def test_a_redirect_of_a_part_is_followed_by_the_whole_page() -> None:
    redirect = HttpResponseRedirect("/queue")
    redirect.set_cookie("seen", "1")

    answer = answered(redirect, hx_request="true")

    assert answer.status_code == HTTPStatus.OK
    assert answer["HX-Redirect"] == "/queue"
    assert answer.cookies["seen"].value == "1"


def test_a_redirect_of_a_page_is_left_alone() -> None:
    assert answered(HttpResponseRedirect("/queue")).status_code == HTTPStatus.FOUND


def test_a_part_is_never_taken_for_the_page() -> None:
    assert "HX-Request" in answered(HttpResponse())["Vary"]


@pytest.mark.django_db
def test_an_ended_session_sends_the_whole_page_to_sign_in(client: Client) -> None:
    answer = client.get("/", headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/accounts/login/")
