"""The two addresses that a watchdog asks."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings


def test_live_needs_neither_login_nor_database(client: Client) -> None:
    answer = client.get("/health/live")
    assert (answer.status_code, answer.json()) == (200, {"live": True})


@pytest.mark.django_db
def test_ready_when_database_and_redis_answer(client: Client) -> None:
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "redis": True})


@pytest.mark.django_db
def test_not_ready_without_redis(client: Client, settings: Settings) -> None:
    settings.REDIS_URL = "unix:///nowhere/redis.sock"
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "redis": False})


@pytest.mark.django_db
def test_not_ready_without_a_database(client: Client) -> None:
    def unplugged(*_: object) -> None:
        raise OperationalError

    with connection.execute_wrapper(unplugged):
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"database": False, "redis": True})


def test_health_is_told_to_readers_only(client: Client) -> None:
    assert client.post("/health/live").status_code == 405


def test_every_answer_forbids_scripts_and_styles_from_elsewhere(client: Client) -> None:
    policy = client.get("/health/live").headers["Content-Security-Policy"].split("; ")
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(policy)
    assert not any("unsafe" in rule for rule in policy)
