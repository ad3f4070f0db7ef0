"""What components/criteria_panel.html shows: the findings, in short and one by one, and the track.

The referrer's panel and the centre's are filled from the same findings, by the same functions.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from admission.criteria import CRITERIA, Finding, Verdict
from admission.criteria.answers import spelled_out
from admission.judging import counts, from_when
from admission.looked_at import NAMES
from admission.routing import Routing
from referrals.answers import question_link

# Nothing is missing but time.
LATER: Final = "later"
Link = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class InShort:
    """All findings in one sentence; ``tone`` is the heaviest verdict, or `LATER`.

    ``heaviest`` is the part that has the tone, ``still_open`` what is only open beside it.
    """

    tone: str
    heaviest: str
    still_open: str = ""

    @property
    def words(self) -> str:
        return " · ".join(filter(None, (self.heaviest, self.still_open)))


def in_short(findings: Iterable[Finding]) -> InShort:
    """What the findings come to: from when, how many are not met or open, or that all are met."""
    judged = tuple(findings)
    numbers = counts(judged)
    refused, still_open = numbers[Verdict.NOT_MET], numbers[Verdict.UNKNOWN]
    if day := from_when(judged):
        return InShort(LATER, _("Kan henvises fra %(day)s") % {"day": spelled_out(day)})
    if refused:
        return InShort(Verdict.NOT_MET, *_not_met(refused, still_open))
    if still_open:
        words = ngettext(
            "%(n)d kriterium er uafklaret", "%(n)d kriterier er uafklarede", still_open
        )
        return InShort(Verdict.UNKNOWN, words % {"n": still_open})
    return InShort(Verdict.MET, _("Alle kriterier er opfyldt"))


def _not_met(refused: int, still_open: int) -> tuple[str, str]:
    words = ngettext("%(n)d kriterium er ikke opfyldt", "%(n)d kriterier er ikke opfyldt", refused)
    more = ngettext("%(n)d er uafklaret", "%(n)d er uafklarede", still_open) % {"n": still_open}
    return words % {"n": refused}, more if still_open else ""


def panel(findings: Sequence[Finding], routing: Routing) -> dict[str, Any]:
    """What every panel shows above and below its findings."""
    return {
        "in_short": in_short(findings) if findings else None,
        "routing": routing,
        "if_received": counts(findings)[Verdict.NOT_MET] > 0,
    }


def linked(finding: Finding, link: Link) -> dict[str, Any]:
    """A finding with the way to its question."""
    facts = (*finding.asks, *CRITERIA[finding.code].facts)
    return {"finding": finding, "link": _first(facts, link)}


def missing(routing: Routing, link: Link) -> list[dict[str, Any]]:
    """What the track waits for, with the way to each question."""
    return [{"name": NAMES[fact], "link": _first([fact], link)} for fact in routing.missing]


def _first(facts: Iterable[str], link: Link) -> str:
    found = next(filter(None, map(question_link, facts)), None)
    return link(*found) if found else ""
