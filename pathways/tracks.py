"""The centre's four tracks, and the disciplines that work in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import TextChoices
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
