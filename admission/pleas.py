"""What each track pleads for itself: pure functions over the facts, one for each track.

The first track in the version's order whose plea holds is proposed (`admission.routing`).
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import Text, said
from admission.criteria.facts import Facts, OpioidContext, Question, Situation
from admission.diagnoses import Hint
from admission.dose_asked import asked_about_dose, what_dose, which_dose
from admission.rules import Rules
from admission.subacute import contradicts_itself, dose_above_limit, situations_holding
from pathways.tracks import Track


class Plea(NamedTuple):
    """What a track pleads: it fits, it does not, or (None) it waits for `missing` facts.

    `question` is asked when what is told contradicts itself or leaves a dose open; `asks` are the
    facts that answer it.
    """

    fits: bool | None
    reasons_for: tuple[Text, ...] = ()
    reasons_against: tuple[Text, ...] = ()
    missing: tuple[str, ...] = ()
    question: Text = ""
    asks: tuple[str, ...] = ()


class Complication(NamedTuple):
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

NOT_FROM_HOSPITAL = Plea(
    False, reasons_against=(_("Patienten er ikke henvist fra en hospitalsafdeling"),)
)
NO_SITUATION = (_("Ingen af det subakutte spors situationer er oplyst"),)


def subacute(facts: Facts, rules: Rules) -> Plea:
    """Hospital department, and one of the deck's situations."""
    if not facts.from_hospital:
        return NOT_FROM_HOSPITAL
    holding = situations_holding(facts, rules)
    if holding:
        return Plea(True, tuple(_why_subacute(facts, rules, each) for each in holding))
    if Situation.OPIOIDS_AT_DISCHARGE in facts.situations:
        return _opioids_at_discharge(facts, rules)
    asked = ("situations",) if facts.question is Question.FOLLOW_UP else ()
    return Plea(False, reasons_against=NO_SITUATION, missing=asked)


def _opioids_at_discharge(facts: Facts, rules: Rules) -> Plea:
    """Opioids at discharge are stated but do not hold: too low a dose, or facts are missing."""
    above = dose_above_limit(facts, rules)
    if above is False:
        return Plea(False, reasons_against=(_too_low(facts, rules),))
    if above:
        return Plea(None, missing=("opioid_contexts",))
    context_missing = () if facts.opioid_contexts else ("opioid_contexts",)
    missing = ("morphine_mg_at_discharge", *context_missing)
    question = which_dose(facts) if contradicts_itself(facts, rules) else what_dose(facts)
    return Plea(None, missing=missing, question=question, asks=asked_about_dose(facts))


def _why_subacute(facts: Facts, rules: Rules, situation: Situation) -> Text:
    if situation is not Situation.OPIOIDS_AT_DISCHARGE:
        return situation.label
    return _high_dose(facts, rules)


@said
def _high_dose(facts: Facts, rules: Rules) -> str:
    labels = (str(context.label) for context in OpioidContext if context in facts.opioid_contexts)
    contexts = ", ".join(label[:1].lower() + label[1:] for label in labels)
    words = _dose_words(facts, rules) | {"contexts": contexts}
    return gettext("%(dose)s ved udskrivelsen, altså over %(limit)s mg: %(contexts)s") % words


@said
def _too_low(facts: Facts, rules: Rules) -> str:
    against = gettext("%(dose)s ved udskrivelsen; det subakutte spor kræver over %(limit)s mg")
    return against % _dose_words(facts, rules)


def _dose_words(facts: Facts, rules: Rules) -> dict[str, str]:
    stated, listed = facts.morphine_mg_at_discharge, facts.listed
    dose = gettext("%(milligrams)s mg morfinækvivalenter")
    if stated is None and listed and listed.at_least:
        dose = gettext("Mindst %(milligrams)s mg morfinækvivalenter")
    known = listed.regular if stated is None and listed else stated or Decimal(0)
    return {
        "dose": dose % {"milligrams": number_format(known.normalize())},
        "limit": number_format(rules.discharge_morphine_mg.normalize()),
    }


