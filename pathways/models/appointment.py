"""The times agreed with a patient."""

import datetime as dt
from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.guards import NEVER_DELETED, NEVER_EMPTIED
from pathways.models.pathway import Pathway
from staff.models import User


class AppointmentQuerySet(models.QuerySet["Appointment", "Appointment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(pathway__in=Pathway.objects.visible_to(user))

    def booked(self) -> Self:
        return self.filter(status=Appointment.Status.BOOKED)

    def upcoming(self, now: dt.datetime) -> Self:
        return self.booked().filter(starts_at__gte=now).order_by("starts_at")

    def without_interpreter(self) -> Self:
        """Those whose patient needs an interpreter in a language that none is booked for."""
        needed = "pathway__patient__interpreter_language"
        return self.exclude(**{needed: ""}).exclude(**{needed: F("interpreter_language")})


@pghistory.track(append_only=True)
class Appointment(models.Model):
    """A time agreed with a patient. Moving it changes the row; its history is kept.

    ``interpreter_language`` is what an interpreter is booked for, ``interpreter_from`` the agency
    or its number. A booking is of one time: it ends when the appointment is moved or cancelled.
    """

    class Form(models.TextChoices):
        VISIT = "visit", _("fremmøde")
        VIDEO = "video", _("video")
        PHONE = "phone", _("telefon")

    class Status(models.TextChoices):
        BOOKED = "booked", _("booket")
        ATTENDED = "attended", _("mødt")
        STAYED_AWAY = "stayed_away", _("udeblevet")
        CANCELLED = "cancelled", _("aflyst")

    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="appointments")
    clinician = models.ForeignKey(
        User, verbose_name=_("hos"), on_delete=models.PROTECT, related_name="appointments"
    )
    starts_at = models.DateTimeField(_("tidspunkt"))
    minutes = models.PositiveSmallIntegerField(_("minutter"), default=30)
    form = models.CharField(_("form"), max_length=8, choices=Form, default=Form.VISIT)
    status = models.CharField(max_length=12, choices=Status, default=Status.BOOKED, editable=False)
    booked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    booked_at = models.DateTimeField(default=timezone.now, editable=False)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, editable=False)
    why = models.CharField(_("begrundelse"), max_length=300, blank=True)
    interpreter_language = models.CharField(
        _("tolk er bestilt, sprog"), max_length=60, blank=True, editable=False
    )
    interpreter_from = models.CharField(
        _("tolk, bureau eller nummer"), max_length=100, blank=True, editable=False
    )
    interpreter_by = models.ForeignKey(
        User, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    interpreter_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at",)
        verbose_name = _("tid")
        verbose_name_plural = _("tider")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="appointment_settled_by_somebody",
                condition=Q(status="booked", settled_at__isnull=True, settled_by__isnull=True)
                | (~Q(status="booked") & Q(settled_at__isnull=False, settled_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="appointment_lasts_a_while", condition=Q(minutes__gte=5, minutes__lte=480)
            ),
            models.CheckConstraint(
                name="appointment_interpreter_booked_by_somebody",
                condition=Q(
                    interpreter_language="",
                    interpreter_from="",
                    interpreter_by__isnull=True,
                    interpreter_at__isnull=True,
                )
                | (
                    ~Q(interpreter_language="")
                    & Q(interpreter_by__isnull=False, interpreter_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="no_interpreter_for_what_is_cancelled",
                condition=~Q(status="cancelled") | Q(interpreter_language=""),
            ),
            models.UniqueConstraint(
                fields=["clinician", "starts_at"],
                condition=Q(status="booked"),
                name="one_appointment_at_a_time",
                violation_error_message=_("Behandleren har allerede en tid på det tidspunkt."),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["starts_at"], condition=Q(status="booked"), name="appointments_booked"
            )
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="allowed_moves",
                field="status",
                transitions=[
                    ("booked", "attended"),
                    ("booked", "stayed_away"),
                    ("booked", "cancelled"),
                ],
            ),
            NEVER_DELETED,
            NEVER_EMPTIED,
        ]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.starts_at):%d.%m.%Y %H.%M} ({self.get_status_display()})"

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def lacks_interpreter(self) -> bool:
        """Whether the patient needs an interpreter in a language that none is booked for."""
        needed = self.pathway.patient.interpreter_language
        return bool(needed) and needed != self.interpreter_language

    @property
    def awaits_interpreter(self) -> bool:
        """Whether an interpreter is still to be booked."""
        is_to_come = self.status == self.Status.BOOKED and self.starts_at > timezone.now()
        return is_to_come and self.lacks_interpreter
