"""Patients, and the record of who looked at whom."""

import datetime as dt
import re
from typing import Any, ClassVar, Self

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from casework.guards import FROZEN
from patients.contact import display_phone
from patients.identity import IdentifierKind, Sex, age_on, display
from patients.names import DanishKey, danish_key

DANISH_PHONE_DIGITS = 8
SHORTEST_PHONE_SEARCH = 4
# Kept in Danish whatever language it was told in; pages translate it.
NO_ALLERGIES = "Ingen kendte allergier"


class LetterLanguage(models.TextChoices):
    """The languages that the centre writes letters in."""

    DANISH = "da", _("dansk")
    ENGLISH = "en", _("engelsk")


class PatientQuerySet(models.QuerySet["Patient", "Patient"]):
    def search(self, text: str) -> Self:
        """Patients by the beginning of the number, a phone number, or words of the name."""
        compact = re.sub(r"[\s-]", "", text).upper()
        if not compact:
            return self.none()
        if re.search(r"\d", compact):
            digits = re.sub(r"\D", "", compact)[-DANISH_PHONE_DIGITS:]
            by_phone = Q(phone__endswith=digits) if len(digits) >= SHORTEST_PHONE_SEARCH else Q()
            return self.filter(Q(number__startswith=compact) | by_phone)
        found = self
        for word in text.split():
            found = found.filter(sort_name__contains=danish_key(word))
        return found


@pghistory.track(append_only=True)
class Patient(models.Model):
    """A person who is referred or treated, under one number."""

    number = models.CharField(_("CPR- eller erstatningsnummer"), max_length=10, unique=True)
    number_kind = models.CharField(max_length=24, choices=IdentifierKind)
    birth_date = models.DateField(_("fødselsdato"))
    sex = models.CharField(_("køn"), max_length=6, choices=Sex)
    given_names = models.CharField(_("fornavne"), max_length=70)
    family_name = models.CharField(_("efternavn"), max_length=70)
    street = models.CharField(_("adresse"), max_length=120, blank=True)
    postal_code = models.CharField(_("postnummer"), max_length=4, blank=True)
    city = models.CharField(_("by"), max_length=60, blank=True)
    phone = models.CharField(_("telefon"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    interpreter_language = models.CharField(_("tolk, sprog"), max_length=60, blank=True)
    letter_language = models.CharField(
        _("sprog i breve"), max_length=2, choices=LetterLanguage, default=LetterLanguage.DANISH
    )
    protected_address = models.BooleanField(_("beskyttet adresse"), default=False)
    digital_post_exempt = models.BooleanField(_("fritaget for Digital Post"), default=False)
    allergies = models.TextField(_("allergier"), blank=True)
    relative_name = models.CharField(_("pårørende"), max_length=120, blank=True)
    relative_phone = models.CharField(_("pårørendes telefon"), max_length=20, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sort_name = models.GeneratedField(
        expression=DanishKey(Concat("family_name", Value(" "), "given_names")),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

    objects: ClassVar[Any] = PatientQuerySet.as_manager()

    class Meta:
        verbose_name = _("patient")
        verbose_name_plural = _("patienter")
        indexes: ClassVar = [
            GinIndex(OpClass("sort_name", name="gin_trgm_ops"), name="patient_name_words"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"

    @property
    def number_shown(self) -> str:
        """The number as it is written: 020160-9995."""
        return display(self.number)

    @property
    def phone_shown(self) -> str:
        """The phone number as people write it: 20 30 40 50."""
        return display_phone(self.phone) if self.phone else ""

    @property
    def postal_address(self) -> str:
        """Where a letter on paper goes: "Nygade 4, 2650 Hvidovre"; empty when it is not known."""
        return f"{self.street}, {self.postal_code} {self.city}".strip(" ,")

    def age_on(self, day: dt.date) -> int:
        return age_on(self.birth_date, day)

    @property
    def age(self) -> int:
        return self.age_on(timezone.localdate())


class Access(models.Model):
    """Who opened whose data, when and what for. Never changed, never deleted.

    Source: the field list of Sikkerhedsbekendtgørelsen § 19 and sundhedsloven § 42 a.
    """

    class Purpose(models.TextChoices):
        TRIAGE = "triage", _("visitation")
        TREATMENT = "treatment", _("behandling")
        PHONE_HOUR = "phone_hour", _("telefontid")
        SECRETARIAL = "secretarial", _("sekretærarbejde")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="accesses")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accesses"
    )
    at = models.DateTimeField(default=timezone.now)
    purpose = models.CharField(max_length=12, choices=Purpose)
    what = models.CharField(max_length=60)

    class Meta:
        ordering = ("-at",)
        verbose_name = _("opslag")
        verbose_name_plural = _("opslag")
        indexes: ClassVar = [models.Index(fields=["patient", "-at"], name="accesses_of_patient")]
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.user} {self.at:%Y-%m-%d %H:%M} {self.what}"


class Wish(models.Model):
    """What a patient has asked for or said no to about waiting. Never changed, never deleted.

    Complaints turn on it: a wish for another hospital that nobody wrote down is one that cannot be
    shown to have been heard (Styrelsen for Patientklager, 23SFP122).
    """

    class Kind(models.TextChoices):
        DATE = "date", _("ønsker en bestemt dag")
        DECLINED = "declined", _("siger nej til en tilbudt tid")
        FREE_CHOICE = "free_choice", _("ønsker et andet sygehus (frit sygehusvalg)")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="wishes")
    key = models.UUIDField(unique=True, editable=False)
    kind = models.CharField(_("ønske"), max_length=12, choices=Kind)
    day = models.DateField(_("dag"), null=True, blank=True)
    words = models.TextField(_("patientens ord"), blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_role = models.CharField(max_length=60)

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("ønske")
        verbose_name_plural = _("ønsker")
        indexes: ClassVar = [models.Index(fields=["patient", "-at"], name="wishes_of_patient")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="wish_of_a_day_has_one", condition=Q(kind="free_choice") | Q(day__isnull=False)
            )
        ]
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"

    @property
    def sentence(self) -> str:
        """What was wished, as one says it."""
        sentences = {
            self.Kind.DATE: told("Patienten ønsker en tid den %(day)s"),
            self.Kind.DECLINED: told("Patienten sagde nej til tiden den %(day)s"),
            self.Kind.FREE_CHOICE: told("Patienten ønsker et andet sygehus (frit sygehusvalg)"),
        }
        day = date_format(self.day, "j.n.Y", use_l10n=False) if self.day else ""
        return sentences[self.Kind(self.kind)] % {"day": day}

    @property
    def signature(self) -> str:
        """Name and role of who wrote it down, as they were then."""
        return f"{self.by_name} ({self.by_role})"


class Recognition(models.Model):
    """That who is called by another name is the person under the number. Never changed or deleted.

    ``written`` is the other name, ``known`` the one we knew until then; ``how`` it was checked.
    """

    class How(models.TextChoices):
        REGISTER = "register", _("slået op i CPR-registret")
        PATIENT = "patient", _("patienten er spurgt")
        REFERRER = "referrer", _("henviser er spurgt")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="recognitions")
    written = models.CharField(_("det navn, der blev skrevet"), max_length=200)
    known = models.CharField(_("det navn, vi kendte"), max_length=141)
    how = models.CharField(_("kontrolleret"), max_length=10, choices=How)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    by_role = models.CharField(max_length=60)

    get_how_display: Any

    class Meta:
        ordering = ("-at", "-pk")
        verbose_name = _("genkendelse")
        verbose_name_plural = _("genkendelser")
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.at:%Y-%m-%d %H:%M}"
