"""What is counted while referrals are judged anew, and the result it comes to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from oversight.groups import KEYS, MOST_UNITS, Group, keys_of, shown
from oversight.judging_anew import Difference, Judged
from referrals.models import Referral
from staff.models import ReferringUnit

# Each count has a key of words, kept as one text: "verdict|duration|not_met|met".
BETWEEN: Final = "|"
NOT_ASKED: Final = ""
# Between several places that are proposed at once.
WITH: Final = "+"
Counts = Counter[str]


def key(*words: str) -> str:
    """The words as one text; none of them contains `BETWEEN`."""
    return BETWEEN.join(words)


def counted(referral: Referral, track: str) -> Iterator[str]:
    """Every count that one referral adds one to; `track` is what the base proposes."""
    yield "referrals"
    for by, group in keys_of(referral, track).items():
        yield key("group", by, group, "referrals")


def counted_flipped(
    referral: Referral, before: Judged, after: Judged, found: Difference
) -> Iterator[str]:
    """What one adds to besides when the draft judges it otherwise."""
    yield "flipped"
    for by, group in keys_of(referral, before.track).items():
        yield key("group", by, group, "flipped")
    for code, pair in found.verdicts.items():
        yield key("verdict", code, *(verdict or NOT_ASKED for verdict in pair))
    for code in found.deciding:
        yield key("deciding", code)
    if before.track != after.track:
        yield key("track", before.track, after.track)
    if before.destinations != after.destinations:
        yield key("place", *(WITH.join(each.destinations) for each in (before, after)))
    if before.all_met != after.all_met:
        yield "now_all_met" if after.all_met else "no_longer_all_met"


def result_of(parts: Iterable[Mapping[str, int]]) -> dict[str, Any]:
    """The counts of all parts as one result; small groups are put together and not kept apart."""
    counts: Counts = Counter()
    for part in parts:
        counts.update(part)
    numbers = ("referrals", "unreadable", "flipped", "now_all_met", "no_longer_all_met")
    return {
        **{name: counts[name] for name in numbers},
        "verdicts": list(_moves(counts, "verdict")),
        "tracks": list(_moves(counts, "track")),
        "places": list(_moves(counts, "place")),
        "deciding": dict(_deciding(counts)),
        "groups": {by: _grouped(counts, by) for by in KEYS},
    }


def _moves(counts: Counts, what: str) -> Iterator[dict[str, Any]]:
    """From what to what, and how many; of a criterion, its code as well. The most first."""
    for name, number in counts.most_common():
        sort, *words = name.split(BETWEEN)
        if sort == what:
            *code, before, after = words  # a place or a track has no code
            own = {"code": code[0]} if code else {}
            yield {**own, "before": before, "after": after, "number": number}


def _deciding(counts: Counts) -> Iterator[tuple[str, int]]:
    """How many referrals each criterion decides; one may be decided by several."""
    for name, number in counts.most_common():
        sort, *words = name.split(BETWEEN)
        if sort == "deciding":
            yield words[0], number


def _grouped(counts: Counts, by: str) -> dict[str, Any]:
    groups = list(_groups(counts, by))
    if by != "unit":
        found, names = shown(groups), {}
    else:
        groups.sort(key=lambda group: (-group.flipped, -group.referrals, int(group.key)))
        found = shown(groups, MOST_UNITS)
        names = _unit_names(group.key for group in found.apart)
    return {
        "apart": [asdict(group) | {"name": names.get(group.key, "")} for group in found.apart],
        "others": asdict(found.others) if found.others else None,
    }


def _groups(counts: Counts, by: str) -> Iterator[Group]:
    for name, referrals in counts.items():
        words = name.split(BETWEEN)
        if words[:2] == ["group", by] and words[-1] == "referrals":
            flipped = counts[key("group", by, words[2], "flipped")]
            yield Group(words[2], referrals, flipped)


def _unit_names(keys: Iterable[str]) -> dict[str, str]:
    """The units' names as they are today: a result is read as it was found."""
    found = ReferringUnit.objects.in_bulk([int(each) for each in keys])
    return {str(pk): unit.name for pk, unit in found.items()}
