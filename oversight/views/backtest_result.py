"""What a backtest found, in words and bars."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from admission.difference import between
from admission.versions import numbered
from oversight.groups import AGES, KEYS
from oversight.models import Backtest
from oversight.views.backtest_words import Words, number, percent, places, track, verdict
from pathways.tracks import Track
from patients.identity import Sex
from referrals.lifecycle import Status

TITLES: Final = {
    "track": gettext_lazy("Efter foreslået spor"),
    "age": gettext_lazy("Efter alder"),
    "sex": gettext_lazy("Efter køn"),
    "unit": gettext_lazy("Efter henvisende enhed"),
    "outcome": gettext_lazy("Efter udfald"),
}
FIRST_COLUMNS: Final = {
    "track": gettext_lazy("Spor"),
    "age": gettext_lazy("Alder"),
    "sex": gettext_lazy("Køn"),
    "unit": gettext_lazy("Enhed"),
    "outcome": gettext_lazy("Udfald"),
}
# In which order the groups are shown; units stand in the order of the result.
ORDER: Final[Mapping[str, list[str]]] = {
    "track": [*Track.values, ""],
    "age": [str(age) for age in AGES],
    "sex": list(Sex.values),
    "outcome": [*Status.values, ""],
}
FULL_BAR: Final = 1000


def summary(backtest: Backtest) -> list[dict[str, str]]:
    """What was held against what, when, and by whom."""
    words = {"draft": backtest.draft_id, "wording": backtest.draft_version}
    period = {"first": date_format(backtest.period_from), "last": date_format(backtest.period_to)}
    begun = {"who": backtest.started_by.name, "at": _at(backtest.started_at)}
    return [
        {
            "term": _("Regler"),
            "value": _("Kladde %(draft)s (udgave %(wording)s)") % words,
            "note": _("Sammenlignet med version %(number)s") % {"number": backtest.base_number},
        },
        {"term": _("Kladden ændrer"), "value": "\n".join(_changes(backtest))},
        {
            "term": _("Henvisninger"),
            "value": _("Modtaget fra %(first)s til %(last)s") % period,
            "note": ngettext("%(n)s henvisning", "%(n)s henvisninger", backtest.referrals)
            % {"n": number(backtest.referrals)},
        },
        {"term": _("Sat i gang"), "value": _("%(who)s, %(at)s") % begun},
        *_ended(backtest),
    ]


def _changes(backtest: Backtest) -> list[str]:
    """What the draft, as it was tested, says otherwise than the version it was begun from."""
    base = numbered(backtest.base_number)
    assert base is not None  # an approved version is never deleted
    return list(map(str, between(base.content, backtest.content))) or [_("ingenting")]


def _ended(backtest: Backtest) -> list[dict[str, str]]:
    if backtest.finished_at:
        return [{"term": _("Færdig"), "value": _at(backtest.finished_at)}]
    if backtest.stopped_by:
        words = {"who": backtest.stopped_by.name, "at": _at(backtest.stopped_at)}
        return [{"term": _("Stoppet"), "value": _("%(who)s, %(at)s") % words}]
    return []


def _at(moment: Any) -> str:
    return date_format(timezone.localtime(moment), r"j.n.Y \k\l. H.i")


def shown(backtest: Backtest, words: Words) -> dict[str, Any]:
    """The result: in numbers, from what to what, and in groups."""
    result = backtest.result
    return {
        "sentence": _sentence(result),
        "changed": result["flipped"] > 0,
        "deciding": words.deciding(),
        "figures": _figures(result),
        "unreadable": number(result["unreadable"]) if result["unreadable"] else "",
        "verdicts": [_verdict_move(move, words) for move in result["verdicts"]],
        "tracks": [_move(move, track) for move in result["tracks"]],
        "places": [_move(move, places) for move in result.get("places", ())],
        "groups": _groups(result["groups"]),
    }


def _sentence(result: Mapping[str, Any]) -> str:
    flipped = result["flipped"]
    words = {
        "flipped": number(flipped),
        "referrals": number(result["referrals"]),
        "share": percent(flipped, result["referrals"]),
    }
    if not flipped:
        return _("Kladden ville ikke have ændret vurderingen af nogen henvisning.")
    return (
        ngettext(
            "%(flipped)s af %(referrals)s henvisninger ville være vurderet anderledes (%(share)s).",
            "%(flipped)s af %(referrals)s henvisninger ville være vurderet anderledes (%(share)s).",
            flipped,
        )
        % words
    )


def _figures(result: Mapping[str, Any]) -> list[dict[str, str]]:
    moved, elsewhere = (
        sum(move["number"] for move in result.get(what, ())) for what in ("tracks", "places")
    )
    return [
        {"number": number(value), "label": label}
        for value, label in (
            (result["now_all_met"], _("ville nu opfylde alle kriterier")),
            (result["no_longer_all_met"], _("ville ikke længere opfylde alle kriterier")),
            (moved, _("ville få foreslået et andet spor")),
            (elsewhere, _("ville få et andet svar på, hvor patienten hører til")),
        )
    ]


def _verdict_move(move: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        "name": words.criterion(move["code"]),
        "before": verdict(move["before"]),
        "after": verdict(move["after"]),
        "number": number(move["number"]),
    }


def _move(move: Mapping[str, Any], called: Callable[[str], str]) -> dict[str, str]:
    before, after = called(move["before"]), called(move["after"])
    return {"before": before, "after": after, "number": number(move["number"])}


def _groups(groups: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each way to group, with bars that all have one scale."""
    everyone = [each for grouped in groups.values() for each in _together(grouped)]
    longest = max(map(_share, everyone), default=0)
    return [
        {
            "title": TITLES[by],
            "column": FIRST_COLUMNS[by],
            "lines": list(_lines(by, groups[by], longest)),
        }
        for by in KEYS
    ]


def _together(grouped: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [*grouped["apart"], *([grouped["others"]] if grouped["others"] else [])]


def _share(group: Mapping[str, Any]) -> float:
    share: float = group["flipped"] / group["referrals"] if group["referrals"] else 0
    return share


def _lines(by: str, grouped: Mapping[str, Any], longest: float) -> Iterable[dict[str, Any]]:
    apart = grouped["apart"]
    if by in ORDER:
        apart = sorted(apart, key=lambda group: ORDER[by].index(group["key"]))
    for group in apart:
        yield _line(_label(by, group), group, longest)
    if grouped["others"]:
        yield _line(_("Andre") if apart else _("Alle"), grouped["others"], longest)


def _line(label: str, group: Mapping[str, Any], longest: float) -> dict[str, Any]:
    return {
        "label": label,
        "referrals": number(group["referrals"]),
        "flipped": number(group["flipped"]),
        "share": percent(group["flipped"], group["referrals"]),
        "bar": round(FULL_BAR * _share(group) / longest) if longest else 0,
    }


def _label(by: str, group: Mapping[str, Any]) -> str:
    key: str = group["key"]
    if by == "track":
        return track(key)
    if by == "age":
        return _age(key)
    if by == "sex":
        return str(Sex(key).label)
    if by == "unit":
        return str(group["name"])
    return str(Status(key).label) if key else _("Endnu ikke afgjort")


def _age(key: str) -> str:
    place = AGES.index(int(key))
    if place == 0:
        return _("Under %(age)s år") % {"age": AGES[1]}
    if place == len(AGES) - 1:
        return _("%(age)s år og derover") % {"age": AGES[-1]}
    return _("%(first)s–%(last)s år") % {"first": key, "last": AGES[place + 1] - 1}
