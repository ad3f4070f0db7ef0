"""The facts a finding looked at, by name, with their values and where they came from."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import Text, spelled_out
from admission.criteria.criterion import LookedAt
from admission.criteria.facts import Facts, ListedOpioids

NAMES: Mapping[str, Text] = {
    "received_on": _("Henvisningen modtaget"),
    "from_hospital": _("Henvist fra en hospitalsafdeling"),
    "question": _("Ønsker"),
    "birth_date": _("Fødselsdato"),
    "born_by_number": _("Fødselsdato i erstatningsnummeret"),
    "diagnosis": _("Smertediagnose"),
    "diagnosis_text": _("Smertediagnose i henvisers ord"),
    "pain_since": _("Smertedebut"),
    "pain_since_latest": _("Smertedebut, senest"),
    "worked_up": _("Færdigudredt"),
    "work_up_missing": _("Mangler i udredningen"),
    "fully_treated": _("Færdigbehandlet"),
    "treatment_missing": _("Mangler i behandlingen"),
    "cancer": _("Kræft"),
    "headache": _("Hovedpine"),
    "illegal_drugs": _("Illegalt misbrug"),
    "alcohol": _("Alkohol"),
    "able_to_attend": _("Kan møde op"),
    "psychological": _("Psykologiske problemer"),
    "social": _("Sociale problemer"),
    "neurostimulation": _("Neurostimulation kan være en mulighed"),
    "opioid_dependence": _("Afhængig af opioider"),
    "cannabinoids": _("Cannabinoider overvejes"),
    "situations": _("Situation efter indlæggelse"),
    "morphine_mg_at_discharge": _("Opioiddosis ved udskrivelsen"),
    "opioid_contexts": _("Om opioidbehandlingen"),
    "takes_opioids": _("Får opioider"),
    "listed": _("Opioider på medicinlisten"),
}


Sources = Mapping[str, Text]

WITH_ANOTHER = frozenset({"pain_since_latest"})

# Also what is answered with "do not know".
NOT_TOLD = _("ikke oplyst")


def looked_at(facts: Facts, names: Iterable[str], sources: Sources) -> tuple[LookedAt, ...]:
    """The named facts in words, in the active language; one that is not known has no source."""
    return tuple(_described(facts, name, sources) for name in names if _tells(facts, name))


def _tells(facts: Facts, name: str) -> bool:
    """What only goes with another answer is nothing to look at while it says nothing."""
    value = getattr(facts, name)
    return value != "" and not (value is None and name in WITH_ANOTHER)


def _described(facts: Facts, name: str, sources: Sources) -> LookedAt:
    value = getattr(facts, name)
    source = "" if value is None else str(sources.get(name, ""))
    return LookedAt(name, str(NAMES[name]), in_words(value), source)


def in_words(value: Any) -> str:
    """A fact's value as one reads it, in the active language."""
    if value is None:
        return str(NOT_TOLD)
    if isinstance(value, bool):
        return gettext("Ja") if value else gettext("Nej")
    if isinstance(value, date):
        return str(spelled_out(value))
    if isinstance(value, Decimal):
        return gettext("%(milligrams)s mg morfinækvivalenter") % {
            "milligrams": number_format(value.normalize())
        }
    if isinstance(value, frozenset):
        return ", ".join(sorted(str(item.label) for item in value))
    if isinstance(value, ListedOpioids):
        return ", ".join(value.drugs) or gettext("ingen")
    return str(getattr(value, "label", value))
