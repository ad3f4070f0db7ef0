"""That the practice knows what a message says."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.guards import FROZEN
from correspondence.models.message import Message


class Opening(models.Model):
    """That the practice knows what a message says: it was opened, or the centre phoned about it.

    What was sent before openings were kept stands as such, by nobody: it is not known whether it
    was read, and nobody is to phone about answers of long ago.
    """

    class How(models.TextChoices):
        OPENED = "opened", _("åbnet")
        PHONED = "phoned", _("ringet op")
        BEFORE = "before", _("sendt, før åbninger blev noteret")

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="opening")
    how = models.CharField(max_length=6, choices=How)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("notat"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("åbning")
        verbose_name_plural = _("åbninger")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="opening_by_somebody_or_before",
                condition=Q(how="opened", by__isnull=False)
                | (Q(how="phoned", by__isnull=False) & ~Q(note=""))
                | Q(how="before", by__isnull=True),
            )
        ]
        triggers: ClassVar = [
            *FROZEN,
            # So that what nobody has opened is found without looking at all that somebody has.
            pgtrigger.Trigger(
                name="marks_as_seen",
                operation=pgtrigger.Insert,
                when=pgtrigger.After,
                func="UPDATE correspondence_message SET is_seen = TRUE WHERE id = NEW.message_id;"
                " RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.at:%Y-%m-%d %H:%M}"


class CallInVain(models.Model):
    """That the centre phoned a practice about an answer and reached nobody. Never changed."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="calls_in_vain")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(_("notat"), max_length=300, blank=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("forgæves opkald")
        verbose_name_plural = _("forgæves opkald")
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.by} {self.at:%Y-%m-%d %H:%M}"
