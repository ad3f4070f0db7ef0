"""How long patients wait in other places, as the centre knows it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _


class WaitingTime(models.Model):
    """The wait at another place in whole weeks, as somebody knew it on a day, and from where.

    It is told to the patients who are received (sundhedsloven § 90, stk. 1, no. 4) while it is new
    enough (`referrals.elsewhere`); what a letter told stays in the letter.
    """

    place = models.CharField(_("sted"), max_length=100, unique=True)
    weeks = models.PositiveSmallIntegerField(
        _("ventetid i uger"), help_text=_("0 betyder under en uge.")
    )
    known_on = models.DateField(_("oplyst den"), default=timezone.localdate)
    source = models.CharField(
        _("kilde"), max_length=200, help_text=_("Hvor tallet står, eller hvem der har oplyst det.")
    )

    class Meta:
        ordering = ("weeks", "place")
        verbose_name = _("ventetid et andet sted")
        verbose_name_plural = _("ventetider andre steder")

    def __str__(self) -> str:
        return self.place

    def clean(self) -> None:
        if self.known_on and self.known_on > timezone.localdate():
            raise ValidationError({"known_on": told("Dagen er ikke kommet endnu.")})
