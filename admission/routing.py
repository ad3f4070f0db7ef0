"""Which track a referral is proposed for, and why; a person decides.

Each track pleads its own case from the facts. The first track in `PRECEDENCE` whose case holds is
proposed; while an earlier one is still open, none is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria import Facts, OpioidContext, Question, Situation, situations_holding
from admission.criteria.answers import Text
from admission.criteria.limits import in_force
from admission.criteria.subacute import dose_above_limit
from admission.diagnoses import Hint
from pathways.tracks import TEAMS, Discipline, Track


@dataclass(frozen=True, slots=True)
class Alternative:
    """A track that is not proposed, with what speaks for and against it."""

    track: Track
    reasons_for: tuple[str, ...]
    reasons_against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Routing:
    """The track proposed, or None: for advice only, or while `missing` facts leave it open."""

    proposal: Track | None
    advice_only: bool
    reasons: tuple[str, ...]
    alternatives: tuple[Alternative, ...]
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The routing as plain strings, to be frozen with the referral."""
        return {
            "proposal": self.proposal.value if self.proposal else None,
            "advice_only": self.advice_only,
            "reasons": list(self.reasons),
            "alternatives": [
                {
                    "track": alternative.track.value,
                    "reasons_for": list(alternative.reasons_for),
                    "reasons_against": list(alternative.reasons_against),
                }
                for alternative in self.alternatives
            ],
            "missing": list(self.missing),
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
        )


