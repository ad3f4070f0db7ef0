"""The people on a patient's team."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pathways.tracks import Discipline
from staff.models import User


class TeamMemberQuerySet(models.QuerySet["TeamMember", "TeamMember"]):
    def current(self) -> Self:
        return self.filter(until__isnull=True)


class TeamMember(models.Model):
    """A person on a patient's team, with the reason for their discipline."""

    pathway = models.ForeignKey("pathways.Pathway", on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="team_places")
    discipline = models.CharField(_("faggruppe"), max_length=20, choices=Discipline)
    reason = models.CharField(_("begrundelse"), max_length=300, blank=True)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pathway", "user"],
                condition=Q(until__isnull=True),
                name="one_place_per_person_on_a_team",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["user", "pathway"], condition=Q(until__isnull=True), name="team_places_now"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_discipline_display()})"
