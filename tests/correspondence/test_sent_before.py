"""Upgrading a centre that has answered for years: nobody is to phone about all of that."""

from importlib import import_module

import pytest
from django.db import connection

from correspondence import openings
from correspondence.models import ANSWERS, Message, Opening
from staff.permissions import Role
from tests.correspondence.factories import a_message
from tests.staff.factories import person

pytestmark = pytest.mark.django_db
MIGRATION = import_module("correspondence.migrations.0005_answers_are_opened")


def upgrade() -> None:
    with connection.cursor() as cursor:
        cursor.execute(MIGRATION.SENT_BEFORE)


def test_what_was_sent_before_is_known_to_be_from_before() -> None:
    reader = person(Role.REFERRER)
    portal = {"channel": Message.Channel.PORTAL, "unit": reader.unit, "address": ""}
    for kind in Message.Kind:
        a_message(kind=kind, **portal)
    openings.note_opened(reader, Message.objects.filter(kind=Message.Kind.ADVICE))
    upgrade()
    upgrade()  # a migration that was stopped may be run again
    found = dict(Opening.objects.values_list("message__kind", "how"))
    assert found == dict.fromkeys(ANSWERS, "before") | {"advice": "opened"}
    assert not openings.unseen().exists()


def test_what_is_sent_afterwards_waits_to_be_opened() -> None:
    upgrade()
    reader = person(Role.REFERRER)
    portal = {"channel": Message.Channel.PORTAL, "unit": reader.unit, "address": ""}
    a_message(kind=Message.Kind.ADVICE, **portal)
    assert openings.unseen().count() == 1
