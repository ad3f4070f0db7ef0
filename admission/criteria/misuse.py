"""Criteria about misuse: no illegal drugs, no uncontrolled alcohol.

Dependence on prescribed opioids is not among them: it is a reason to come (`admission.routing`).
"""

from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import Answer, held_against, looked_up, met, not_met, unknown
from admission.criteria.criterion import Criterion, Destination
from admission.criteria.facts import Alcohol, Facts
from admission.diagnoses import Hint

ILLEGAL_DRUGS_ANSWERS = {
    False: met(_("intet illegalt misbrug")),
    True: not_met(_("illegalt misbrug"), _("Opfyldt, når misbruget er ophørt")),
}


def no_illegal_drugs(facts: Facts) -> Answer:
    """No misuse of illegal drugs."""
    question = unknown(_("Har patienten et illegalt misbrug?"), "illegal_drugs")
    answer = looked_up(facts.illegal_drugs, ILLEGAL_DRUGS_ANSWERS, question)
    return held_against(facts.diagnosis, Hint.ILLEGAL_DRUGS, "illegal_drugs", answer)


NO_ILLEGAL_DRUGS = Criterion(
    code="no_illegal_drugs",
    name=_("Intet illegalt misbrug"),
    sentence=_("Vi modtager ikke patienter med illegalt misbrug (→ Misbrugscentre)"),
    facts=("illegal_drugs", "diagnosis"),
    destination=Destination.MISUSE,
    consequence=_("Illegalt misbrug behandles i et misbrugscenter: henvis til Misbrugscenter."),
    judge=no_illegal_drugs,
)

ALCOHOL_ANSWERS = {
    Alcohol.NONE_OR_MODERATE: met(_("intet eller moderat forbrug")),
    Alcohol.CONTROLLED: met(_("stort, men kontrolleret forbrug")),
    Alcohol.UNCONTROLLED: not_met(
        _("ukontrollabelt forbrug"), _("Opfyldt, når alkoholforbruget er under kontrol")
    ),
}


def no_uncontrolled_alcohol(facts: Facts) -> Answer:
    """No use of alcohol out of control; much but controlled is no exclusion."""
    question = unknown(_("Er patientens alkoholforbrug under kontrol?"), "alcohol")
    answer = looked_up(facts.alcohol, ALCOHOL_ANSWERS, question)
    return held_against(facts.diagnosis, Hint.UNCONTROLLED_ALCOHOL, "alcohol", answer)


NO_UNCONTROLLED_ALCOHOL = Criterion(
    code="no_uncontrolled_alcohol",
    name=_("Intet ukontrollabelt alkoholforbrug"),
    sentence=_("Vi modtager ikke patienter med ukontrollabelt alkoholforbrug (→ Alkoholenhed)"),
    facts=("alcohol", "diagnosis"),
    destination=Destination.ALCOHOL,
    consequence=_(
        "Ukontrollabelt alkoholforbrug behandles i en alkoholenhed: henvis til Alkoholenhed."
    ),
    judge=no_uncontrolled_alcohol,
)
