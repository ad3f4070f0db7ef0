"""The parameters of criteria and tracks: one version of the centre's rules.

What a rule looks at and how it concludes is code (`admission.criteria`, `admission.pleas`). Its
limits, whom it is asked of, where it points and its words stand here as data, so that the centre
can change them, and so that a referral is always judged by the version it was received under.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from admission.destinations import Destination
from admission.wording import Wording
from pathways.tracks import Track

# What a limit counts: one and several, in Danish and English.
YEARS: Final = (("år", "år"), ("year", "years"))
MONTHS: Final = (("måned", "måneder"), ("month", "months"))
MILLIGRAMS: Final = (("mg", "mg"), ("mg", "mg"))
UNITS: Final = {"adult": YEARS, "duration": MONTHS, Track.SUBACUTE: MILLIGRAMS}

NO_LIMIT: Final = Wording("", "")

# A draft has no number yet: versions are numbered from the deck's.
DRAFT_NUMBER: Final = 0
FIRST_NUMBER: Final = 1


def quantity(code: str, limit: Decimal | int | None) -> Wording:
    """A rule's limit with its unit: »59,5 mg«, "59.5 mg"; empty for a rule without a limit."""
    if limit is None:
        return NO_LIMIT
    number = f"{Decimal(limit).normalize():f}"
    units = (one if limit == 1 else several for one, several in UNITS[code])
    return Wording(*map(" ".join, zip((number.replace(".", ","), number), units, strict=True)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionRule:
    """One criterion's parameters: the sentences name the limit, `limit_words` is that limit alone.

    `limit` is whole years or calendar months, inclusive (deck: "≥", "mindst").
    """

    code: str
    name: Wording
    sentence: Wording
    consequence: Wording
    source: Wording
    destination: Destination
    limit: int | None = None
    limit_words: Wording = NO_LIMIT

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "CriterionRule":
        code, limit = written["code"], written.get("limit")
        words, place = quantity(code, limit), Destination(written["destination"])
        return cls(
            code=code,
            name=Wording.from_json(written["name"]).naming(words),
            sentence=Wording.from_json(written["sentence"]).naming(words, place.in_a_sentence),
            consequence=Wording.from_json(written["consequence"]).naming(
                words, place.in_a_sentence
            ),
            source=Wording.from_json(written["source"]),
            destination=place,
            limit=limit,
            limit_words=words,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackRule:
    """One track's parameters: for whom it is, and the criteria not asked of its patients.

    `limit` is milligrams of oral morphine equivalents a day, exclusive (deck: "> 60 mg").
    """

    track: Track
    sentence: Wording
    source: Wording
    spares: frozenset[str] = frozenset()
    limit: Decimal | None = None

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> "TrackRule":
        track = Track(written["track"])
        limit = Decimal(written["limit"]) if written.get("limit") is not None else None
        return cls(
            track=track,
            sentence=Wording.from_json(written["sentence"]).naming(quantity(track, limit)),
            source=Wording.from_json(written["source"]),
            spares=frozenset(written["spares"]),
            limit=limit,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One version: the criteria in the order they are read, the tracks in their precedence.

    `discharge_morphine_mg` is the subacute track's limit.
    """

    number: int
    valid_from: date | None
    criteria: Mapping[str, CriterionRule]
    tracks: Mapping[Track, TrackRule]
    discharge_morphine_mg: Decimal

    @classmethod
    def from_json(
        cls, content: Mapping[str, Any], number: int = DRAFT_NUMBER, valid_from: date | None = None
    ) -> "Rules":
        """The rules that a version's content says; raises KeyError or ValueError for no such."""
        criteria = [CriterionRule.from_json(written) for written in content["criteria"]]
        tracks = {rule.track: rule for rule in map(TrackRule.from_json, content["tracks"])}
        limit = tracks[Track.SUBACUTE].limit
        if limit is None:
            raise ValueError("the subacute track has no limit")
        return cls(
            number=number,
            valid_from=valid_from,
            criteria={rule.code: rule for rule in criteria},
            tracks=tracks,
            discharge_morphine_mg=limit,
        )


DECK_CONTENT: Final[Mapping[str, Any]] = tomllib.loads(
    Path(__file__).with_name("deck.toml").read_text(encoding="utf-8")
)
DECK: Final = Rules.from_json(DECK_CONTENT, FIRST_NUMBER, date.min)
