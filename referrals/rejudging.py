"""What new information changed: the findings of a judgement beside those of the one before."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from admission.criteria import Finding, Verdict
from admission.criteria.criterion import LookedAt
from referrals.judging import findings_of
from referrals.models import Judgement, Referral


@dataclass(frozen=True, slots=True)
class ChangedFact:
    """A fact that was told differently, in the words it was kept in."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One criterion judged anew: its verdicts, None where it was not asked, and why they differ."""

    name: str
    before: Verdict | None
    after: Verdict | None
    facts: tuple[ChangedFact, ...] = ()

    @property
    def turned(self) -> bool:
        """Whether the verdict is another than before."""
        return self.before is not self.after

    @property
    def verdict_before(self) -> str:
        return verdict_words(self.before)

    @property
    def verdict_after(self) -> str:
        return verdict_words(self.after)

    @property
    def words(self) -> str:
        """The change on one line: the criterion, its verdicts, and the facts that differ."""
        told = "; ".join(f"{fact.name}: {fact.before} → {fact.after}" for fact in self.facts)
        line = f"{self.name}: {self.verdict_before} → {self.verdict_after}"
        return f"{line} ({told})" if told else line


Rejudged = tuple[Judgement, Mapping[str, Changed]]


def verdict_words(verdict: Verdict | None) -> str:
    """A verdict as one reads it; a criterion that the track spares is not asked."""
    return str(verdict.label) if verdict else _("Ikke spurgt")


def judgements(referral: Referral) -> list[Judgement]:
    """Every judgement of the referral, the first one first."""
    return list(Judgement.objects.filter(submission__referral=referral).order_by("submission_id"))


def latest_changes(judged: list[Judgement]) -> Mapping[str, Changed]:
    """What the last judgement changed, by criterion; nothing when it is the first."""
    return changes(*judged[-2:]) if len(judged) > 1 else {}


def rejudged(judged: list[Judgement]) -> list[Rejudged]:
    """Each judgement after the first, with what it changed."""
    return [(after, changes(before, after)) for before, after in pairwise(judged)]


def changes(before: Judgement, after: Judgement) -> Mapping[str, Changed]:
    """The criteria whose verdict or facts differ, by code, as both judgements keep them."""
    old = {finding.code: finding for finding in findings_of(before)}
    new = {finding.code: finding for finding in findings_of(after)}
    compared = {code: _changed(old.get(code), new.get(code)) for code in {**new, **old}}
    return {code: found for code, found in compared.items() if found.turned or found.facts}


def _changed(before: Finding | None, after: Finding | None) -> Changed:
    known = after or before
    assert known is not None  # the code is one of theirs
    return Changed(
        str(known.name),
        before.verdict if before else None,
        after.verdict if after else None,
        _facts(before, after) if before and after and before.looked_at else (),
    )


def _facts(before: Finding, after: Finding) -> tuple[ChangedFact, ...]:
    """The facts told differently; one that is told only once stands as a dash on the other side."""
    old = {each.fact: each for each in before.looked_at}
    new = {each.fact: each for each in after.looked_at}
    known = {**old, **new}
    values = {fact: (_value(old, fact), _value(new, fact)) for fact in known}
    return tuple(
        ChangedFact(known[fact].name, *pair) for fact, pair in values.items() if pair[0] != pair[1]
    )


def _value(told: Mapping[str, LookedAt], fact: str) -> str:
    return told[fact].value if fact in told else "–"
