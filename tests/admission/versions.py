"""Versions of the rules for tests: drafted and approved through the real functions."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from admission.approving import approve, earliest_day
from admission.drafting import begin, change
from admission.models import RuleSet
from admission.parameters import Place, content_of, parameters
from admission.rules import DECK_CONTENT
from staff.models import User
from staff.permissions import Role
from tests.staff.factories import person

MONTHS = Place("criteria", "duration", "limit")
YEARS = Place("criteria", "adult", "limit")
MILLIGRAMS = Place("tracks", "subacute", "limit")
WHY = "Ventetiden hos egen læge er for lang."


def deck(changed: Mapping[Place, Any] | None = None) -> dict[str, Any]:
    """The first version's content, with some parameters otherwise."""
    return with_changes(deepcopy(dict(DECK_CONTENT)), changed or {})


def with_changes(content: Mapping[str, Any], changed: Mapping[Place, Any]) -> dict[str, Any]:
    return content_of(parameters(content) | dict(changed), content)


def a_draft(
    changed: Mapping[Place, Any] | None = None, *, by: User | None = None, why: str = WHY
) -> RuleSet:
    """A draft that changes the months of pain to three, unless something else is said."""
    drafter = by or person(Role.PHYSICIAN)
    draft = begin(drafter)
    content = with_changes(draft.content, {MONTHS: 3} if changed is None else changed)
    return change(drafter, draft.pk, draft.version, content, why)


def an_approved(
    changed: Mapping[Place, Any] | None = None,
    *,
    valid_from: date | None = None,
    by: User | None = None,
) -> RuleSet:
    """The next version, approved by a manager unless somebody else is named."""
    draft = a_draft(changed)
    approver = by or person(Role.MANAGER)
    return approve(approver, draft.pk, draft.version, valid_from or earliest_day())
