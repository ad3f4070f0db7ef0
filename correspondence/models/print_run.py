"""The day's letters on paper, as they were printed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.guards import FROZEN


class PrintRun(models.Model):
    """All the letters of a day that cannot go digitally, in one PDF with a list of them on top."""

    day = models.DateField(_("dag"), unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    letters = models.PositiveIntegerField(_("breve"))
    pages = models.PositiveIntegerField(_("sider"))
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("-day",)
        verbose_name = _("dagens breve på papir")
        verbose_name_plural = _("dagenes breve på papir")
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"
