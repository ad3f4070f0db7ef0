"""What the centre asks and decides about a referral, signed with name and role."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from admission.destinations import Destination
from casework.guards import NEVER_DELETED, NEVER_EMPTIED
from pathways.rights import Right
from pathways.tracks import Track
from referrals.models.referral import Referral, Submission
from staff.models import User

QUESTION_LENGTH = 500

# Stands in `Decision.against` where no criterion speaks for the decision, and none by name against.
NO_CRITERION = "none"


class Question(models.Model):
    """What is missing and what for, asked of the referrer; answered by completing the referral.

    ``fields`` are the asked form fields as ``step.field``; they are marked in the form.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="questions")
    text = models.TextField(_("spørgsmål"), validators=[MaxLengthValidator(QUESTION_LENGTH)])
    fields = models.JSONField(default=list)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.OneToOneField(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="answers_question"
    )
    recalled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(answered_at__isnull=True, recalled_at__isnull=True),
                name="one_open_question_per_referral",
            ),
            models.CheckConstraint(
                name="question_answered_with_a_submission",
                condition=Q(answered_at__isnull=True, answer__isnull=True)
                | Q(answered_at__isnull=False, answer__isnull=False),
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.ReadOnly(
                name="asked_as_it_was", fields=["referral", "text", "fields", "asked_by"]
            ),
            NEVER_DELETED,
            NEVER_EMPTIED,
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Decision(models.Model):
    """A decision proposed or taken about a referral; in force once signed.

    ``against`` are the codes of the criteria it goes against, with ``reason`` as the reason why.
    ``signed_role`` is the signer's role of the day in words, ``signed_as`` its code, empty for what
    was signed before codes were kept. ``plan`` holds an acceptance's people: ``{"responsible": 3,
    "team": [{"user": 7, "discipline": "nurse", "reason": "…"}]}``. A physician's returning words
    stand in ``returned_why``. ``tells_patient`` is whether a decline is told to the patient by
    letter; of the other decisions the patient is told always or never.
    """

    class Kind(models.TextChoices):
        ACCEPT = "accept", _("modtag")
        REDIRECT = "redirect", _("omvisitér")
        DECLINE = "decline", _("afvis")
        ADVISE = "advise", _("giv råd")

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=Kind)
    track = models.CharField(_("spor"), max_length=20, choices=Track, blank=True)
    plan = models.JSONField(default=dict, blank=True)
    right = models.CharField(
        _("patientens ret"), max_length=20, choices=Right, blank=True, default=""
    )
    destination = models.CharField(_("sted"), max_length=20, choices=Destination, blank=True)
    reason = models.TextField(_("begrundelse"), blank=True)
    letter = models.TextField(_("brev til henviser"))
    words_to_patient = models.TextField(_("egne ord til patienten"), blank=True, default="")
    tells_patient = models.BooleanField(_("brev til patienten"), default=True)
    against = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    signed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    signed_role = models.CharField(max_length=60, blank=True)
    signed_as = models.CharField(max_length=20, blank=True, default="")
    signed_at = models.DateTimeField(null=True)
    returned_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(null=True)
    returned_why = models.TextField(blank=True)

    get_kind_display: Any
    get_track_display: Any
    get_right_display: Any
    get_destination_display: Any

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.CheckConstraint(
                name="decision_signed_by_somebody",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True, signed_role="")
                | (Q(signed_at__isnull=False, signed_by__isnull=False) & ~Q(signed_role="")),
            ),
            models.CheckConstraint(
                name="decision_returned_by_somebody",
                condition=Q(returned_at__isnull=True, returned_by__isnull=True)
                | Q(returned_at__isnull=False, returned_by__isnull=False, signed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="acceptance_has_a_track_redirect_a_destination",
                condition=(Q(kind="accept") & ~Q(track=""))
                | (Q(kind="redirect") & ~Q(destination=""))
                | Q(kind__in=["decline", "advise"]),
            ),
            models.CheckConstraint(
                name="acceptance_says_which_right_applies",
                condition=~Q(kind="accept") | Q(right__in=Right.values),
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(signed_at__isnull=False),
                name="one_signed_decision_per_referral",
            ),
            models.UniqueConstraint(
                fields=["referral"],
                condition=Q(signed_at__isnull=True, returned_at__isnull=True),
                name="one_proposed_decision_per_referral",
            ),
        ]
        triggers: ClassVar = [
            NEVER_DELETED,
            NEVER_EMPTIED,
            pgtrigger.Protect(
                name="signed_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="returned_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__returned_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral}: {self.get_kind_display()}"
