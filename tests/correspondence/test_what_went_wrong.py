"""Upgrading a centre whose messages kept their last error themselves: it stands with an attempt."""

from importlib import import_module

import pytest
from django.db import connection

from correspondence.models import Attempt, Message
from correspondence.settling import tried
from tests.correspondence.factories import a_message, doubtful, last_try

pytestmark = pytest.mark.django_db
MIGRATION = import_module("correspondence.migrations.0012_what_went_wrong")
COLUMNS = """
ALTER TABLE correspondence_message ADD attempts smallint NOT NULL DEFAULT 0,
    ADD last_error varchar(300) NOT NULL DEFAULT ''
"""


@pytest.fixture
def upgrade() -> None:
    """What stood in the columns that are gone, and the way it was kept."""
    old = a_message(key="old"), a_message(key="fine"), doubtful(key="with an attempt")
    Message.objects.filter(pk=old[0].pk).update(status=Message.Status.FAILED)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(COLUMNS)
        cursor.execute(
            "UPDATE correspondence_message SET attempts = 3, last_error = 'Ingen adresse.'"
            " WHERE key <> 'fine'"
        )
        for _time in range(2):  # a migration that was stopped may be run again
            cursor.execute(MIGRATION.BEFORE_ATTEMPTS)


def test_an_error_from_before_attempts_is_one(upgrade: None) -> None:
    message = Message.objects.get(key="old")
    assert (last_try(message), tried(message)) == ((3, "Ingen adresse."), 1)
    attempt = message.tries.get()
    assert (attempt.outcome, attempt.began_at) == (Attempt.Outcome.FAILED, attempt.ended_at)


def test_what_has_attempts_keeps_them_and_what_went_well_gets_none(upgrade: None) -> None:
    assert last_try(Message.objects.get(key="with an attempt"))[1] == "Mailserveren svarede ikke."
    assert not Message.objects.get(key="fine").tries.exists()
