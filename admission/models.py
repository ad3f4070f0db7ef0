"""Versions of the centre's rules: drafted by one person, approved by another, then final."""

from datetime import date
from typing import Any, ClassVar, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from admission.rules import DRAFT_NUMBER, Rules
from casework.guards import NEVER_DELETED, NEVER_EMPTIED
from staff.models import User
from staff.permissions import Role


class RuleSetQuerySet(models.QuerySet["RuleSet", "RuleSet"]):
    def drafts(self) -> Self:
        return self.filter(status=RuleSet.Status.DRAFT)

    def approved(self) -> Self:
        """The one approved last first."""
        return self.filter(status=RuleSet.Status.APPROVED).order_by("-number")

    def in_force(self, on: date) -> Self:
        """Those begun by a day; the first of them holds: what was approved last replaces what was
        approved before it, also what had not begun yet."""
        return self.approved().filter(valid_from__lte=on)


class RuleSet(models.Model):
    """One version, as a draft or approved. The first version is the deck's and stands in no row.

    ``content`` is what `Rules.from_json` reads. ``based_on`` is the number of the version that the
    draft began from; ``number`` is given on approval. ``version`` counts the changes of a draft, so
    that two people do not overwrite each other. ``answers`` are those of the approval over a
    table of cases (`admission.answers_kept`). Who did what is kept with the role of the day, as
    the role's code, so that it can be read in both languages.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("kladde")
        APPROVED = "approved", _("godkendt")
        DISCARDED = "discarded", _("kasseret")

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    number = models.PositiveIntegerField(null=True, unique=True)
    content = models.JSONField()
    based_on = models.PositiveIntegerField()
    answers = models.JSONField(default=list)
    why = models.TextField(_("hvorfor reglerne ændres"))
    version = models.PositiveIntegerField(default=1)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_role = models.CharField(max_length=60, blank=True)
    drafted_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_role = models.CharField(max_length=60, blank=True)
    approved_at = models.DateTimeField(null=True)
    valid_from = models.DateField(_("gælder fra"), null=True)
    discarded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    discarded_role = models.CharField(max_length=60, blank=True)
    discarded_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = RuleSetQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("regelsæt")
        verbose_name_plural = _("regelsæt")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="approved_by_another_person_from_a_day",
                condition=(
                    Q(status="approved", number__isnull=False, valid_from__isnull=False)
                    & Q(approved_by__isnull=False, approved_at__isnull=False)
                    & ~Q(approved_role="")
                    & ~Q(approved_by=F("drafted_by"))
                )
                | (
                    Q(status__in=["draft", "discarded"], number__isnull=True)
                    & Q(valid_from__isnull=True, approved_by__isnull=True, approved_at__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="discarded_by_somebody_some_time",
                condition=Q(
                    status="discarded", discarded_by__isnull=False, discarded_at__isnull=False
                )
                | (
                    Q(status__in=["draft", "approved"], discarded_role="")
                    & Q(discarded_by__isnull=True, discarded_at__isnull=True)
                ),
            ),
        ]
        triggers: ClassVar = [
            NEVER_DELETED,
            NEVER_EMPTIED,
            pgtrigger.Protect(
                name="settled_is_final",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__status="draft"),
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return f"{_('Kladde')} {self.pk}"
        return f"{_('Version')} {self.number}"

    @property
    def drafter(self) -> str:
        """Name and role: no decision is anonymous."""
        return _signature(self.drafted_by, self.drafted_role)

    @property
    def approver(self) -> str:
        return _signature(self.approved_by, self.approved_role)

    @property
    def discarder(self) -> str:
        return _signature(self.discarded_by, self.discarded_role)

    @property
    def rules(self) -> Rules:
        """The rules this version says."""
        return Rules.from_json(self.content, self.number or DRAFT_NUMBER, self.valid_from)


def _signature(person: User | None, role: str) -> str:
    if person is None:
        return ""
    return f"{person.name} ({dict(Role.choices).get(role, role)})" if role else person.name
