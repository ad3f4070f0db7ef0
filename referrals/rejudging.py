"""What new information changed: the findings of a judgement beside those of the one before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from admission.criteria import Finding, Verdict
from admission.criteria.criterion import LookedAt
from admission.looked_at import looked_at
from admission.pleas import COMPLICATIONS
from referrals.answers import fields_changed
from referrals.answers.reading import not_known
from referrals.forms.fields import UNKNOWN, YES_NO_UNKNOWN
from referrals.judging import facts_judged, findings_of
from referrals.models import Judgement, Referral

# The facts that decide between the tracks.
ROUTED_BY: Final = (
    "question",
    "situations",
    "morphine_mg_at_discharge",
    "opioid_contexts",
    "takes_opioids",
    "listed",
    *(item.fact for item in COMPLICATIONS),
    "diagnosis",
)


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
        return _on_one_line(self.name, self.verdict_before, self.verdict_after, self.facts)


@dataclass(frozen=True, slots=True)
class ChangedTrack:
    """Another track is proposed than before: both in words, and the facts that made the change."""

    verdict_before: str
    verdict_after: str
    facts: tuple[ChangedFact, ...] = ()
    turned: bool = True

    @property
    def words(self) -> str:
        """The change on one line."""
        return _on_one_line(_("Spor"), self.verdict_before, self.verdict_after, self.facts)


@dataclass(frozen=True, slots=True)
class Rejudged:
    """A judgement of new information, what it changed, and the fields that were new."""

    judgement: Judgement
    changed: Mapping[str, Changed]
    track: ChangedTrack | None
    fields: list[str]

    @property
    def words(self) -> list[str]:
        """What turned, a line each; nothing when every answer is the same."""
        turned = [each.words for each in self.changed.values() if each.turned]
        return [*turned, self.track.words] if self.track else turned


def _on_one_line(name: str, before: str, after: str, facts: tuple[ChangedFact, ...]) -> str:
    told = "; ".join(f"{fact.name}: {fact.before} → {fact.after}" for fact in facts)
    line = f"{name}: {before} → {after}"
    return f"{line} ({told})" if told else line


def verdict_words(verdict: Verdict | None) -> str:
    """A verdict as one reads it; a criterion that the track spares is not asked."""
    return str(verdict.label) if verdict else _("Ikke spurgt")


def judgements(referral: Referral) -> list[Judgement]:
    """Every judgement of the referral, the first one first."""
    theirs = Judgement.objects.filter(submission__referral=referral)
    return list(theirs.select_related("submission").order_by("submission_id"))


def latest_changes(judged: list[Judgement]) -> Mapping[str, Changed]:
    """What the last judgement changed, by criterion; nothing when it is the first."""
    return changes(*judged[-2:]) if len(judged) > 1 else {}


def rejudged(judged: list[Judgement]) -> list[Rejudged]:
    """Each judgement after the first, with what it changed."""
    return [_rejudged(before, after) for before, after in pairwise(judged)]


def _rejudged(before: Judgement, after: Judgement) -> Rejudged:
    return Rejudged(
        after,
        changes(before, after),
        changed_track(before, after),
        fields_changed(before.submission.answers, after.submission.answers),
    )


def latest_track_change(judged: list[Judgement]) -> ChangedTrack | None:
    """Which other track the last judgement proposes; None when it is the same, or the first."""
    return changed_track(*judged[-2:]) if len(judged) > 1 else None


def changed_track(before: Judgement, after: Judgement) -> ChangedTrack | None:
    """The proposed track before and after, with the facts it goes by that differ."""
    if before.proposed_track == after.proposed_track:
        return None
    told = [_spoken(looked_at(facts_judged(each), ROUTED_BY, {}), each) for each in (before, after)]
    return ChangedTrack(_track(before), _track(after), _differing(*told))


def _track(judgement: Judgement) -> str:
    if judgement.proposed_track:
        return str(judgement.get_proposed_track_display())
    return _("Intet spor foreslået")


def changes(before: Judgement, after: Judgement) -> Mapping[str, Changed]:
    """The criteria whose verdict or facts differ, by code, as both judgements keep them."""
    old, new = _findings(before), _findings(after)
    compared = {code: _changed(old.get(code), new.get(code)) for code in {**new, **old}}
    return {code: found for code, found in compared.items() if found.turned or found.facts}


def _findings(judgement: Judgement) -> Mapping[str, Finding]:
    found = findings_of(judgement)
    return {
        each.code: each._replace(looked_at=_spoken(each.looked_at, judgement)) for each in found
    }


def _spoken(told: Iterable[LookedAt], judgement: Judgement) -> tuple[LookedAt, ...]:
    """The facts in the words they were answered in: "do not know" is an answer, too."""
    unknown = not_known(judgement.submission.answers)
    words = str(dict(YES_NO_UNKNOWN)[UNKNOWN])
    return tuple(each._replace(value=words) if each.fact in unknown else each for each in told)


def _changed(before: Finding | None, after: Finding | None) -> Changed:
    known = after or before
    assert known is not None  # the code is one of theirs
    return Changed(
        str(known.name),
        before.verdict if before else None,
        after.verdict if after else None,
        _facts(before, after) if before and after else (),
    )


def _facts(before: Finding, after: Finding) -> tuple[ChangedFact, ...]:
    """The facts told differently; none where none were kept."""
    return _differing(before.looked_at, after.looked_at) if before.looked_at else ()


def _differing(before: Iterable[LookedAt], after: Iterable[LookedAt]) -> tuple[ChangedFact, ...]:
    """The facts told differently; one that is told only once stands as a dash on the other side."""
    old = {each.fact: each for each in before}
    new = {each.fact: each for each in after}
    known = {**old, **new}
    values = {fact: (_value(old, fact), _value(new, fact)) for fact in known}
    return tuple(
        ChangedFact(known[fact].name, *pair) for fact, pair in values.items() if pair[0] != pair[1]
    )


def _value(told: Mapping[str, LookedAt], fact: str) -> str:
    return told[fact].value if fact in told else "–"
