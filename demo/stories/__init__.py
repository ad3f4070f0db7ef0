"""The stories that are told by hand: every status, and what is out of the ordinary."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from demo.case import Story
from demo.complaints import Complaint
from demo.patients import Person
from demo.stories.children import of_children
from demo.stories.decided import DECIDED
from demo.stories.in_treatment import IN_TREATMENT
from demo.stories.undecided import DRAFTS, RENAMED, WAITING_FOR_US


def hand_told(official: Mapping[str, Person], today: dt.date) -> list[Story]:
    """One story for each of Denmark's official test persons, and two who come again, renamed."""
    adults = (*WAITING_FOR_US, *DECIDED, *IN_TREATMENT, *DRAFTS)
    told = [_story(official, *line) for line in adults]
    children = [person for person in official.values() if person.age_on(today) < 18]
    again = [_story(official, *line) for line in RENAMED]
    return [*told, *of_children(children), *again]


def _story(
    official: Mapping[str, Person],
    number: str,
    referrer: str,
    complaint: Complaint,
    begins: int,
    more: dict[str, Any],
) -> Story:
    person = official[number]
    return Story(person=person, referrer=referrer, complaint=complaint, begins=begins, **more)
