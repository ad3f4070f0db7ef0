"""Messages that leave the house, each under a business key that makes it happen once.

Beside them stands how it went: each attempt to hand one over, and when the practice opened it.
"""

import datetime as dt
from datetime import UTC
from typing import Any, ClassVar, Final, Self
from uuid import UUID, uuid5

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from letters.models import Letter
from patients.models import Patient
from staff.models import ReferringUnit, User
from staff.permissions import Permission

IDENTITIES: Final = UUID("8d7f2a4e-6a0b-4c53-9d0c-1f6d2b9f5e31")

# What the practice must have seen before it counts as delivered (see correspondence.openings).
ANSWERS: Final = ("question", "decision", "advice", "discharge")
IS_AN_ANSWER: Final = Q(channel="portal", kind__in=ANSWERS)


class MessageQuerySet(models.QuerySet["Message", "Message"]):
    def waiting(self) -> Self:
        """Messages that are still to be delivered."""
        return self.filter(status=Message.Status.QUEUED)

    def due(self, now: dt.datetime) -> Self:
        """Waiting messages whose next attempt may be made."""
        return self.waiting().filter(next_attempt_at__lte=now)

    def about(self, subject: str) -> Self:
        return self.filter(about=subject)

    def visible_to(self, user: User) -> Self:
        """All of them, to those who look after the outbox; nobody else's work needs it."""
        return self if user.has_perm(Permission.VIEW_OUTBOX) else self.none()


class Message(models.Model):
    """One message to one recipient. Its words are frozen when it is posted."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("kvittering")
        QUESTION = "question", _("spørgsmål til henviser")
        QUESTION_REMINDER = "question_reminder", _("påmindelse til henviser")
        DECISION = "decision", _("visitationssvar")
        ADVICE = "advice", _("råd til praksis")
        PATIENT_NOTICE = "patient_notice", _("brev til patienten")
        APPOINTMENT = "appointment", _("tid")
        REMINDER = "reminder", _("påmindelse om tid")
        DISCHARGE = "discharge", _("afslutningsbrev")
        WAITING = "waiting", _("frist")
        NOTICE = "notice", _("advis")

    class Channel(models.TextChoices):
        PORTAL = "portal", _("portalen")
        DIGITAL_POST = "digital_post", _("Digital Post")
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("SMS")
        LETTER = "letter", _("brev på papir")

    class Status(models.TextChoices):
        QUEUED = "queued", _("i kø")
        SENT = "sent", _("sendt")
        UNCERTAIN = "uncertain", _("måske sendt")
        FAILED = "failed", _("mislykket")
        WITHDRAWN = "withdrawn", _("trukket tilbage")

    key = models.CharField(max_length=120, unique=True, editable=False)
    kind = models.CharField(_("art"), max_length=20, choices=Kind)
    channel = models.CharField(_("kanal"), max_length=12, choices=Channel)
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    recipient = models.CharField(_("modtager"), max_length=140)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    subject = models.CharField(_("emne"), max_length=200, blank=True)
    body = models.TextField(_("tekst"))
    about = models.CharField(max_length=40, blank=True, editable=False)
    patient = models.ForeignKey(
        Patient, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    unit = models.ForeignKey(
        ReferringUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="messages",
    )
    status = models.CharField(_("tilstand"), max_length=10, choices=Status, default=Status.QUEUED)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    next_attempt_at = models.DateTimeField(default=timezone.now, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    last_error = models.CharField(max_length=300, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[Any] = MessageQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("meddelelse")
        verbose_name_plural = _("meddelelser")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="message_sent_has_its_time",
                condition=Q(status="sent", sent_at__isnull=False)
                | (~Q(status="sent") & Q(sent_at__isnull=True)),
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_attempt_at"], condition=Q(status="queued"), name="messages_to_deliver"
            ),
            models.Index(fields=["about"], condition=~Q(about=""), name="messages_about"),
            models.Index(fields=["-created_at", "-id"], name="messages_newest_first"),
            models.Index(
                fields=["-created_at", "-id"],
                condition=Q(status="failed"),
                name="messages_failed",
            ),
            models.Index(
                fields=["created_at", "id"], condition=IS_AN_ANSWER, name="messages_answers"
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="allowed_moves",
                field="status",
                transitions=[
                    ("queued", "sent"),
                    ("queued", "uncertain"),
                    ("queued", "failed"),
                    ("queued", "withdrawn"),
                    ("uncertain", "sent"),
                    ("uncertain", "queued"),
                    ("failed", "queued"),
                    ("failed", "withdrawn"),
                ],
            ),
            pgtrigger.ReadOnly(
                name="words_are_frozen",
                fields=[
                    "key",
                    "kind",
                    "channel",
                    "letter",
                    "recipient",
                    "address",
                    "subject",
                    "body",
                    "about",
                    "created_at",
                ],
            ),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_status_display()})"

    @property
    def identity(self) -> UUID:
        """The message's name to the world outside: the same at every try, and its alone.

        A row number would come again in a database that was made anew.
        """
        return uuid5(IDENTITIES, f"{self.key} {self.created_at.astimezone(UTC).isoformat()}")

    @property
    def addressee(self) -> str:
        """Whom it is for, without naming a patient."""
        if self.unit:
            return self.unit.name
        if self.to_user:
            return str(self.to_user.name)
        return self.recipient if self.kind == self.Kind.WAITING else str(_("patienten"))


APPEND_ONLY = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Attempt(models.Model):
    """One try to hand a message over, written down before it is made.

    Without an outcome it is being made, or whoever made it was stopped in the middle: then nobody
    knows whether the message left.
    """

    class Outcome(models.TextChoices):
        SENT = "sent", _("afleveret")
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
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.get_outcome_display()}"


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
        triggers: ClassVar = APPEND_ONLY

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.at:%Y-%m-%d %H:%M}"