NO_QUESTION = Plea(None, missing=("question",))
IN_DOUBT = Plea(True, (_("Lægen er i tvivl om, hvorvidt smertebehandlingen er den optimale"),))
NOT_IN_DOUBT = Plea(
    False, reasons_against=(_("Der spørges ikke, om smertebehandlingen er den optimale"),)
)


def fast(facts: Facts, _rules: Rules) -> Plea:
    """The referrer doubts that the pain treatment is optimal."""
    if facts.question is None:
        return NO_QUESTION
    return IN_DOUBT if facts.question is Question.OPTIMAL else NOT_IN_DOUBT


SIMPLE = (_("Hverken psykologiske eller sociale problemer og intet behov for særlig viden"),)


def interdisciplinary(facts: Facts, _rules: Rules) -> Plea:
    """Complicated by psychological or social problems, or in need of special knowledge."""
    present = tuple(why(facts, item) for item in COMPLICATIONS if is_present(facts, item))
    if present:
        return Plea(True, present)
    missing = tuple(item.fact for item in COMPLICATIONS if getattr(facts, item.fact) is None)
    return Plea(None, missing=missing) if missing else Plea(False, reasons_against=SIMPLE)


NOT_SIMPLE = Plea(False, reasons_against=(_("Smertetilstanden er ikke simpel"),))
IS_SIMPLE = Plea(
    True,
    (
        _(
            "Smertetilstanden er simpel: hverken psykologiske eller sociale problemer og intet "
            "behov for særlig viden"
        ),
    ),
)


def single(facts: Facts, rules: Rules) -> Plea:
    """A simple pain condition: none of what makes it interdisciplinary, and all of it answered."""
    complex_case = interdisciplinary(facts, rules)
    if complex_case.fits is None:
        return complex_case
    return NOT_SIMPLE if complex_case.fits else IS_SIMPLE


def is_present(facts: Facts, item: Complication) -> bool:
    """Whether the complication is told of, or hinted at by the diagnosis."""
    if getattr(facts, item.fact) is True:
        return True
    return item.hint is not None and facts.diagnosis_hints_at(item.hint)


def why(facts: Facts, item: Complication) -> Text:
    """The reason; it says so when only the diagnosis gives it, or the referrer even answers no."""
    answered = getattr(facts, item.fact)
    if answered or facts.diagnosis is None:
        return item.reason
    return _by_diagnosis(item.reason, facts.diagnosis.text, denied=answered is False)


@said
def _by_diagnosis(reason: Text, diagnosis: str, *, denied: bool) -> str:
    words = {"reason": reason, "diagnosis": diagnosis}
    if denied:
        return gettext("%(reason)s (ifølge diagnosen %(diagnosis)s; henviser svarer nej)") % words
    return gettext("%(reason)s (ifølge diagnosen %(diagnosis)s)") % words


PLEAS: Mapping[Track, Callable[[Facts, Rules], Plea]] = {
    Track.SUBACUTE: subacute,
    Track.FAST: fast,
    Track.INTERDISCIPLINARY: interdisciplinary,
    Track.SINGLE: single,
}
Pleas = Mapping[Track, Plea]


def plead(facts: Facts, rules: Rules) -> Pleas:
    """Every track's plea, in the version's order."""
    return {track: PLEAS[track](facts, rules) for track in rules.tracks}


def first_fitting(pleas: Pleas) -> Track | None:
    """The first track that fits, unless one before it is still open."""
    first = next(((track, plea) for track, plea in pleas.items() if plea.fits is not False), None)
    return first[0] if first and first[1].fits else None


def possible(pleas: Pleas) -> tuple[Track, ...]:
    """The track that fits first; while it is open, those that may; all of them when none can."""
    if track := first_fitting(pleas):
        return (track,)
    up_to_fitting = list(_up_to_fitting(pleas))
    may_fit = (track for track, plea in up_to_fitting if plea.fits is not False or plea.missing)
    return tuple(may_fit) or tuple(pleas)


def _up_to_fitting(pleas: Pleas) -> Iterator[tuple[Track, Plea]]:
    """The tracks up to the first that fits: whatever is answered, none after it is proposed."""
    for track, plea in pleas.items():
        yield track, plea
        if plea.fits:
            return
