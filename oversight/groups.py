"""The groups that referrals are counted in, and which of them may be shown.

A group of fewer than five patients could be recognised: it is never shown apart, nor can its size
be reckoned from what is shown.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from referrals.lifecycle import REFERRAL
from referrals.models import Referral

SMALLEST_SHOWN: Final = 5
MOST_UNITS: Final = 10
# The youngest age of each group; the first are children.
AGES: Final = (0, 18, 30, 40, 50, 60, 70, 80)


@dataclass(frozen=True, slots=True)
class Group:
    """How many referrals there are in a group, and how many of them the draft judges otherwise.

    `key` is empty for those that have none: no track proposed, not decided yet.
    """

    key: str
    referrals: int
    flipped: int


@dataclass(frozen=True, slots=True)
class Shown:
    """The groups shown apart, and the `others` together; None when all are shown."""

    apart: tuple[Group, ...]
    others: Group | None


def _age(referral: Referral, _track: str) -> str:
    age = max(referral.patient.age_on(referral.received_on), 0)
    return str(AGES[bisect_right(AGES, age) - 1])


def _outcome(referral: Referral, _track: str) -> str:
    return "" if REFERRAL[referral.status].is_open else referral.status


KEYS: Final[Mapping[str, Callable[[Referral, str], str]]] = {
    "track": lambda _referral, track: track,
    "age": _age,
    "sex": lambda referral, _track: referral.patient.sex,
    "unit": lambda referral, _track: str(referral.unit_id),
    "outcome": _outcome,
}


def keys_of(referral: Referral, track: str) -> dict[str, str]:
    """The group that a referral belongs to, in each of the ways; `track` is what is proposed."""
    return {by: key(referral, track) for by, key in KEYS.items()}


def shown(groups: Iterable[Group], most: int | None = None) -> Shown:
    """Which groups are shown apart, in their order, but no more than ``most``.

    The small ones are put together with the others; as long as they are few together, the smallest
    of the rest joins them.
    """
    given = list(groups)
    ranked = sorted(given, key=lambda group: group.referrals)
    beyond = given[most:] if most is not None else []
    hidden = [group for group in ranked if group.referrals < SMALLEST_SHOWN or group in beyond]
    rest = [group for group in ranked if group not in hidden]
    while rest and hidden and sum(group.referrals for group in hidden) < SMALLEST_SHOWN:
        hidden.append(rest.pop(0))
    return Shown(tuple(group for group in given if group in rest), _together(hidden))


def _together(groups: list[Group]) -> Group | None:
    if not groups:
        return None
    referrals = sum(group.referrals for group in groups)
    return Group("", referrals, sum(group.flipped for group in groups))
