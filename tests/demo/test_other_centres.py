"""A centre can be made on any day; another seed gives another centre."""

import datetime as dt
import random
from collections.abc import Callable

import pytest

from demo.centre import make_centre
from demo.everyday import everyday
from demo.patients import Strangers
from pathways.models import Pathway
from referrals.models import Referral
from tests.demo.conftest import Made


@pytest.mark.slow
def test_a_centre_can_be_made_on_a_holiday(
    while_made: Callable[[Callable[[], None]], Made],
) -> None:
    day = dt.date(2027, 3, 29)  # Easter Monday
    with while_made(lambda: make_centre(day, seed=3)):
        assert Referral.objects.overdue(day).exists()
        assert Pathway.objects.overdue(day).exists()


def test_another_seed_gives_other_people_and_stories(a_tuesday: dt.date) -> None:
    def told(seed: int) -> list[tuple[str, str]]:
        stories = everyday(random.Random(seed), Strangers(random.Random(seed)), a_tuesday)
        return [(story.person.number, story.referrer) for story in stories]

    assert told(1) == told(1)
    assert told(1) != told(2)
