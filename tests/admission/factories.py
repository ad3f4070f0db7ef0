"""Drafts of the rules, made as rows without the page that makes them."""

from collections.abc import Collection, Mapping
from copy import deepcopy
from typing import Any

from admission.models import RuleSet
from admission.rules import DECK_CONTENT, FIRST_NUMBER
from staff.models import User


def a_draft(
    by: User,
    *,
    limits: Mapping[str, int | str] | None = None,
    spares: Mapping[str, Collection[str]] | None = None,
    destinations: Mapping[str, str] | None = None,
) -> RuleSet:
    """A draft of the deck's rules with other limits, spared criteria or places.

    `a_draft(anne, limits={"duration": 3})` asks for three months of pain.
    """
    draft: RuleSet = RuleSet.objects.create(
        content=content(limits or {}, spares or {}, destinations or {}),
        based_on=FIRST_NUMBER,
        why="Patienter henvises for sent.",
        drafted_by=by,
    )
    return draft


def content(
    limits: Mapping[str, int | str],
    spares: Mapping[str, Collection[str]] = {},
    destinations: Mapping[str, str] = {},
) -> dict[str, Any]:
    """The deck's content, changed."""
    changed = deepcopy(dict(DECK_CONTENT))
    rules = {rule["code"]: rule for rule in changed["criteria"]}
    tracks = {rule["track"]: rule for rule in changed["tracks"]}
    for code, limit in limits.items():
        {**rules, **tracks}[code]["limit"] = limit
    for code, place in destinations.items():
        rules[code]["destination"] = place
    for track, codes in spares.items():
        tracks[track]["spares"] = list(codes)
    return changed
