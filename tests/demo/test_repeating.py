"""The same seed and day give the same centre, row by row; another seed gives another."""

import datetime as dt
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps

from demo.centre import make_centre
from demo.everyday import everyday
from demo.patients import Strangers
from pathways.models import Pathway
from referrals.models import Referral
from tests.demo.conftest import Made

ROOMS = ("staff", "patients", "correspondence", "pathways", "referrals")
# A password that nobody can use is random, and history is stamped by the database's own clock.
OWN_WILL = ("password", "pgh_created_at")

Rows = dict[str, list[dict[str, Any]]]


def _everything() -> Rows:
    models = [model for room in ROOMS for model in apps.get_app_config(room).get_models()]
    return {model._meta.label: _rows(model) for model in models}


def _rows(model: Any) -> list[dict[str, Any]]:
    rows = model._base_manager.order_by("pk").values()
    return [{name: row[name] for name in row if name not in OWN_WILL} for row in rows]


@pytest.mark.slow
def test_the_same_seed_gives_the_same_centre(
    while_made: Callable[[Callable[[], None]], Made], a_tuesday: dt.date
) -> None:
    found: list[Rows] = []
    for _ in range(2):
        with while_made(lambda: make_centre(a_tuesday, seed=7)):
            found.append(_everything())
    first, second = found
    assert first.keys() == second.keys()
    for label in first:
        assert first[label] == second[label], label


@pytest.mark.slow
@pytest.mark.parametrize("day", [dt.date(2026, 12, 27), dt.date(2027, 3, 29)])
def test_a_centre_can_be_made_on_a_holiday(
    while_made: Callable[[Callable[[], None]], Made], day: dt.date
) -> None:
    with while_made(lambda: make_centre(day, seed=3)):
        assert Referral.objects.overdue(day).exists()
        assert Pathway.objects.overdue(day).exists()


def test_another_seed_gives_other_people_and_stories(a_tuesday: dt.date) -> None:
    def told(seed: int) -> list[tuple[str, str]]:
        stories = everyday(random.Random(seed), Strangers(random.Random(seed)), a_tuesday)
        return [(story.person.number, story.referrer) for story in stories]

    assert told(1) == told(1)
    assert told(1) != told(2)
