"""A patient's way through the centre, and its history."""

from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from casework.models import Case, CaseQuerySet, Transition
from pathways.lifecycle import PATHWAY, Ending, PauseReason, Status, Verb
from pathways.models.team import TeamMember
from pathways.tracks import Track
from patients.models import Patient
from staff.models import ReferringUnit, User
from staff.permissions import Permission


class PathwayQuerySet(CaseQuerySet):
    def visible_to(self, user: User) -> Self:
        """Pathways that the person's work needs: everybody's, or those of their own teams."""
        if user.has_perm(Permission.VIEW_ALL_PATIENTS):
            return self
        if user.has_perm(Permission.VIEW_PATIENTS):
            return self.carried_by(user)
        return self.none()

    def carried_by(self, user: User) -> Self:
        """Open pathways on whose team the person is now: the treatment relation ends with both."""
        return self.still_open().filter(
            Exists(TeamMember.objects.current().filter(pathway=OuterRef("pk"), user=user))
        )


@pghistory.track(append_only=True)
class Pathway(Case):
    """A patient's way through the centre on one track, with one responsible physician.

    ``due_on`` is the day by which the next step is to be done; an open pathway always has a next
    step, somebody to take it and a due date (promise 1). While it is paused, ``due_on`` is the day
    to look again, and ``paused_because`` says what it waits for. ``ended_because`` says who or what
    broke it off; the words stand in the last transition.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="pathways")
    track = models.CharField(_("spor"), max_length=20, choices=Track)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.WAITING, editable=False
    )
    responsible = models.ForeignKey(
        User,
        verbose_name=_("behandlingsansvarlig læge"),
        on_delete=models.PROTECT,
        related_name="responsible_for",
    )
    unit = models.ForeignKey(
        ReferringUnit,
        verbose_name=_("henviser"),
        on_delete=models.PROTECT,
        related_name="pathways",
    )
    diagnosis = models.CharField(_("diagnose"), max_length=200)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    first_visit_by = models.DateField(_("første tid senest"))
    next_step = models.CharField(_("næste skridt"), max_length=200)
    next_step_by = models.ForeignKey(
        User,
        verbose_name=_("hvem gør det"),
        on_delete=models.PROTECT,
        related_name="next_steps",
    )
    paused_because = models.CharField(
        _("på pause, fordi"), max_length=10, choices=PauseReason, blank=True, editable=False
    )
    ended_because = models.CharField(
        _("afbrudt, fordi"), max_length=10, choices=Ending, blank=True, editable=False
    )
    summary = models.TextField(_("epikrise"), blank=True)
    follow_up_by_gp = models.BooleanField(_("opfølgning i almen praksis anbefales"), null=True)
    follow_up_advice = models.TextField(_("anbefaling til egen læge"), blank=True)

    get_paused_because_display: Any
    lifecycle = PATHWAY
    objects: ClassVar[Any] = PathwayQuerySet.as_manager()

    class Meta:
        verbose_name = _("forløb")
        verbose_name_plural = _("forløb")
        constraints: ClassVar = [
            *PATHWAY.constraints("pathway"),
            models.CheckConstraint(
                name="pathway_has_next_step",
                condition=Q(closed_at__isnull=False) | Q(next_step__regex=r"\S"),
                violation_error_message=_("Et åbent forløb skal have et næste skridt."),
            ),
            models.CheckConstraint(
                name="pathway_paused_for_a_reason",
                condition=Q(status=Status.PAUSED, paused_because__in=PauseReason.values)
                | (~Q(status=Status.PAUSED) & Q(paused_because="")),
            ),
            models.CheckConstraint(
                name="pathway_discontinued_by_somebody",
                condition=Q(status=Status.DISCONTINUED, ended_because__in=Ending.values)
                | (~Q(status=Status.DISCONTINUED) & Q(ended_because="")),
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(closed_at__isnull=True),
                name="one_open_pathway_per_patient",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on", "id"], condition=Q(closed_at__isnull=True), name="pathways_open"
            ),
            models.Index(
                fields=["first_visit_by"],
                condition=Q(closed_at__isnull=True, status=Status.WAITING),
                name="pathways_to_be_seen",
            ),
            models.Index(  # mostly empty: for the proof, that closed ones need not be read
                fields=["id"],
                condition=Q(closed_at__isnull=False, status__in=PATHWAY.open_statuses),
                name="pathways_closed_wrongly",
            ),
        ]
        triggers: ClassVar = PATHWAY.case_guards(history="pathways_pathwaytransition")

    def __str__(self) -> str:
        return f"{self.get_track_display()} ({self.get_status_display()})"

    @property
    def standing(self) -> str:
        """Where it stands, in words: a paused one until when."""
        if self.status != Status.PAUSED or self.due_on is None:
            return str(self.get_status_display())
        return told("På pause til %(day)s") % {"day": date_format(self.due_on, "j.n.Y")}


class PathwayTransition(Transition):
    case = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="transitions")
    verb = models.CharField(max_length=20, choices=Verb)

    class Meta(Transition.Meta):
        triggers: ClassVar = [
            *Transition.Meta.triggers,
            PATHWAY.history_guard(case="pathways_pathway"),
        ]
