"""The versions of the rules: which one judges a referral, and all of them in their order.

A referral is judged by the version in force on the day it was received.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from admission.models import RuleSet
from admission.parameters import Content
from admission.rules import DECK, DECK_CONTENT, FIRST_NUMBER, Rules


@dataclass(frozen=True, slots=True)
class Version:
    """One version that is or was or will be in force; `row` is None for the deck's, the first."""

    content: Content
    rules: Rules
    row: RuleSet | None = None

    @property
    def number(self) -> int:
        return self.rules.number

    @property
    def valid_from(self) -> date | None:
        """The first day it is in force; None for the deck's, which holds for every day before."""
        return self.row.valid_from if self.row else None


FIRST = Version(DECK_CONTENT, DECK)


def in_force(on: date) -> Rules:
    """The rules that judge a referral received on this day; the deck's before any later version."""
    found: RuleSet | None = RuleSet.objects.in_force(on).first()
    return found.rules if found else DECK


def discharge_limit() -> Decimal:
    """The daily oral morphine equivalents, in mg, above which the rules in force today speak."""
    return in_force(timezone.localdate()).discharge_morphine_mg


def newest() -> Version:
    """The version approved last, in force already or later: what the next draft begins from."""
    row: RuleSet | None = RuleSet.objects.approved().first()
    return _version(row) if row else FIRST


def every() -> list[Version]:
    """All versions, the deck's first."""
    rows = RuleSet.objects.approved().select_related("approved_by", "drafted_by")
    return [FIRST, *map(_version, rows.order_by("number"))]


def numbered(number: int) -> Version | None:
    """The version with a number; None where there is none."""
    if number == FIRST_NUMBER:
        return FIRST
    row: RuleSet | None = RuleSet.objects.approved().filter(number=number).first()
    return _version(row) if row else None


def applying(versions: list[Version], on: date) -> Version:
    """Among all versions the one in force on a day, as `in_force` says it."""
    begun = [each for each in versions if each.valid_from and each.valid_from <= on]
    return max(begun, key=lambda each: each.number, default=versions[0])


def coming(versions: list[Version], on: date) -> list[Version]:
    """The versions that will be in force later than a day, the next one first.

    One that a version approved after it replaces before it has begun never is.
    """
    days = sorted(
        {each.valid_from for each in versions if each.valid_from and each.valid_from > on}
    )
    in_turn = (applying(versions, day) for day in (on, *days))
    return list({each.number: each for each in in_turn}.values())[1:]


def _version(row: RuleSet) -> Version:
    return Version(row.content, row.rules, row)
