"""What a backtest's criteria, verdicts, tracks and places are called."""

from collections.abc import Iterable
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.criteria import CRITERIA, Verdict
from admission.destinations import Destination
from oversight.counting import WITH
from oversight.models import Backtest, Flip
from pathways.tracks import Track

TONES: Final = {Verdict.MET: "met", Verdict.NOT_MET: "overdue", Verdict.UNKNOWN: "soon"}
NO_PLACE: Final = gettext_lazy("Intet andet sted")
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

    def deciding(self) -> list[dict[str, str]]:
        """Each criterion that decides, and how many referrals."""
        decided = self.backtest.result["deciding"]
        return [
            {"label": self.criterion(code), "number": number(decided[code])}
            for code in sorted(decided, key=_reading_order)
        ]

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


def verdict(code: str | None) -> dict[str, str]:
    """A verdict in a word and a tone; none for a criterion that is not asked."""
    if not code:
        return {"label": _("Ikke spurgt"), "tone": "plain"}
    verdict = Verdict(code)
    return {"label": str(verdict.label), "tone": TONES[verdict]}


def track(code: str) -> str:
    return str(Track(code).label if code else NO_TRACK)


def places(codes: str) -> str:
    """The places proposed at once, as a result keeps them."""
    return named(codes.split(WITH) if codes else [])


def named(codes: Iterable[str]) -> str:
    return _(" og ").join(str(Destination(code).label) for code in codes) or str(NO_PLACE)
