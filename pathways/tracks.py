"""The centre's four tracks, and the disciplines that work in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Track(TextChoices):
    """The ways through the centre, as the deck names them."""

    FAST = "fast", _("Hurtig vurdering")
    SINGLE = "single", _("Monofaglig")
    SUBACUTE = "subacute", _("Subakut")
    INTERDISCIPLINARY = "interdisciplinary", _("Tværfaglig")


class Discipline(TextChoices):
    """The five disciplines of the centre, in the deck's order."""

    PHYSICIAN = "physician", _("Læge")
    NURSE = "nurse", _("Sygeplejerske")
    PHYSIOTHERAPIST = "physiotherapist", _("Fysioterapeut")
    PSYCHOLOGIST = "psychologist", _("Psykolog")
    SOCIAL_WORKER = "social_worker", _("Socialrådgiver")


@dataclass(frozen=True, slots=True)
class Team:
    """The disciplines a track always has, and those it may have when wanted."""

    disciplines: tuple[Discipline, ...]
    if_wanted: tuple[Discipline, ...] = ()

    def allows(self, discipline: Discipline) -> bool:
        """Whether the discipline belongs in the team, always or when wanted."""
        return discipline in self.disciplines or discipline in self.if_wanted


TEAMS: Mapping[Track, Team] = MappingProxyType(
    {
        Track.FAST: Team((Discipline.PHYSICIAN,), if_wanted=(Discipline.NURSE,)),
        Track.SINGLE: Team((Discipline.PHYSICIAN, Discipline.NURSE)),
        Track.SUBACUTE: Team((Discipline.PHYSICIAN, Discipline.NURSE)),
        Track.INTERDISCIPLINARY: Team(tuple(Discipline)),
    }
)

# The deck's own sentences.
DESCRIPTIONS: Mapping[Track, str | Promise] = MappingProxyType(
    {
        Track.FAST: _(
            "Tilbydes kroniske smertepatienter, hvor lægen er i tvivl om, hvorvidt den "
            "smertebehandling, som lægen tilbyder sin patient, er den optimale. Primært lægefaglig "
            "vurdering, eventuelt fulgt op af et kortere ambulant forløb med primært fokus på den "
            "medikamentelle smertebehandling."
        ),
        Track.SINGLE: _(
            "Monofaglig behandling af patienter med simple smertetilstande (patienter uden hverken "
            "psykologiske eller sociale problemstillinger) ved læge og sygeplejerske."
        ),
        Track.SUBACUTE: _(
            "Ambulant opfølgning af indlagte patienter efter kirurgiske indgreb eller traumer med "
            "risiko for kroniske smerter, efter langvarige komplicerede postoperative forløb eller "
            "efter udskrivelse med en høj opioiddosering."
        ),
        Track.INTERDISCIPLINARY: _(
            "Integreret forløb ved læge, sygeplejerske, fysioterapeut, psykolog og socialrådgiver "
            "til patienter med komplekse kroniske smertetilstande, dvs. smertetilstande, som er "
            "kompliceret af psykologiske og/eller sociale problemer, og til patienter, hvor der er "
            "behov for særlig viden og/eller erfaring."
        ),
    }
)
