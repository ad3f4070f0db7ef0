"""One referral judged by two versions of the rules, and where they differ. No words are formed."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from admission.criteria import CRITERIA, Facts, Verdict
from admission.judging import destinations, judge
from admission.routing import propose
from admission.rules import Rules
from oversight.models import Flip


@dataclass(frozen=True, slots=True)
class Judged:
    """The track proposed, empty for none, and the verdict of each criterion that is asked.

    `destinations` are the places proposed instead, `places` the place that each criterion points
    to; two judgings that propose the same places are equal, whatever criterion points there.
    """

    track: str
    verdicts: Mapping[str, str]
    destinations: tuple[str, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def all_met(self) -> bool:
        return all(verdict == Verdict.MET for verdict in self.verdicts.values())


@dataclass(frozen=True, slots=True)
class Difference:
    """What another version says otherwise: `verdicts` before and after, None where not asked."""

    verdicts: Mapping[str, tuple[str | None, str | None]]
    deciding: tuple[str, ...]


def judged(facts: Facts, rules: Rules) -> Judged:
    """What the rules say of the facts, by the same functions that judge a new referral."""
    findings = judge(facts, rules)
    return Judged(
        proposed(facts, rules),
        {finding.code: finding.verdict.value for finding in findings},
        tuple(place.value for place in destinations(findings)),
        {each.code: each.destination.value for each in findings if each.destination},
    )


def proposed(facts: Facts, rules: Rules) -> str:
    """The track that the rules propose; empty for none."""
    track = propose(facts, rules).proposal
    return track.value if track else ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions side by side; `changed` are the criteria whose parameters differ.

    Judging is pure: where the parameters are the same, the draft says what the base says.
    """

    base: Rules
    draft: Rules
    same_tracks: bool
    changed: frozenset[str]

    @classmethod
    def of(cls, base: Rules, draft: Rules) -> "Comparison":
        old, new = base.criteria, draft.criteria
        return cls(
            base=base,
            draft=draft,
            same_tracks=list(old) == list(new)
            and list(base.tracks.items()) == list(draft.tracks.items()),
            changed=frozenset(code for code in new if old.get(code) != new[code]),
        )

    def surely_agree(self, facts: Facts) -> bool:
        """Whether no criterion that differs, asked or not, answers or points otherwise: most do."""
        return self.same_tracks and all(self._same_answer(facts, code) for code in self.changed)

    def _same_answer(self, facts: Facts, code: str) -> bool:
        find = CRITERIA[code].find
        before, after = (
            find(facts, self.base.criteria[code]),
            find(facts, self.draft.criteria[code]),
        )
        return before.verdict is after.verdict and before.destination == after.destination

    def judged(self, facts: Facts) -> tuple[Judged, Judged]:
        """What the base says of the facts, and what the draft says."""
        return judged(facts, self.base), judged(facts, self.draft)


def difference(before: Judged, after: Judged) -> Difference | None:
    """Where the two differ in verdicts, track or the places proposed; None when they agree."""
    if before == after:
        return None
    verdicts = {
        code: (before.verdicts.get(code), after.verdicts.get(code))
        for code in {**before.verdicts, **after.verdicts}
    }
    differing = {code: pair for code, pair in verdicts.items() if pair[0] != pair[1]}
    if before.track == after.track:
        return Difference(differing, tuple(differing) or _pointing_elsewhere(before, after))
    # Another track asks other criteria: of those, only what is judged otherwise decides by itself.
    of_itself = (code for code, pair in differing.items() if None not in pair)
    return Difference(differing, (Flip.TRACK, *of_itself))


def _pointing_elsewhere(before: Judged, after: Judged) -> tuple[str, ...]:
    return tuple(code for code, place in after.places.items() if before.places.get(code) != place)
