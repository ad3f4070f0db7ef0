"""The calculator's page: the working is shown, nothing is kept, nothing stands in an address."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from medication.models import MedicationList
from staff.permissions import Role
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

CALCULATOR = reverse("medication:calculator")


@pytest.fixture
def physician(client: Client) -> Client:
    client.force_login(person(Role.PHYSICIAN))
    return client


def page_of(client: Client, *lines: str) -> str:
    """The page's words, with the spaces that a reader sees."""
    answer = client.post(CALCULATOR, {"lines": "\n".join(lines)})
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_working_is_shown_by_every_set(physician: Client) -> None:
    page = page_of(physician, "Tramadol 50 mg 2 tabl. 4 gange dgl.")

    for working in ("× 0,15 =", "× 0,2 =", "× 0,1 ="):
        assert working in page
    assert "40–80 mg" in page
    assert "over efter USA (80 mg), ikke over efter Norge (60 mg) og Storbritannien (40 mg)" in page


def test_the_ceiling_is_mentioned_only_above_a_hundred(physician: Client) -> None:
    assert "seponeringsliste" not in page_of(physician, "Contalgin 50 mg 1 x 2")
    assert "seponeringsliste" in page_of(physician, "Contalgin 60 mg 1 x 2")


def test_what_is_not_summed_says_why_and_the_total_is_at_least(physician: Client) -> None:
    page = page_of(physician, "Contalgin 30 mg 1 x 2", "Metadon 10 mg 1 x 3", "Noget 5 mg x 2")

    assert "mindst 60 mg" in page
    assert "Metadon har ingen fast omregningsfaktor." in page
    assert "Kender ikke præparatet." in page
    assert "2 linjer er ikke regnet med." in page


def test_it_is_guidance_and_names_its_sources(physician: Client) -> None:
    page = page_of(physician, "Contalgin 30 mg 1 x 2")

    assert "Vejledende. Må ikke bruges til at omregne dosis ved skift af opioid." in page
    for source in ("Helsedirektoratet", "CDC Clinical Practice Guideline", "Opioids Aware"):
        assert source in page


def test_no_opioids_are_said_to_be_none(physician: Client) -> None:
    assert "Ingen opioider på listen." in page_of(physician, "Panodil 1 g x 4")


def test_nothing_is_kept(physician: Client) -> None:
    page_of(physician, "Contalgin 30 mg 1 x 2")

    assert not MedicationList.objects.exists()


def test_a_list_in_an_address_is_not_read(physician: Client) -> None:
    page = physician.get(CALCULATOR, {"lines": "Contalgin 30 mg 1 x 2"}).content.decode()

    assert "Contalgin (morfin" not in page


def test_a_part_is_answered_to_the_page_that_is_typed_on(physician: Client) -> None:
    answer = physician.post(
        CALCULATOR, {"lines": "Contalgin 30 mg 1 x 2"}, headers={"HX-Request": "true"}
    )

    assert b"<html" not in answer.content
    assert b"60 mg" in answer.content


def test_what_is_written_is_never_markup(physician: Client) -> None:
    assert "<script>alert" not in page_of(physician, "<script>alert(1)</script> 5 mg")


def test_a_list_costs_the_same_whatever_its_length(
    physician: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page_of(physician, "Contalgin 30 mg 1 x 2")
    with django_assert_num_queries(5) as short:
        page_of(physician, "Contalgin 30 mg 1 x 2")
    with django_assert_num_queries(len(short)):
        page_of(physician, *["Contalgin 30 mg 1 x 2"] * 50)
