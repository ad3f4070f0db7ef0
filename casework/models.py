"""The shape that every case shares: a status with a due date, and a history nobody can rewrite."""

import datetime as dt
from typing import Any, ClassVar, Protocol, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casework.guards import FROZEN
from casework.lifecycle import Lifecycle
from casework.moments import day_and_time


class Actor(Protocol):
    """Who does something: a user with a name and a role in words."""

    pk: Any

    def get_full_name(self) -> str: ...

    def get_role_display(self) -> str: ...


class CaseQuerySet(models.QuerySet[Any, Any]):
    """Cases, asked for in the words of the house."""

    def still_open(self) -> Self:
        return self.filter(closed_at__isnull=True)

    def overdue(self, on: dt.date) -> Self:
        """Open cases whose due date lies before the day."""
        return self.still_open().filter(due_on__lt=on)


class Case(models.Model):
    """Something that must not fall through: referral or pathway.

    ``version`` counts the transitions; a form carries the version it was read at.
    """

    version = models.PositiveIntegerField(default=0, editable=False)
    status_since = models.DateTimeField(editable=False)
    due_on = models.DateField(gettext_lazy("frist"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    status: str
    lifecycle: ClassVar[Lifecycle]
    transitions: Any

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.lifecycle[self.status].is_open


class Transition(models.Model):
    """One step of a case: who, when, from, to, why. Never changed, never deleted."""

    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=120)
    by_role = models.CharField(max_length=60, blank=True)
    from_status = models.CharField(max_length=30, blank=True)
    to_status = models.CharField(max_length=30)
    why = models.TextField(blank=True)

    get_verb_display: Any

    class Meta:
        abstract = True
        ordering = ("sequence",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "sequence"], name="%(app_label)s_%(class)s_one_per_step"
            )
        ]
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return self.sentence

    @property
    def signature(self) -> str:
        """Name and role at the time of the step: no decision is anonymous."""
        return f"{self.by_name} ({self.by_role})" if self.by_role else self.by_name

    @property
    def sentence(self) -> str:
        """Who did what when, as one reads it aloud."""
        return _("%(who)s %(did)s %(when)s") % {
            "who": self.signature,
            "did": self.get_verb_display(),
            "when": day_and_time(self.at),
        }


class DeadlineNotice(models.Model):
    """That a due date was told of: once for each case, clock, day and stage. Never changed.

    ``of`` and ``case_id`` are the kind of case and its number, ``clock`` which of its due dates.
    ``told`` is the owner who was told; without one it was the visitation, or, of what is
    escalated, the managers. ``run`` says in which e-mails: their keys begin with it.
    """

    class Stage(models.TextChoices):
        SOON = "soon", gettext_lazy("fristen er nær")
        OVERDUE = "overdue", gettext_lazy("over fristen")
        ESCALATED = "escalated", gettext_lazy("stadig over fristen")

    of = models.CharField(max_length=12)
    clock = models.CharField(max_length=12)
    case_id = models.BigIntegerField()
    due_on = models.DateField()
    stage = models.CharField(max_length=9, choices=Stage)
    at = models.DateTimeField(default=timezone.now)
    told = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    run = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["of", "case_id", "clock", "due_on", "stage"], name="each_notice_once"
            )
        ]
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.of} {self.case_id}: {self.get_stage_display()} {self.due_on}"
