"""Why each discipline is on the team that is proposed for a patient."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from admission.criteria.answers import Text
from admission.criteria.facts import Facts
from admission.pleas import PSYCHOLOGICAL, SOCIAL, is_present, why
from pathways.tracks import TEAMS, Discipline, Track

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
    return why(facts, item) if item and is_present(facts, item) else TASKS[member]
