"""Letters, kept as they were signed: their words, the PDF made of them, and its fingerprint."""

from collections.abc import Callable
from typing import Any, ClassVar, Self

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.guards import NEVER_DELETED, NEVER_EMPTIED
from patients.models import LetterLanguage, Patient
from staff.models import ReferringUnit, User
from staff.permissions import Permission

# Whose patients a person treats: the rooms above say, when they start.
treated_by: list[Callable[[User], "models.QuerySet[Patient]"]] = []


class LetterQuerySet(models.QuerySet["Letter", "Letter"]):
    def visible_to(self, user: User) -> Self:
        """Every letter, to those who work with all patients; a unit's own, to its people.

        To others those about the patients whom they treat now, whoever they were written to.
        """
        if user.has_perm(Permission.VIEW_ALL_PATIENTS):
            return self
        if user.unit_id:
            return self.filter(unit=user.unit_id)
        found = self.none()
        for patients in treated_by:
            found |= self.filter(patient__in=patients(user))
        return found

    def without_pages(self) -> Self:
        """For lists: the PDFs stay in the database."""
        return self.defer("pdf")


class Letter(models.Model):
    """One letter to one recipient, under a business key that makes it be written once.

    ``content`` is what it says (`letters.content.Content`), in ``language``. Its words are frozen
    when it is written; ``pdf`` is made of them once, with its ``sha256``. A letter that was wrong
    is replaced by a new one that says so, never changed. ``replaces_because`` is told in the house
    only.
    """

    class Kind(models.TextChoices):
        NOTICE = "notice", _("besked om modtagelse i centret")
        APPOINTMENT = "appointment", _("tid")
        APPOINTMENT_MOVED = "appointment_moved", _("ændret tid")
        APPOINTMENT_CANCELLED = "appointment_cancelled", _("aflyst tid")
        REMINDER = "reminder", _("påmindelse om tid")
        PATIENT_REDIRECTED = "patient_redirected", _("besked om, hvor der hjælpes bedre")
        PATIENT_DECLINED = "patient_declined", _("besked om, at centret ikke har et tilbud")
        PATIENT_DISCHARGED = "patient_discharged", _("afslutning, til patienten")
        RECEIPT = "receipt", _("kvittering")
        QUESTION = "question", _("spørgsmål til henviser")
        ACCEPTED = "accepted", _("modtagelse, til henviser")
        REDIRECTED = "redirected", _("omvisitering, til henviser")
        DECLINED = "declined", _("afvisning, til henviser")
        ADVICE = "advice", _("råd til praksis")
        DISCHARGE = "discharge", _("epikrise")
        FORWARDED = "forwarded", _("videresendt henvisning")

    Language = LetterLanguage

    key = models.CharField(max_length=120, unique=True, editable=False)
    kind = models.CharField(_("art"), max_length=24, choices=Kind)
    language = models.CharField(_("sprog"), max_length=2, choices=Language, default=Language.DANISH)
    recipient = models.CharField(_("modtager"), max_length=140)
    address = models.CharField(_("adresse"), max_length=200, blank=True)
    content = models.JSONField(_("indhold"))
    about = models.CharField(max_length=40, blank=True, editable=False)
    patient = models.ForeignKey(
        Patient, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    unit = models.ForeignKey(
        ReferringUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    written_at = models.DateTimeField(_("skrevet"), default=timezone.now, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="letters_signed",
    )
    signed_name = models.CharField(max_length=120, blank=True)
    signed_role = models.CharField(max_length=60, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    replaces_because = models.TextField(_("begrundelse"), blank=True)
    pdf = models.BinaryField(null=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    made_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        verbose_name = _("brev")
        verbose_name_plural = _("breve")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="letter_made_with_its_fingerprint",
                condition=Q(pdf__isnull=True, sha256="", made_at__isnull=True)
                | Q(pdf__isnull=False, sha256__regex=r"^[0-9a-f]{64}$", made_at__isnull=False),
            ),
            models.CheckConstraint(
                name="letter_signed_with_name_and_role",
                condition=Q(signed_by__isnull=True, signed_name="", signed_role="")
                | (Q(signed_by__isnull=False) & ~Q(signed_name="") & ~Q(signed_role="")),
            ),
            models.CheckConstraint(
                name="letter_says_why_only_when_it_replaces",
                condition=Q(replaces__isnull=False) | Q(replaces_because=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["about"], condition=~Q(about=""), name="letters_about"),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(name="words_are_frozen", exclude=["pdf", "sha256", "made_at"]),
            pgtrigger.Protect(
                name="made_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__pdf__isnull=False),
            ),
            NEVER_DELETED,
            NEVER_EMPTIED,
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_language_display()})"

    @property
    def is_to_patient(self) -> bool:
        """Whether the patient gets it; a letter about a patient goes to a unit or another house."""
        to_others = self.unit_id is not None or self.kind == self.Kind.FORWARDED
        return self.patient_id is not None and not to_others

    @property
    def signature(self) -> str:
        """Name and role of who signed it, as they were then; empty for one that nobody signed."""
        return f"{self.signed_name} ({self.signed_role})" if self.signed_name else ""

    @property
    def replacement(self) -> "Letter | None":
        """The letter that replaces this one, if one does."""
        return getattr(self, "replaced_by", None)
