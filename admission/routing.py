"""Which track a referral is proposed for, and why; a person decides.

The first track whose plea holds is proposed; while an earlier one is still open, none is.
"""

from collections.abc import Mapping
from itertools import takewhile
from typing import Any, NamedTuple

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import Text, said
from admission.criteria.facts import Facts, Question
from admission.dose_asked import asked_about_dose, which_dose
from admission.pleas import Plea, Pleas, first_fitting, plead
from admission.rules import Rules
from admission.subacute import opioids_denied
from pathways.tracks import Track

ADVICE_ONLY = _("Der bedes kun om råd: en læge svarer skriftligt, og der åbnes intet forløb")
STILL_OPEN = _("Sporet kan først foreslås, når de manglende svar er givet")
NONE_FITS = _("Intet spor passer")


class Alternative(NamedTuple):
    """A track that is not proposed, with what speaks for and against it."""

    track: Track
    reasons_for: tuple[Text, ...]
    reasons_against: tuple[Text, ...]


class Routing(NamedTuple):
    """The track proposed, or None: for advice only, or while `missing` facts leave it open.

    `questions` are asked where what is told contradicts itself or leaves a dose open; `asks` are
    the facts that answer them.
    """

    proposal: Track | None
    advice_only: bool
    reasons: tuple[Text, ...]
    alternatives: tuple[Alternative, ...]
    missing: tuple[str, ...] = ()
    questions: tuple[Text, ...] = ()
    asks: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The routing as plain strings in the active language, to be frozen with the referral."""
        return {
            "proposal": self.proposal.value if self.proposal else None,
            "advice_only": self.advice_only,
            "reasons": _plain(self.reasons),
            "alternatives": [
                {
                    "track": alternative.track.value,
                    "reasons_for": _plain(alternative.reasons_for),
                    "reasons_against": _plain(alternative.reasons_against),
                }
                for alternative in self.alternatives
            ],
            "missing": list(self.missing),
            "questions": _plain(self.questions),
            "asks": list(self.asks),
        }

    @classmethod
    def from_json(cls, frozen: Mapping[str, Any]) -> "Routing":
        """The routing as it was frozen; raises ValueError for a track unknown today."""
        return cls(
            proposal=Track(frozen["proposal"]) if frozen["proposal"] else None,
            advice_only=frozen["advice_only"],
            reasons=tuple(frozen["reasons"]),
            alternatives=tuple(
                Alternative(
                    Track(alternative["track"]),
                    tuple(alternative["reasons_for"]),
                    tuple(alternative["reasons_against"]),
                )
                for alternative in frozen["alternatives"]
            ),
            missing=tuple(frozen["missing"]),
            questions=tuple(frozen.get("questions", ())),
            asks=tuple(frozen.get("asks", ())),
        )


def _plain(reasons: tuple[Text, ...]) -> list[str]:
    return [str(reason) for reason in reasons]


def propose(facts: Facts, rules: Rules) -> Routing:
    """The track proposed, with its reasons, and what speaks for and against the others.

    "No opioids" beside opioids is asked about also where it decides nothing.
    """
    routing = _routing(facts, rules)
    if routing.questions or not opioids_denied(facts):
        return routing
    return routing._replace(questions=(which_dose(facts),), asks=asked_about_dose(facts))


def _routing(facts: Facts, rules: Rules) -> Routing:
    pleas = plead(facts, rules)
    if facts.question is Question.ADVICE:
        return Routing(None, True, (ADVICE_ONLY,), _alternatives(pleas, ADVICE_ONLY))
    track = first_fitting(pleas)
    if track is None:
        return _open(pleas)
    others = {other: plea for other, plea in pleas.items() if other is not track}
    return Routing(track, False, pleas[track].reasons_for, _alternatives(others, _precedes(track)))


def _open(pleas: Pleas) -> Routing:
    """No track yet: the facts that can still decide, those up to the first that fits, each once."""
    deciding = tuple(takewhile(lambda plea: not plea.fits, pleas.values()))
    missing = tuple(dict.fromkeys(fact for plea in deciding for fact in plea.missing))
    questions = tuple(plea.question for plea in deciding if plea.question)
    reason = STILL_OPEN if missing else NONE_FITS
    asks = tuple(dict.fromkeys(fact for plea in deciding for fact in plea.asks))
    return Routing(None, False, (reason,), _alternatives(pleas, reason), missing, questions, asks)


@said
def _precedes(track: Track) -> str:
    return gettext("%(track)s går forud") % {"track": track.label}


def _alternatives(pleas: Mapping[Track, Plea], otherwise: Text) -> tuple[Alternative, ...]:
    """The other tracks; `otherwise` is what stands against one whose own plea does not fail."""
    return tuple(
        Alternative(track, plea.reasons_for, plea.reasons_against or (otherwise,))
        for track, plea in pleas.items()
    )
