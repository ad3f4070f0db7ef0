"""How it went: each attempt to hand a message over, and what people said when that left a doubt."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.guards import FROZEN, NEVER_DELETED, NEVER_EMPTIED
from correspondence.models.message import Message


class Attempt(models.Model):
    """One try to hand a message over, written down before it is made.

    Without an outcome it is being made, or whoever made it was stopped in the middle: then nobody
    knows whether the message left.
    """

    class Outcome(models.TextChoices):
        SENT = "sent", _("afleveret")
        PRINTED = "printed", _("printet")
        PUT_OFF = "put_off", _("udsat")
        FAILED = "failed", _("mislykket")
        UNCERTAIN = "uncertain", _("uvist")

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveIntegerField()
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "number"], name="one_attempt_per_number"),
            models.CheckConstraint(
                name="attempt_ended_with_an_outcome",
                condition=Q(ended_at__isnull=True, outcome="")
                | (Q(ended_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="begun_as_it_was", fields=["message", "number", "began_at"]),
            pgtrigger.Protect(
                name="ended_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__ended_at__isnull=False),
            ),
            NEVER_DELETED,
            NEVER_EMPTIED,
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"


class Verdict(models.Model):
    """What a person said of a message that failed, or of which nobody knew whether it had left.

    ``after`` is the number of the attempt that the person had before them (0 without one): a
    verdict on one attempt is none on the next, and there is one at most.
    """

    class Said(models.TextChoices):
        SENT = "sent", _("den er sendt")
        AGAIN = "again", _("send den igen")
        DROP = "drop", _("den skal ikke sendes")

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="verdicts")
    after = models.PositiveIntegerField()
    said = models.CharField(max_length=5, choices=Said)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("after",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "after"], name="one_verdict_per_attempt")
        ]
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.after}: {self.get_said_display()}"
