"""Signing in, by password and by the demo buttons."""

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from staff.permissions import Role
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
PASSWORD = "fire ord der huskes"


def test_a_person_signs_in_with_name_and_password(client: Client) -> None:
    secretary = person(Role.SECRETARY)
    secretary.set_password(PASSWORD)
    secretary.save()
    answer = client.post(
        reverse("account_login"), {"login": secretary.username, "password": PASSWORD}
    )
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("home")


def test_a_wrong_password_gives_a_sentence_and_keeps_the_name(client: Client) -> None:
    secretary = person(Role.SECRETARY)
    answer = client.post(
        reverse("account_login"), {"login": secretary.username, "password": "forkert"}
    )
    assert answer.status_code == 200
    assert secretary.username in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_in_production_there_are_no_demo_buttons_and_no_way_round(
    client: Client, settings: Settings
) -> None:
    secretary = person(Role.SECRETARY)
    assert not settings.DEMO
    page = client.get(reverse("account_login"))
    assert secretary.name not in page.content.decode()
    answer = client.post(reverse("staff:demo_sign_in", args=[secretary.pk]))
    assert answer.status_code == 404
    assert "_auth_user_id" not in client.session


def test_in_demo_mode_every_person_has_a_button_that_signs_in(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    people = [person(role) for role in Role]
    page = client.get(reverse("account_login")).content.decode()
    for somebody in people:
        assert somebody.name in page
        assert reverse("staff:demo_sign_in", args=[somebody.pk]) in page
    client.post(reverse("staff:demo_sign_in", args=[people[0].pk]))
    assert client.session["_auth_user_id"] == str(people[0].pk)


def test_a_demo_button_leads_to_the_page_that_was_asked_for(
    client: Client, settings: Settings
) -> None:
    settings.DEMO = True
    secretary = person(Role.SECRETARY)
    outbox = reverse("correspondence:outbox")
    page = client.get(outbox, follow=True).content.decode()
    assert f'name="next" value="{outbox}"' in page
    sign_in = reverse("staff:demo_sign_in", args=[secretary.pk])
    assert client.post(sign_in, {"next": outbox}).headers["Location"] == outbox
    elsewhere = client.post(sign_in, {"next": "https://example.com/"})
    assert elsewhere.headers["Location"] == reverse("home")


def test_what_is_asked_for_in_the_background_leads_back_to_its_page(client: Client) -> None:
    part = reverse("pathways:find")
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/pathways/phone-hour/"}
    answer = client.get(part, headers=headers)
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=/pathways/phone-hour/"


def test_demo_mode_is_refused_by_the_deployment_check(settings: Settings) -> None:
    settings.DEMO = True
    assert "staff.E001" in [c.id for c in run_checks(include_deployment_checks=True)]


def test_nobody_makes_an_account_for_themselves(client: Client) -> None:
    page = client.get(reverse("account_signup"))
    assert b"password1" not in page.content
