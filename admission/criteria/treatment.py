"""Criteria about what came before: worked up, and treated, to the end."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import Answer, Text, met, not_met, unknown
from admission.criteria.criterion import Criterion, Destination
from admission.criteria.facts import Facts


def worked_up(facts: Facts) -> Answer:
    """The underlying disease has been worked up to the end."""
    if facts.worked_up is None:
        return unknown(_("Er patienten færdigudredt?"), "worked_up")
    if facts.worked_up:
        return met(_("færdigudredt"))
    remedy = _("Opfyldt, når udredningen er afsluttet")
    return _unfinished("work_up_missing", facts.work_up_missing, _("ikke færdigudredt"), remedy)


def fully_treated(facts: Facts) -> Answer:
    """The relevant medical and surgical specialties have finished their treatment."""
    if facts.fully_treated is None:
        return unknown(_("Er patienten færdigbehandlet i de relevante specialer?"), "fully_treated")
    if facts.fully_treated:
        return met(_("færdigbehandlet"))
    remedy = _("Opfyldt, når behandlingen i de relevante specialer er afsluttet")
    return _unfinished(
        "treatment_missing", facts.treatment_missing, _("ikke færdigbehandlet"), remedy
    )


def _unfinished(field: str, missing: str, state: Text, remedy: Text) -> Answer:
    """Not met, with what is missing in the referrer's words, or asking for it."""
    words = missing.strip()
    if not words:
        return not_met(state, gettext("%(remedy)s. Hvad mangler?") % {"remedy": remedy}, field)
    fact = gettext("%(state)s, mangler: %(missing)s") % {"state": state, "missing": words}
    return not_met(fact, remedy)


WORKED_UP = Criterion(
    code="worked_up",
    name=_("Færdigudredt"),
    sentence=_("Patienterne skal være færdigudredte for den tilgrundliggende sygdom"),
    facts=("worked_up", "work_up_missing"),
    destination=Destination.REFERRER,
    consequence=_("Udredningen afsluttes først: henvis igen, når patienten er færdigudredt."),
    judge=worked_up,
)

FULLY_TREATED = Criterion(
    code="fully_treated",
    name=_("Færdigbehandlet"),
    sentence=_(
        "Patienterne skal være færdigbehandlede af de relevante medicinske og/eller kirurgiske "
        "specialer"
    ),
    facts=("fully_treated", "treatment_missing"),
    destination=Destination.REFERRER,
    consequence=_(
        "Behandlingen i de relevante specialer afsluttes først: henvis igen, når patienten er "
        "færdigbehandlet."
    ),
    judge=fully_treated,
)
