"""Messages that leave the house, each under a business key that makes it happen once."""

import datetime as dt
from datetime import UTC
from typing import Any, ClassVar, Final, Self
from uuid import UUID, uuid5

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.guards import NEVER_DELETED, NEVER_EMPTIED
from correspondence.models.print_run import PrintRun
from letters.models import Letter
from patients.models import Patient
from staff.models import ReferringUnit, User
from staff.permissions import Permission

IDENTITIES: Final = UUID("8d7f2a4e-6a0b-4c53-9d0c-1f6d2b9f5e31")

ON_PAPER: Final = ":paper"  # ends the key of the letter that goes in a message's place
BESIDE: Final = ":notice"  # ends the key of the e-mail that says that a letter is in the portal

# What the practice must have seen before it counts as delivered (see correspondence.openings).
ANSWERS: Final = ("question", "decision", "advice", "discharge")
IS_AN_ANSWER: Final = Q(channel="portal", kind__in=ANSWERS)

# SMS and e-mail are open to others' eyes: they say that there is something, and nothing clinical.
OPEN_CHANNELS: Final = ("sms", "email")
NOTICES: Final = ("appointment", "reminder", "waiting", "notice")


class MessageQuerySet(models.QuerySet["Message", "Message"]):
    def waiting(self) -> Self:
        """Messages that are still to be delivered."""
        return self.filter(status=Message.Status.QUEUED)

    def due(self, now: dt.datetime) -> Self:
        """Waiting messages whose next attempt may be made."""
        return self.waiting().filter(next_attempt_at__lte=now)

    def undelivered(self) -> Self:
        """Messages that somebody must look at: they failed, or nobody knows whether they left.

        Not those that Digital Post refused and that went on paper instead.
        """
        on_paper = Message.objects.filter(key=Concat(OuterRef("key"), Value(ON_PAPER)))
        return self.filter(
            Q(status=Message.Status.UNCERTAIN)
            | (Q(status=Message.Status.FAILED) & ~Exists(on_paper))
        )

    def to_look_at(self) -> Self:
        """Messages that wait for a person: in doubt, failed, or printed and not in the post."""
        return self.undelivered() | self.filter(status=Message.Status.PRINTED)

    def in_state(self, status: str) -> Self:
        """Those in a state, as the outbox counts them: what went on paper has not failed."""
        found = self.undelivered() if status == Message.Status.FAILED else self
        return found.filter(status=status)

    def with_letters(self) -> Self:
        """Each with its letter, and what that replaces or is replaced by, without their pages."""
        letters = ("letter", "letter__replaces", "letter__replaced_by")
        pages = [f"{letter}__{field}" for letter in letters for field in ("pdf", "content")]
        return self.select_related(*letters).defer(*pages).prefetch_related("letter__messages")

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
        PRINTED = "printed", _("printet")  # not sent before a person says that it is in the post
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
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    # What it tells of has changed since: it was withdrawn, is printed and to be taken out, or may
    # have left and is not sent again.
    is_overtaken = models.BooleanField(default=False, editable=False)
    is_seen = models.BooleanField(default=False, editable=False)  # kept by the database: Opening
    print_run = models.ForeignKey(
        PrintRun, null=True, blank=True, on_delete=models.PROTECT, related_name="messages"
    )

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
            ),
            models.CheckConstraint(
                name="message_in_the_open_is_a_notice",
                condition=~Q(channel__in=OPEN_CHANNELS) | Q(kind__in=NOTICES, letter__isnull=True),
            ),
            models.CheckConstraint(
                name="message_printed_in_a_run",
                condition=~Q(status="printed") | Q(print_run__isnull=False),
            ),
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
                fields=["-created_at", "-id"],
                condition=Q(status="uncertain"),
                name="messages_uncertain",
            ),
            models.Index(
                fields=["print_run"], condition=Q(status="printed"), name="messages_printed"
            ),
            models.Index(
                fields=["created_at", "id"],
                condition=IS_AN_ANSWER & Q(is_seen=False),
                name="messages_unseen",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="allowed_moves",
                field="status",
                transitions=[
                    ("queued", "sent"),
                    ("queued", "printed"),
                    ("queued", "uncertain"),
                    ("queued", "failed"),
                    ("queued", "withdrawn"),
                    ("printed", "sent"),
                    ("printed", "withdrawn"),
                    ("uncertain", "sent"),
                    ("uncertain", "queued"),
                    ("uncertain", "withdrawn"),
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
            pgtrigger.Protect(
                name="printed_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__print_run__isnull=False)
                & pgtrigger.Q(old__print_run__df=pgtrigger.F("new__print_run")),
            ),
            pgtrigger.Protect(
                name="overtaken_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__is_overtaken=True, new__is_overtaken=False),
            ),
            pgtrigger.Trigger(
                name="seen_by_an_opening",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("is_seen"),
                when=pgtrigger.Before,
                func="IF NEW.is_seen <> EXISTS (SELECT FROM correspondence_opening"
                " WHERE message_id = NEW.id) THEN"
                " RAISE EXCEPTION 'is_seen says otherwise than the openings'; END IF; RETURN NEW;",
            ),
            NEVER_DELETED,
            NEVER_EMPTIED,
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
        if self.patient_id is None or self.kind in ANSWERS:  # an answer goes to another house
            return self.recipient
        return str(_("patienten"))