@dataclass(frozen=True, slots=True)
class Case:
    """What a track pleads: it fits, it does not, or (None) it waits for `missing` facts."""

    fits: bool | None
    reasons_for: tuple[Text, ...] = ()
    reasons_against: tuple[Text, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Complication:
    """A fact that makes a pain condition complex, or calls for special knowledge or experience."""

    fact: str
    hint: Hint | None
    reason: Text


# Deck: "Målgruppen" and "Hvor særlig viden/erfaring er nødvendig".
PSYCHOLOGICAL = Complication(
    "psychological",
    Hint.PSYCHOLOGICAL,
    _("Smertetilstanden er kompliceret af psykologiske problemer"),
)
SOCIAL = Complication(
    "social",
    None,
    _("Smertetilstanden er kompliceret af sociale problemer"),
)
COMPLICATIONS = (
    PSYCHOLOGICAL,
    SOCIAL,
    Complication(
        "neurostimulation",
        Hint.NEUROSTIMULATION,
        _("Behandling med neurostimulation kan være en mulighed og kræver særlig viden"),
    ),
    Complication(
        "opioid_dependence",
        Hint.OPIOID_DEPENDENCE,
        _("Patienten er blevet afhængig af opioider, og det kræver særlig viden"),
    ),
    Complication(
        "cannabinoids",
        None,
        _("Behandling med cannabinoider kan overvejes og kræver særlig viden"),
    ),
)


def subacute(facts: Facts) -> Case:
    """Hospital department, and one of the deck's situations."""
    if not facts.from_hospital:
        return Case(
            False, reasons_against=(_("Patienten er ikke henvist fra en hospitalsafdeling"),)
        )
    holding = situations_holding(facts)
    if holding:
        return Case(True, tuple(_why_subacute(facts, situation) for situation in holding))
    if Situation.OPIOIDS_AT_DISCHARGE in facts.situations:
        return _opioids_at_discharge(facts)
    against = _("Ingen af det subakutte spors situationer er oplyst")
    asked = ("situations",) if facts.question == Question.FOLLOW_UP else ()
    return Case(False, reasons_against=(against,), missing=asked)


def _opioids_at_discharge(facts: Facts) -> Case:
    """Opioids at discharge are stated but do not hold: too low a dose, or facts are missing."""
    above = dose_above_limit(facts)
    if above is False:
        against = gettext("%(dose)s ved udskrivelsen; det subakutte spor kræver over %(limit)s mg")
        return Case(False, reasons_against=(against % _dose_words(facts),))
    dose_missing = ("morphine_mg_at_discharge",) if above is None else ()
    context_missing = () if facts.opioid_contexts else ("opioid_contexts",)
    return Case(None, missing=dose_missing + context_missing)


def _why_subacute(facts: Facts, situation: Situation) -> str:
    if situation != Situation.OPIOIDS_AT_DISCHARGE:
        return str(situation.label)
    labels = (str(context.label) for context in OpioidContext if context in facts.opioid_contexts)
    contexts = ", ".join(label[:1].lower() + label[1:] for label in labels)
    words = _dose_words(facts) | {"contexts": contexts}
    return gettext("%(dose)s ved udskrivelsen, altså over %(limit)s mg: %(contexts)s") % words


def _dose_words(facts: Facts) -> dict[str, str]:
    dose, limit = facts.morphine_mg_at_discharge, in_force(facts.received_on).discharge_morphine_mg
    shown = number_format(dose.normalize()) if dose is not None else ""
    return {
        "dose": gettext("%(milligrams)s mg morfinækvivalenter") % {"milligrams": shown},
        "limit": number_format(limit.normalize()),
    }


def fast(facts: Facts) -> Case:
    """The referrer doubts that the pain treatment is optimal."""
    if facts.question is None:
        return Case(None, missing=("question",))
    if facts.question == Question.OPTIMAL:
        return Case(True, (_("Lægen er i tvivl om, hvorvidt smertebehandlingen er den optimale"),))
    return Case(
        False, reasons_against=(_("Der spørges ikke, om smertebehandlingen er den optimale"),)
    )


def interdisciplinary(facts: Facts) -> Case:
    """Complicated by psychological or social problems, or in need of special knowledge."""
    present = tuple(_why(facts, item) for item in COMPLICATIONS if _is_present(facts, item))
    if present:
        return Case(True, present)
    missing = tuple(item.fact for item in COMPLICATIONS if getattr(facts, item.fact) is None)
    if missing:
        return Case(None, missing=missing)
    against = _("Hverken psykologiske eller sociale problemer og intet behov for særlig viden")
    return Case(False, reasons_against=(against,))


def single(facts: Facts) -> Case:
    """A simple pain condition: none of what makes it interdisciplinary, and all of it answered."""
    complex_case = interdisciplinary(facts)
    if complex_case.fits is None:
        return complex_case
    if complex_case.fits:
        return Case(False, reasons_against=(_("Smertetilstanden er ikke simpel"),))
    reason = _(
        "Smertetilstanden er simpel: hverken psykologiske eller sociale problemer og intet behov "
        "for særlig viden"
    )
    return Case(True, (reason,))


def _is_present(facts: Facts, item: Complication) -> bool:
    return getattr(facts, item.fact) is True or _is_hinted(facts, item)


def _is_hinted(facts: Facts, item: Complication) -> bool:
    return item.hint is not None and facts.diagnosis_hints_at(item.hint)


def _why(facts: Facts, item: Complication) -> Text:
    """The reason; it says so when only the diagnosis gives it, or the referrer even answers no."""
    answered = getattr(facts, item.fact)
    if answered or facts.diagnosis is None:
        return item.reason
    words = {"reason": item.reason, "diagnosis": facts.diagnosis.text}
    if answered is False:
        return gettext("%(reason)s (ifølge diagnosen %(diagnosis)s; henviser svarer nej)") % words
    return gettext("%(reason)s (ifølge diagnosen %(diagnosis)s)") % words


# The first that fits is proposed.
PRECEDENCE = {
    Track.SUBACUTE: subacute,
    Track.FAST: fast,
    Track.INTERDISCIPLINARY: interdisciplinary,
    Track.SINGLE: single,
}


def propose(facts: Facts) -> Routing:
    """The track proposed, with its reasons, and what speaks for and against the others."""
    cases = {track: plead(facts) for track, plead in PRECEDENCE.items()}
    if facts.question == Question.ADVICE:
        reason = gettext(
            "Der bedes kun om råd: en læge svarer skriftligt, og der åbnes intet forløb"
        )
        return Routing(None, True, (reason,), _alternatives(cases, reason))
    track = _first_fitting(cases)
    if track is None:
        reason = gettext("Sporet kan først foreslås, når de manglende svar er givet")
        return Routing(None, False, (reason,), _alternatives(cases, reason), _missing(cases))
    precedes = gettext("%(track)s går forud") % {"track": track.label}
    others = {other: case for other, case in cases.items() if other is not track}
    return Routing(track, False, _said(cases[track].reasons_for), _alternatives(others, precedes))


def _first_fitting(cases: Mapping[Track, Case]) -> Track | None:
    """The first track that fits, unless one before it is still open."""
    track, case = next((track, case) for track, case in cases.items() if case.fits is not False)
    return track if case.fits else None


def _missing(cases: Mapping[Track, Case]) -> tuple[str, ...]:
    """The facts that can still decide: those of the tracks up to the first that fits, each once."""
    deciding = takewhile(lambda case: not case.fits, cases.values())
    return tuple(dict.fromkeys(fact for case in deciding for fact in case.missing))


def _alternatives(cases: Mapping[Track, Case], otherwise: str) -> tuple[Alternative, ...]:
    """The other tracks; `otherwise` is what stands against one whose own case does not fail."""
    return tuple(
        Alternative(track, _said(case.reasons_for), _said(case.reasons_against) or (otherwise,))
        for track, case in cases.items()
    )


def _said(reasons: tuple[Text, ...]) -> tuple[str, ...]:
    return tuple(str(reason) for reason in reasons)


# The deck's tasks of each discipline, in one sentence.
TASKS: Mapping[Discipline, Text] = {
    Discipline.PHYSICIAN: _("Vurderer smertetilstanden og følger patienten fra start til slut"),
    Discipline.NURSE: _("Følger op på medicinen, informerer og koordinerer behandlingen"),
    Discipline.PHYSIOTHERAPIST: _(
        "Undersøger, hvordan smerterne påvirker krop, dagligdag og livsstil"
    ),
    Discipline.PSYCHOLOGIST: _("Støtter patienten i at håndtere smerter, tab og forandringer"),
    Discipline.SOCIAL_WORKER: _("Vejleder om forsørgelse, arbejde og kontakten til kommunen"),
}

# The complication that makes a discipline more than part of the team.
CALLED_FOR_BY = {
    Discipline.PSYCHOLOGIST: PSYCHOLOGICAL,
    Discipline.SOCIAL_WORKER: SOCIAL,
}


def team_reasons(facts: Facts, track: Track) -> dict[Discipline, str]:
    """The disciplines proposed for the track's team, each with its reason.

    Those that a track has only when wanted are not proposed; `TEAMS[track].if_wanted` names them.
    """
    return {member: str(_called_for(facts, member)) for member in TEAMS[track].disciplines}


def _called_for(facts: Facts, member: Discipline) -> Text:
    item = CALLED_FOR_BY.get(member)
    return _why(facts, item) if item and _is_present(facts, item) else TASKS[member]
