"""The day's letters on paper, as they were printed, and that somebody put them in the post."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.guards import FROZEN


class PrintRunQuerySet(models.QuerySet["PrintRun", "PrintRun"]):
    def without_pages(self) -> Self:
        """For lists: the PDFs stay in the database."""
        return self.defer("pdf")

    def to_post(self) -> Self:
        """Those with letters that nobody has put in the post yet.

        Each with how many are ``printed``, and how many of them ``overtaken``: to be taken out.
        """
        overtaken = Count("messages", filter=Q(messages__is_overtaken=True))
        waiting = self.filter(messages__status="printed")
        return waiting.annotate(printed=Count("messages"), overtaken=overtaken)


class PrintRun(models.Model):
    """All the letters of a day that cannot go digitally, in one PDF with a list of them on top.

    Its letters are printed, and sent once somebody has said so: `Dispatch`.
    """

    day = models.DateField(_("dag"), unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    letters = models.PositiveIntegerField(_("breve"))
    pages = models.PositiveIntegerField(_("sider"))
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    printed: int  # both of those that PrintRunQuerySet.to_post gives
    overtaken: int

    objects: ClassVar[Any] = PrintRunQuerySet.as_manager()

    class Meta:
        ordering = ("-day",)
        verbose_name = _("dagens breve på papir")
        verbose_name_plural = _("dagenes breve på papir")
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d}"


class Dispatch(models.Model):
    """That a run's letters were put into envelopes and in the post: by whom and when, once.

    Runs from before this was asked for have none; their letters stand as sent.
    """

    run = models.OneToOneField(PrintRun, on_delete=models.PROTECT, related_name="dispatch")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("afsendelse")
        verbose_name_plural = _("afsendelser")
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.by_name} {self.at:%Y-%m-%d %H:%M}"
