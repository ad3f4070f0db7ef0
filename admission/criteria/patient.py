"""Criteria about the patient: of age, and able to come."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from admission.criteria.answers import (
    Answer,
    looked_up,
    met,
    met_from,
    not_met,
    spelled_out,
    unknown,
)
from admission.criteria.criterion import Criterion, Destination
from admission.criteria.facts import Facts
from admission.criteria.limits import in_force
from admission.criteria.spans import birthday
from patients.identity import age_on


def adult(facts: Facts) -> Answer:
    """Of age on the day the referral is received."""
    born, received = facts.birth_date, facts.received_on
    if born is None:
        return unknown(_("Oplys CPR-nummer eller fødselsdato"), "birth_date")
    if born > received:
        question = _("Fødselsdatoen ligger efter, at henvisningen er modtaget. Hvad er rigtigt?")
        return unknown(question, "birth_date", fact=spelled_out(born))
    years, limit = age_on(born, received), in_force(received).adult_years
    fact = ngettext("%(years)d år", "%(years)d år", years) % {"years": years}
    return met(fact) if years >= limit else not_met(fact, met_from(birthday(born, limit)))


ADULT = Criterion(
    code="adult",
    name=_("18 år eller ældre"),
    sentence=_("Patienterne skal være ≥ 18 år"),
    facts=("birth_date", "received_on"),
    destination=Destination.PAEDIATRIC,
    consequence=_("Børn og unge under 18 år behandles i børneregi: henvis til Børneafdeling."),
    judge=adult,
)

ATTENDANCE = {
    True: met(_("kan møde frem")),
    False: not_met(_("kan ikke møde frem"), _("Opfyldt, når patienten kan møde i ambulatoriet")),
}


def able_to_attend(facts: Facts) -> Answer:
    """Able to come to an outpatient clinic."""
    question = unknown(_("Kan patienten møde i ambulatoriet?"), "able_to_attend")
    return looked_up(facts.able_to_attend, ATTENDANCE, question)


ABLE_TO_ATTEND = Criterion(
    code="able_to_attend",
    name=_("Kan møde i ambulatoriet"),
    sentence=_("Vi modtager ikke patienter, som ikke er i stand til at møde i ambulatoriet"),
    facts=("able_to_attend",),
    destination=Destination.REFERRER,
    consequence=_(
        "Patienter, som ikke kan møde i ambulatoriet, behandles af egen læge. Centret bistår gerne "
        "med råd og vejledning om den medikamentelle smertebehandling."
    ),
    judge=able_to_attend,
)
