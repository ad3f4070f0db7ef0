"""What was told of by messages of their own, before there were notices, is not told again."""

import importlib

import pytest
from django.db import connection

from casework.models import DeadlineNotice
from correspondence.models import Message
from staff.permissions import Role
from tests.staff.factories import person

pytestmark = pytest.mark.django_db

TOLD = importlib.import_module("casework.migrations.0002_told_before").TOLD


def a_message(key: str, **fields: object) -> None:
    Message.objects.create(
        key=key, kind="waiting", channel="email", recipient="Anne Holm", body="Frist", **fields
    )


def test_old_messages_become_notices_once() -> None:
    physician = person(Role.PHYSICIAN)
    a_message("pathway:5:overdue:2026-11-06:owner", to_user=physician)
    a_message("pathway:5:overdue:2026-11-06:manager:7")
    a_message("pathway:5:overdue:2026-11-06:manager:8")
    a_message("referral:12:notice:2026-11-12:owner")
    a_message("something:else")
    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(TOLD)
    rows = DeadlineNotice.objects.order_by("of", "stage", "pk")
    assert [(r.of, r.case_id, r.clock, f"{r.due_on}", r.stage, r.told) for r in rows] == [
        ("pathway", 5, "due", "2026-11-06", "escalated", None),
        ("pathway", 5, "due", "2026-11-06", "overdue", physician),
        ("referral", 12, "notice", "2026-11-12", "overdue", None),
    ]
