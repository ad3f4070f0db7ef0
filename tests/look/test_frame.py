"""The frame around every page."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from staff.models import User
from staff.permissions import Role
from tests.look.markup import Page

TEMPLATES = Path(settings.BASE_DIR) / "templates"
INLINE = re.compile(r"""<script(?![^>]*\bsrc=)|<style\b|\sstyle=["']|\son[a-z]+=["']|javascript:""")


@pytest.fixture
def request_by_secretary(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = User(name="Karin Vestergaard", role=Role.SECRETARY)
    return request


def page(request: HttpRequest, **context: object) -> str:
    return render_to_string("403.html", {"user": request.user, **context}, request=None)


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_nothing_stands_inline_that_the_security_policy_forbids(path: Path) -> None:
    assert not INLINE.search(path.read_text())


def test_a_person_sees_name_role_places_and_search(request_by_secretary: HttpRequest) -> None:
    places = [{"label": "Visitation", "url": "/v", "active": True, "count": 38}]
    html = page(request_by_secretary, places=places, search_url="/find")

    for text in ("Karin Vestergaard", "sekretær", "Visitation", "38"):
        assert text in html
    assert Page(html).named("q")["data-focus-key"] == "/"


def test_the_search_posts_so_that_no_number_stands_in_an_address(
    request_by_secretary: HttpRequest,
) -> None:
    html = page(request_by_secretary, search_url="/find")

    assert re.search(r'<form method="post"\s+action="/find"', html)


def test_references_lead_somewhere_and_ids_are_unique(request_by_secretary: HttpRequest) -> None:
    found = Page(page(request_by_secretary, search_url="/find"))

    assert len(found.ids) == len(set(found.ids))
    # The dialog gets its title with the form it is filled with.
    assert found.referred() - set(found.ids) <= {"action-dialog-title"}


def test_nobody_signed_in_sees_no_places(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()

    assert "navigation-menu" not in page(request)


def test_the_last_resort_page_needs_no_context() -> None:
    assert "Noget gik galt" in render_to_string("500.html")
