"""Metrics: for monitoring alone, about nobody, the same from every process."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries, Settings

from oversight.nights import prove_tonight
from referrals.lifecycle import Status
from staff.permissions import Role
from tests.referrals.cases import PEOPLE, at, sent, the_centre

pytestmark = pytest.mark.django_db
TOKEN = "monitoring-alone-knows-this"


@pytest.fixture(autouse=True)
def token(settings: Settings) -> None:
    settings.METRICS_TOKEN = TOKEN


def asked(token: str = TOKEN) -> dict[tuple[str, tuple[str, ...]], float]:
    """Every sample by its name and labels, read as Prometheus reads it."""
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/plain; version=")
    return {
        (sample.name.removeprefix("smertecenter_"), tuple(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_the_figures_are_those_of_the_proof() -> None:
    people = the_centre()
    for status in (Status.RECEIVED, Status.AWAITING_REFERRER, Status.ACCEPTED):
        at(status, people)
    told = asked()
    assert told["open_cases", ("referral",)] == 2
    assert told["open_cases", ("pathway",)] == 1
    assert told["answers_unopened", ("unseen",)] == 2
    assert told["proof_holds", ()] == 1
    assert told["longest_held_seconds", ("centre", "referral")] >= 0
    assert ("longest_held_seconds", ("patient", "pathway")) not in told


def test_the_last_nightly_proof_is_told_when_there_is_one() -> None:
    assert not [name for name, _labels in asked() if name.startswith("nightly")]
    made = prove_tonight(timezone.now())
    told = asked()
    assert told["nightly_proof_holds", ()] == 1
    assert told["nightly_proof_timestamp_seconds", ()] == pytest.approx(made.made_at.timestamp())


def test_each_answer_is_counted_anew() -> None:
    assert asked()["open_cases", ("referral",)] == 0
    sent()
    assert asked()["open_cases", ("referral",)] == 1


@pytest.mark.parametrize(
    "header", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": TOKEN}]
)
def test_who_does_not_show_the_token_is_told_nothing(header: dict[str, str]) -> None:
    answer = Client().get("/metrics", headers=header)
    assert (answer.status_code, answer.content) == (401, b"")


def test_a_signed_in_person_needs_the_token_too() -> None:
    client = Client()
    client.force_login(the_centre()[Role.ADMINISTRATOR])
    assert client.get("/metrics").status_code == 401


def test_without_a_token_in_the_environment_the_address_does_not_exist(settings: Settings) -> None:
    settings.METRICS_TOKEN = ""
    answer = Client().get("/metrics", headers={"Authorization": "Bearer "})
    assert answer.status_code == 404


def test_they_are_read_not_posted() -> None:
    assert Client().post("/metrics").status_code == 405


def test_nothing_in_them_is_about_a_person() -> None:
    at(Status.ACCEPTED, the_centre())
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    told = answer.content.decode()
    assert not any(number in told for number in PEOPLE)
    assert "Lauridsen" not in told
    labels = set(re.findall(r'="([^"]*)"', told))
    known = {"referral", "pathway", "owner", "action", "due", "list", "late", "failed"}
    known |= {"uncertain", "unposted", "waiting", "unseen", "to_phone", "overdue", "centre"}
    assert labels <= known


def test_more_cases_cost_no_more_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _round in range(2):
        sent()
        with django_assert_num_queries(9):
            asked()
