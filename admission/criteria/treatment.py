"""Criteria about what came before: worked up, and treated, to the end."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import Answer, Change, Text, met, not_met, said, unknown
from admission.criteria.criterion import Criterion
from admission.criteria.facts import Facts
from admission.rules import CriterionRule

WORKED_UP_UNANSWERED = unknown(
    _("Er patienten færdigudredt?"),
    Change({"worked_up": True}, _("Opfyldt, hvis patienten er færdigudredt")),
    "worked_up",
)
WORKED_UP_LATER = Change({"worked_up": True}, _("Opfyldt, når udredningen er afsluttet"))


def worked_up(facts: Facts, _rule: CriterionRule) -> Answer:
    """The underlying disease has been worked up to the end."""
    if facts.worked_up is None:
        return WORKED_UP_UNANSWERED
    if facts.worked_up:
        return met(_("færdigudredt"))
    missing = facts.work_up_missing
    return _unfinished(_("ikke færdigudredt"), "work_up_missing", missing, WORKED_UP_LATER)


FULLY_TREATED_UNANSWERED = unknown(
    _("Er patienten færdigbehandlet i de relevante specialer?"),
    Change({"fully_treated": True}, _("Opfyldt, hvis patienten er færdigbehandlet")),
    "fully_treated",
)
FULLY_TREATED_LATER = Change(
    {"fully_treated": True}, _("Opfyldt, når behandlingen i de relevante specialer er afsluttet")
)


def fully_treated(facts: Facts, _rule: CriterionRule) -> Answer:
    """The relevant medical and surgical specialties have finished their treatment."""
    if facts.fully_treated is None:
        return FULLY_TREATED_UNANSWERED
    if facts.fully_treated:
        return met(_("færdigbehandlet"))
    missing = facts.treatment_missing
    return _unfinished(_("ikke færdigbehandlet"), "treatment_missing", missing, FULLY_TREATED_LATER)


def _unfinished(state: Text, field: str, missing: str, change: Change) -> Answer:
    """Not met, with what is missing in the referrer's words, or asking for it."""
    words = missing.strip()
    if not words:
        return not_met(state, change, field, question=_("Hvad mangler?"))
    return not_met(_lacking(state, words), change)


@said
def _lacking(state: Text, missing: str) -> str:
    words = {"state": state, "missing": missing}
    return gettext("%(state)s, mangler: %(missing)s") % words


WORKED_UP = Criterion("worked_up", ("worked_up", "work_up_missing"), worked_up)
FULLY_TREATED = Criterion("fully_treated", ("fully_treated", "treatment_missing"), fully_treated)
