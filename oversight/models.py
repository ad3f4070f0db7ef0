"""Backtests and proofs, kept as they were found.

A backtest is what a draft of the rules would have said of past referrals; a proof is what one night
showed of promise 1.
"""

from typing import Any, ClassVar, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from admission.destinations import Destination
from admission.models import RuleSet
from admission.rules import Rules
from casework.guards import FROZEN
from pathways.tracks import Track
from referrals.models import Judgement, Referral
from staff.models import User


class BacktestQuerySet(models.QuerySet["Backtest", "Backtest"]):
    def running(self) -> Self:
        return self.filter(finished_at=None, stopped_at=None)


class Backtest(models.Model):
    """One draft, as it read at one time, held against the referrals received in a period.

    The referrals are judged anew by the version the draft was begun from (``base_number``) and by
    ``content``, both on the facts last kept, so that whatever differs comes from the rules alone.
    ``newest_judgement`` is the newest there was at the start. Final once finished or stopped.
    """

    draft = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="backtests")
    draft_version = models.PositiveIntegerField()
    base_number = models.PositiveIntegerField()
    content = models.JSONField()
    period_from = models.DateField(_("modtaget fra"))
    period_to = models.DateField(_("modtaget til"))
    referrals = models.PositiveIntegerField()
    newest_judgement = models.PositiveBigIntegerField()
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    result: Any = models.JSONField(null=True)
    stopped_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    stopped_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = BacktestQuerySet.as_manager()
    parts: Any
    flips: Any

    class Meta:
        ordering = ("-pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft", "draft_version"],
                condition=Q(finished_at__isnull=True, stopped_at__isnull=True),
                name="one_running_backtest_per_wording",
            ),
            models.CheckConstraint(
                name="backtest_period_runs_forward",
                condition=Q(period_to__gte=F("period_from")),
            ),
            models.CheckConstraint(
                name="backtest_finished_with_a_result_or_stopped_by_somebody",
                condition=Q(finished_at__isnull=True, result__isnull=True)
                & (
                    Q(stopped_at__isnull=True, stopped_by__isnull=True)
                    | Q(stopped_at__isnull=False, stopped_by__isnull=False)
                )
                | Q(finished_at__isnull=False, result__isnull=False)
                & Q(stopped_at__isnull=True, stopped_by__isnull=True),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ended_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__finished_at__isnull=False)
                | pgtrigger.Q(old__stopped_at__isnull=False),
            ),
        ]

    @property
    def is_running(self) -> bool:
        return self.finished_at is None and self.stopped_at is None

    @property
    def rules(self) -> Rules:
        """The rules of the draft as it was tested."""
        return Rules.from_json(self.content)


class BacktestPart(models.Model):
    """Some of a backtest's referrals, by number; what is found of them is written all at once.

    ``tries`` counts how often it failed: after `MOST_TRIES` nobody tries again.
    """

    MOST_TRIES = 3

    backtest = models.ForeignKey(Backtest, on_delete=models.PROTECT, related_name="parts")
    first_pk = models.PositiveBigIntegerField()
    last_pk = models.PositiveBigIntegerField()
    tries = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    counts = models.JSONField(null=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="part_done_with_its_counts",
                condition=Q(done_at__isnull=True, counts__isnull=True)
                | Q(done_at__isnull=False, counts__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["backtest", "id"], condition=Q(done_at__isnull=True), name="parts_to_do"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="done_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__done_at__isnull=False),
            ),
        ]


class Flip(models.Model):
    """One referral that the draft judges otherwise than the version before it.

    ``verdicts`` holds the criteria that differ, ``{code: [before, after]}``, null for one that is
    not asked. ``destinations_before`` and ``_after`` are the places proposed instead. ``deciding``
    are the codes of what makes the difference, ``TRACK`` among them. ``judgement`` keeps the facts
    that were judged.
    """

    TRACK = "track"

    backtest = models.ForeignKey(Backtest, on_delete=models.PROTECT, related_name="flips")
    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="+")
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT, related_name="+")
    verdicts = models.JSONField()
    track_before = models.CharField(max_length=20, choices=Track, blank=True)
    track_after = models.CharField(max_length=20, choices=Track, blank=True)
    destinations_before = ArrayField(
        models.CharField(max_length=20, choices=Destination), default=list
    )
    destinations_after = ArrayField(
        models.CharField(max_length=20, choices=Destination), default=list
    )
    deciding = ArrayField(models.CharField(max_length=40))
    all_met_before = models.BooleanField()
    all_met_after = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["backtest", "referral"], name="one_flip_per_referral_and_backtest"
            ),
        ]
        triggers: ClassVar = FROZEN


class Proof(models.Model):
    """What one night's proof found: a number for each `oversight.proof.Figure` of that time.

    ``holds`` says whether all were 0 that had to be.
    """

    night = models.DateField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    figures = models.JSONField()
    holds = models.BooleanField()

    class Meta:
        ordering = ("-night",)
        verbose_name = _("kontrol")
        verbose_name_plural = _("kontroller")
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.night:%Y-%m-%d}"
