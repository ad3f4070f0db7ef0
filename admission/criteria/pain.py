"""Criteria about the pain: not malignant, long enough, not mainly headache; no active cancer."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from admission.criteria.answers import (
    Answer,
    held_against,
    looked_up,
    met,
    met_from,
    not_met,
    spelled_out,
    unknown,
)
from admission.criteria.criterion import Criterion, Destination
from admission.criteria.facts import Cancer, Facts, Headache
from admission.criteria.limits import in_force
from admission.criteria.spans import months_after, whole_months
from admission.diagnoses import Hint

CANCER_QUESTION = _("Har patienten kræft, eller har patienten haft det?")


def non_malignant(facts: Facts) -> Answer:
    """The pain itself is not malignant: by its diagnosis, else by the answer about cancer."""
    if facts.diagnosis is None:
        return _in_own_words(facts)
    if not facts.diagnosis.malignant:
        return met(facts.diagnosis.text)
    if facts.cancer in (Cancer.NEVER, Cancer.PAST):
        return replace(no_active_cancer(facts), fact=facts.diagnosis.text)
    return not_met(facts.diagnosis.text, _("Opfyldt, hvis smerterne ikke skyldes kræft"))


def _in_own_words(facts: Facts) -> Answer:
    words = facts.diagnosis_text.strip()
    if not words:
        return unknown(_("Hvilken smertetilstand er der tale om?"), "diagnosis")
    if facts.cancer is None:
        return unknown(CANCER_QUESTION, "cancer", fact=words)
    if facts.cancer == Cancer.ACTIVE:
        return unknown(_("Skyldes smerterne kræften?"), "diagnosis", "cancer", fact=words)
    return met(words)


NON_MALIGNANT = Criterion(
    code="non_malignant",
    name=_("Kronisk, ikke-malign smertetilstand"),
    sentence=_("Patienter med kroniske ikke-maligne smertetilstande"),
    facts=("diagnosis", "diagnosis_text", "cancer"),
    destination=Destination.PALLIATIVE,
    consequence=_("Maligne smerter behandles i palliativt regi: henvis til Palliativ afdeling."),
    judge=non_malignant,
)


def long_enough(facts: Facts) -> Answer:
    """The pain has lasted the calendar months required on the day the referral is received."""
    since, received = facts.pain_since, facts.received_on
    if since is None:
        return unknown(_("Hvornår begyndte smerterne?"), "pain_since")
    if since > received:
        question = _(
            "Datoen ligger efter, at henvisningen er modtaget. Hvornår begyndte smerterne?"
        )
        return unknown(question, "pain_since", fact=spelled_out(since))
    met_on = months_after(since, in_force(received).pain_months)
    fact = duration(whole_months(since, received))
    return met(fact) if received >= met_on else not_met(fact, met_from(met_on))


def duration(months: int) -> str:
    """A duration in words: months up to two years, whole years from there."""
    if months < 1:
        return str(_("under 1 måned"))
    if months < 24:
        return ngettext("%(count)d måned", "%(count)d måneder", months) % {"count": months}
    return ngettext("%(years)d år", "%(years)d år", months // 12) % {"years": months // 12}


DURATION = Criterion(
    code="duration",
    name=_("Smerter i mindst 6 måneder"),
    sentence=_("Smertetilstanden skal have varet mindst 6 måneder"),
    facts=("pain_since", "received_on"),
    destination=Destination.REFERRER,
    consequence=_(
        "Smerter, der har varet under 6 måneder, behandles fortsat hos egen læge: henvis igen, "
        "når de har varet 6 måneder."
    ),
    judge=long_enough,
)

CANCER_ANSWERS = {
    Cancer.NEVER: met(_("ingen kræft")),
    Cancer.PAST: met(_("tidligere kræft, ikke aktiv")),
    Cancer.ACTIVE: not_met(_("aktiv kræft"), _("Opfyldt, når kræften ikke længere er aktiv")),
}


def no_active_cancer(facts: Facts) -> Answer:
    """No cancer that is active now; cancer in the past is not active cancer."""
    answer = looked_up(facts.cancer, CANCER_ANSWERS, unknown(CANCER_QUESTION, "cancer"))
    return held_against(facts.diagnosis, Hint.ACTIVE_CANCER, "cancer", answer)


NO_ACTIVE_CANCER = Criterion(
    code="no_active_cancer",
    name=_("Ingen aktiv kræft"),
    sentence=_("Vi modtager ikke patienter med aktiv cancer (→ Palliativ afdeling)"),
    facts=("cancer", "diagnosis"),
    destination=Destination.PALLIATIVE,
    consequence=_(
        "Patienter med aktiv kræft behandles i palliativt regi: henvis til Palliativ afdeling."
    ),
    judge=no_active_cancer,
)

HEADACHE_ANSWERS = {
    Headache.NONE: met(_("ingen hovedpine")),
    Headache.BESIDE: met(_("hovedpine ved siden af en anden smertetilstand")),
    Headache.MAIN: not_met(
        _("hovedpine er hovedproblemet"), _("Opfyldt, hvis hovedpine ikke er hovedproblemet")
    ),
}


def headache_not_main(facts: Facts) -> Answer:
    """Headache beside another pain condition is no exclusion; as diagnosis it is asked about."""
    question = unknown(_("Er hovedpine patientens hovedproblem?"), "headache")
    answer = looked_up(facts.headache, HEADACHE_ANSWERS, question)
    return held_against(facts.diagnosis, Hint.HEADACHE, "headache", answer)


HEADACHE_NOT_MAIN = Criterion(
    code="headache_not_main",
    name=_("Hovedpine er ikke hovedproblemet"),
    sentence=_("Vi modtager ikke patienter med hovedpine (→ Hovedpinecentre)"),
    facts=("headache", "diagnosis"),
    destination=Destination.HEADACHE,
    consequence=_(
        "Patienter, hvis hovedproblem er hovedpine, behandles i et hovedpinecenter: "
        "henvis til Hovedpinecenter."
    ),
    judge=headache_not_main,
)
