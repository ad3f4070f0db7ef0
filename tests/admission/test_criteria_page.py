"""Our admission criteria, as everybody reads them: the version in force and nothing else."""

import datetime as dt
import html
from collections.abc import Callable
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from admission.criteria.answers import spelled_out
from admission.parameters import Place
from admission.rules import DECK, Rules
from admission.versions import in_force
from staff.models import User
from staff.permissions import Role
from tests.admission.versions import MONTHS, WHY, YEARS, a_draft, an_approved
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
PAGE = reverse("admission:criteria")
NEVER = {Place("tracks", track, "asks", "worked_up"): False for track in DECK.tracks}


def read(address: str = PAGE, client: Client | None = None, language: str = "da") -> str:
    answer = (client or Client()).get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    return html.unescape(" ".join(answer.content.decode().split()))


def in_days(days: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=days)


def everything_said(rules: Rules, language: str) -> list[str]:
    with translation.override(language):
        of_criteria = [
            str(words)
            for rule in rules.criteria.values()
            for words in (
                *(rule.name, rule.sentence, rule.consequence, rule.source),
                rule.destination.label,
            )
        ]
        of_tracks = [
            str(words)
            for rule in rules.tracks.values()
            for words in (rule.track.label, rule.sentence, rule.source)
        ]
    return of_criteria + of_tracks


@pytest.mark.parametrize("language", ["da", "en"])
def test_everybody_reads_every_word_of_the_rules_in_either_language(language: str) -> None:
    page = read(language=language)
    for words in everything_said(DECK, language):
        assert words in page


def test_no_word_of_the_rules_stands_in_the_template() -> None:
    written = (Path(settings.BASE_DIR) / "templates/admission/criteria.html").read_text()
    for words in everything_said(DECK, "da") + everything_said(DECK, "en"):
        assert words not in written


@pytest.mark.parametrize("role", list(Role))
def test_who_is_signed_in_reads_it_too(role: Role, client_for: Callable[[User], Client]) -> None:
    assert "Vores optagekriterier" in read(client=client_for(person(role)))


def test_the_page_says_on_every_day_what_judges_on_that_day() -> None:
    an_approved({MONTHS: 3}, valid_from=in_days(5))
    for days in (0, 4, 5, 30):
        name = str(in_force(in_days(days)).criteria["duration"].name)
        with time_machine.travel(timezone.now() + dt.timedelta(days=days)):
            assert f"<h3>{name}</h3>" in read()


def test_what_comes_later_is_announced_with_what_it_changes() -> None:
    day = in_days(5)
    an_approved({MONTHS: 3, YEARS: 16}, valid_from=day)
    page = read()
    assert f"Fra {spelled_out(day)} gælder version 2:" in page
    assert "Smerter i mindst 6 måneder: grænse 6 måneder → 3 måneder" in page
    with time_machine.travel(timezone.now() + dt.timedelta(days=5)):
        assert "gælder version 2:" not in read()


def test_a_version_says_who_approved_it_as_what_and_why_and_what_changed() -> None:
    an_approved({MONTHS: 3})
    an_approved({YEARS: 16})
    page = read(reverse("admission:criteria_version", args=[3]))
    assert f"Godkendt af Mads Leder (leder) den {timezone.localdate():%-d.%-m.%Y}." in page
    assert WHY in page
    assert "18 år eller ældre: grænse 18 år → 16 år" in page
    assert "grænse 6 måneder" not in page


def test_earlier_versions_are_read_as_they_were() -> None:
    an_approved({MONTHS: 3}, valid_from=in_days(1))
    with time_machine.travel(timezone.now() + dt.timedelta(days=10)):
        now, before = read(), read(reverse("admission:criteria_version", args=[1]))
    assert reverse("admission:criteria_version", args=[1]) in now
    assert "Smerter i mindst 3 måneder" in now
    assert "Denne version gælder ikke i dag." in before
    assert "<h3>Smerter i mindst 6 måneder</h3>" in before
    assert f"Gyldig til {spelled_out(in_days(0))}" in before


def test_a_version_that_was_replaced_before_its_day_says_so() -> None:
    an_approved({MONTHS: 3}, valid_from=in_days(5))
    an_approved({MONTHS: 4}, valid_from=in_days(5))
    assert "Afløst, før den blev gyldig" in read(reverse("admission:criteria_version", args=[2]))


def test_a_draft_is_no_version_and_not_told_of() -> None:
    a_draft({MONTHS: 3})
    assert "3 måneder" not in read()
    assert Client().get(reverse("admission:criteria_version", args=[2])).status_code == 404


def test_a_criterion_that_no_track_asks_says_so() -> None:
    an_approved(NEVER, valid_from=in_days(1))
    page = read(reverse("admission:criteria_version", args=[2]))
    assert "Spørges for tiden ikke i noget spor." in page


def test_a_track_says_which_criteria_it_does_not_ask() -> None:
    an_approved({Place("tracks", "fast", "asks", "worked_up"): False}, valid_from=in_days(1))
    page = read(reverse("admission:criteria_version", args=[2]))
    assert "Spørges ikke i sporet: Hurtig vurdering, Subakut" in page


def test_what_is_typed_in_a_draft_is_shown_as_text() -> None:
    source = Place("criteria", "adult", "source", "da")
    an_approved({source: "<script>alert(1)</script>"}, valid_from=in_days(1))
    page = Client().get(reverse("admission:criteria_version", args=[2])).content.decode()
    assert "<script>alert" not in page


def test_the_page_asks_the_database_once_however_many_versions_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for months in (1, 2, 3, 4):
        an_approved({MONTHS: months})
    with django_assert_num_queries(1):
        read()


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_can_only_be_read(method: str) -> None:
    assert getattr(Client(), method)(PAGE).status_code == 405


def test_the_sign_in_page_leads_to_it() -> None:
    assert f'href="{PAGE}"' in read(reverse("account_login"))
