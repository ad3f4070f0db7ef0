"""What a patient took on a day, as a person recorded it. Never changed, never deleted."""

from typing import Any, ClassVar, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.guards import FROZEN
from medication.reading_list import MedicationReading
from patients.models import Patient


class MedicationListQuerySet(models.QuerySet["MedicationList", "MedicationList"]):
    def of(self, patient: Patient) -> Self:
        """The patient's lists, the newest first."""
        return self.filter(patient=patient).order_by("-as_of", "-pk")


class MedicationList(models.Model):
    """A patient's medicine as of a day: the lines as written, how they were read, the total.

    ``is_confirmed``: the person who recorded it saw the reading and said that it is right. It is
    kept with the factor-set version that summed it, and is never read anew.
    Numbers are mg of oral morphine a day; ``lowest`` and ``highest`` span the factor sets.
    """

    class Source(models.TextChoices):
        REFERRAL = "referral", _("henvisning")
        CLINIC = "clinic", _("smertecentret")

    key = models.CharField(max_length=120, unique=True, editable=False)
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="medication_lists")
    as_of = models.DateField(_("pr."))
    lines = ArrayField(models.TextField(), verbose_name=_("medicin"))
    reading = models.JSONField(editable=False)
    regular_mg = models.DecimalField(max_digits=16, decimal_places=6, editable=False)
    as_needed_mg = models.DecimalField(max_digits=16, decimal_places=6, editable=False)
    lowest_mg = models.DecimalField(max_digits=16, decimal_places=6, editable=False)
    highest_mg = models.DecimalField(max_digits=16, decimal_places=6, editable=False)
    at_least = models.BooleanField(editable=False)
    factor_set = models.CharField(max_length=40, editable=False)
    source = models.CharField(_("kilde"), max_length=10, choices=Source)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    is_confirmed = models.BooleanField(_("bekræftet"), default=False, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[Any] = MedicationListQuerySet.as_manager()

    class Meta:
        verbose_name = _("medicinliste")
        verbose_name_plural = _("medicinlister")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="medication_total_within_its_span",
                condition=Q(lowest_mg__lte=F("regular_mg"), highest_mg__gte=F("regular_mg")),
            ),
            models.CheckConstraint(
                name="medication_doses_not_negative",
                condition=Q(lowest_mg__gte=0, as_needed_mg__gte=0),
            ),
        ]
        indexes: ClassVar = [
            models.Index(F("patient"), F("as_of").desc(), name="medication_lists_of_patient")
        ]
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{_('Medicinliste')} {self.as_of:%d.%m.%Y}"

    @property
    def as_needed_at_least(self) -> bool:
        """Whether the as-needed total may be too low."""
        return self.as_read().equivalents.as_needed_at_least

    def as_read(self) -> MedicationReading:
        """The reading as it was recorded."""
        return MedicationReading.from_json(self.reading)
