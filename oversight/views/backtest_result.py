"""What a backtest found, in words and bars."""

from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from admission.criteria import CRITERIA, Verdict
from admission.difference import between
from admission.versions import numbered
from oversight.groups import AGES, KEYS
from oversight.models import Backtest, Flip
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
TONES: Final = {Verdict.MET: "met", Verdict.NOT_MET: "overdue", Verdict.UNKNOWN: "soon"}
FULL_BAR: Final = 1000
NO_TRACK: Final = gettext_lazy("Intet foreslået spor")


class Words:
    """What criteria and tracks are called in one backtest: by the draft as it was tested."""

    def __init__(self, backtest: Backtest) -> None:
        self.backtest = backtest
        self.rules = backtest.rules

    def criterion(self, code: str) -> str:
        """A criterion's name in the draft; the track for one that decides by itself."""
        if code == Flip.TRACK:
            return _("Sporet")
        rule = self.rules.criteria.get(code)
        return str(rule.name) if rule else code

    def filters(self, here: str, name: str, chosen: str) -> list[dict[str, Any]]:
        """All referrals, or those that one criterion decides; each with how many they are."""
        decided = self.backtest.result["deciding"]
        every = {"label": _("Alle"), "number": number(self.backtest.result["flipped"])}
        choices = [every | {"url": f"{here}#flips", "chosen": not chosen}]
        for code in sorted(decided, key=_reading_order):
            choices.append(
                {
                    "label": self.criterion(code),
                    "number": number(decided[code]),
                    "url": f"{here}?{urlencode({name: code})}#flips",
                    "chosen": code == chosen,
                }
            )
        return choices if len(choices) > 2 else []


def _reading_order(code: str) -> int:
    return list(CRITERIA).index(code) if code in CRITERIA else len(CRITERIA)


def number(value: int) -> str:
    """A count with its thousands apart."""
    return number_format(value, force_grouping=True)


def percent(part: int, whole: int) -> str:
    """A share with one decimal."""
    return _("%(share)s %%") % {
        "share": number_format(round(100 * part / whole, 1) if whole else 0, 1)
    }


def facts_of(backtest: Backtest) -> list[dict[str, str]]:
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
        "figures": _figures(result),
        "unreadable": number(result["unreadable"]) if result["unreadable"] else "",
        "verdicts": [_verdict_move(move, words) for move in result["verdicts"]],
        "tracks": [_track_move(move) for move in result["tracks"]],
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
    moved = sum(move["number"] for move in result["tracks"])
    return [
        {"number": number(value), "label": label}
        for value, label in (
            (result["now_all_met"], _("ville nu opfylde alle kriterier")),
            (result["no_longer_all_met"], _("ville ikke længere opfylde alle kriterier")),
            (moved, _("ville få foreslået et andet spor")),
        )
    ]


def _verdict_move(move: Mapping[str, Any], words: Words) -> dict[str, Any]:
    return {
        "name": words.criterion(move["code"]),
        "before": _verdict(move["before"]),
        "after": _verdict(move["after"]),
        "number": number(move["number"]),
    }


def _verdict(code: str | None) -> dict[str, str]:
    """A verdict in a word and a tone; none for a criterion that is not asked."""
    if not code:
        return {"label": _("Ikke spurgt"), "tone": "plain"}
    verdict = Verdict(code)
    return {"label": str(verdict.label), "tone": TONES[verdict]}


def _track_move(move: Mapping[str, Any]) -> dict[str, str]:
    before, after = _track(move["before"]), _track(move["after"])
    return {"before": before, "after": after, "number": number(move["number"])}


def _track(code: str) -> str:
    return str(Track(code).label if code else NO_TRACK)


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
        return _track(key)
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


def flip_row(flip: Flip, words: Words, *, may_open: bool) -> dict[str, Any]:
    """One referral that would be judged otherwise; only who may open it is told how."""
    row: dict[str, Any] = {
        "reference": flip.referral.reference,
        "received_on": flip.referral.received_on,
        "deciding": [words.criterion(code) for code in flip.deciding],
    }
    if not may_open:
        return row
    return row | {
        "url": reverse("referrals:referral", args=[flip.referral_id]),
        "changes": [_change(code, pair, words) for code, pair in flip.verdicts.items()],
        "tracks": _tracks(flip),
        "outcome": flip.referral.get_status_display(),
    }


def _change(code: str, pair: list[str | None], words: Words) -> dict[str, Any]:
    before, after = map(_verdict, pair)
    return {"name": words.criterion(code), "before": before, "after": after}


def _tracks(flip: Flip) -> list[str]:
    """The track before and after; one where it stays."""
    return list(dict.fromkeys([_track(flip.track_before), _track(flip.track_after)]))
