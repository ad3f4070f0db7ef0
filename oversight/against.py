"""Decisions against the criteria: how often, against which, and by whom.

A rule that is often decided against is a rule to look at again. Counted are the decisions in force
on whether the patient is received; advice is none. What goes against a criterion is said by
`referrals.needs.decided_against` and kept with the decision.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Case, CharField, Count, F, Func, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext as _

from admission.versions import in_force
from oversight.period import Period
from referrals.models import Decision
from referrals.models.decision import NO_CRITERION
from staff.permissions import Role

Kind = Decision.Kind
ON_RECEIVING = (Kind.ACCEPT, Kind.REDIRECT, Kind.DECLINE)


@dataclass(frozen=True, slots=True)
class Line:
    """How often one criterion was decided against; ``share`` is of all decisions, in percent."""

    code: str
    name: str
    count: int
    share: float
    by_role: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """All decisions of a period, those against the criteria, and these by criterion."""

    decisions: int
    against: int
    lines: tuple[Line, ...]

    @property
    def share(self) -> float:
        return percent(self.against, self.decisions)


def last_year() -> Period:
    """The year up to this day."""
    today = timezone.localdate()
    return Period(today - dt.timedelta(days=364), today)


def decided(period: Period) -> "QuerySet[Decision]":
    """The decisions on receiving the patient that came in force in the period."""
    midnight = [dt.datetime.combine(day, dt.time()) for day in _from_and_before(period)]
    since, before = map(timezone.make_aware, midnight)
    return Decision.objects.filter(
        signed_at__gte=since, signed_at__lt=before, kind__in=ON_RECEIVING
    )


def _from_and_before(period: Period) -> tuple[dt.date, dt.date]:
    return period.first, period.last + dt.timedelta(days=1)


def against(period: Period, code: str = "") -> "QuerySet[Decision]":
    """Those of them that go against a criterion, or against the one given."""
    found = decided(period).exclude(against=[])
    found = found.filter(against__contains=[code]) if code else found
    return found.select_related("referral", "signed_by", "proposed_by")


def overview(period: Period, called: Mapping[str, str]) -> Overview:
    """The numbers of a period, the criterion most often decided against first; see `names`."""
    numbers = decided(period).aggregate(
        decisions=Count("pk"), against=Count("pk", filter=~Q(against=[]))
    )
    lines = _lines(_by_code_and_role(period), numbers["decisions"], called)
    return Overview(**numbers, lines=tuple(sorted(lines, key=lambda line: -line.count)))


def _by_code_and_role(period: Period) -> Mapping[str, Counter[str]]:
    """By the role at signing; by today's for what was signed before roles were kept as codes."""
    each = Func(F("against"), function="unnest", output_field=CharField(), set_returning=True)
    then = Case(When(signed_as="", then=F("signed_by__role")), default=F("signed_as"))
    rows = decided(period).exclude(against=[]).order_by().annotate(code=each, role=then)
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for code, role in rows.values_list("code", "role"):
        counted[code][role] += 1
    return counted


def _lines(
    counted: Mapping[str, Counter[str]], decisions: int, called: Mapping[str, str]
) -> Iterator[Line]:
    for code, roles in counted.items():
        by_role = tuple((str(Role(role).label), n) for role, n in roles.most_common())
        number = roles.total()
        yield Line(code, called[code], number, percent(number, decisions), by_role)


def names() -> dict[str, str]:
    """What each criterion is called in the version in force, and `NO_CRITERION`."""
    rules = in_force(timezone.localdate())
    called = {code: str(rule.name) for code, rule in rules.criteria.items()}
    return {**called, NO_CRITERION: _("Intet kriterium talte for afgørelsen")}


def percent(part: int, whole: int) -> float:
    """The share in percent with one decimal; 0 of nothing."""
    return round(100 * part / whole, 1) if whole else 0.0
