"""The calls of the phone hour."""

from typing import Any, ClassVar, Self

import pghistory
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.guards import NEVER_DELETED, NEVER_EMPTIED
from pathways.models.pathway import Pathway
from patients.models import Patient
from staff.models import User
from staff.permissions import Permission


class ContactQuerySet(models.QuerySet["Contact", "Contact"]):
    def visible_to(self, user: User) -> Self:
        if user.has_perm(Permission.VIEW_ALL_PATIENTS):
            return self
        return self.filter(pathway__in=Pathway.objects.visible_to(user))

    def unfinished(self) -> Self:
        """Contacts whose follow-up somebody still owes."""
        return self.filter(follow_up_due_at__isnull=False, followed_up_at__isnull=True)


@pghistory.track(append_only=True)
class Contact(models.Model):
    """One call in the phone hour: who called, what was said, what happens next.

    Fields after the practice of phone logs and of Styrelsen for Patientklager (advice by phone is
    journalled; the person conferred with is named).
    """

    class Caller(models.TextChoices):
        PATIENT = "patient", _("patienten")
        RELATIVE = "relative", _("pårørende")
        REFERRER = "referrer", _("egen læge eller henviser")
        MUNICIPALITY = "municipality", _("kommunen")
        OTHER = "other", _("en anden")

    class Reason(models.TextChoices):
        MEDICINE = "medicine", _("medicin")
        SIDE_EFFECT = "side_effect", _("bivirkning")
        NEW_PAIN = "new_pain", _("ny smerte")
        PRESCRIPTION = "prescription", _("recept")
        APPOINTMENT = "appointment", _("tid")
        PSYCHOLOGICAL = "psychological", _("psykisk")
        SOCIAL = "social", _("socialt")
        OTHER = "other", _("andet")

    class FollowUp(models.TextChoices):
        NOTHING = "nothing", _("intet")
        CALL_BACK = "call_back", _("ring tilbage")
        ASK_PHYSICIAN = "ask_physician", _("spørg lægen")
        BOOK = "book", _("book en tid")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="contacts")
    pathway = models.ForeignKey(
        Pathway, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts"
    )
    key = models.UUIDField(unique=True, editable=False)
    taken_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="contacts_taken")
    at = models.DateTimeField(default=timezone.now)
    caller = models.CharField(_("hvem ringer"), max_length=14, choices=Caller)
    caller_name = models.CharField(_("navn"), max_length=120, blank=True)
    identity_checked = models.BooleanField(_("identitet bekræftet"), default=False)
    reason = models.CharField(_("om hvad"), max_length=14, choices=Reason)
    said = models.TextField(_("det blev sagt"))
    advice = models.TextField(_("råd givet"), blank=True)
    follow_up = models.CharField(_("derefter"), max_length=14, choices=FollowUp)
    follow_up_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="follow_ups"
    )
    follow_up_due_at = models.DateTimeField(_("senest"), null=True, blank=True)
    followed_up_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    followed_up_at = models.DateTimeField(null=True, blank=True, editable=False)
    outcome = models.TextField(_("svar"), blank=True)

    objects: ClassVar[Any] = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("-at",)
        verbose_name = _("kontakt")
        verbose_name_plural = _("kontakter")
        constraints: ClassVar = [
            models.CheckConstraint(
                name="contact_follow_up_has_owner_and_due",
                condition=Q(
                    follow_up="nothing", follow_up_due_at__isnull=True, follow_up_by__isnull=True
                )
                | (
                    ~Q(follow_up="nothing")
                    & Q(follow_up_due_at__isnull=False, follow_up_by__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="contact_followed_up_by_somebody",
                condition=Q(followed_up_at__isnull=True, followed_up_by__isnull=True)
                | Q(followed_up_at__isnull=False, followed_up_by__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["patient", "-at"], name="contacts_of_patient"),
            models.Index(fields=["-at"], name="contacts_newest_first"),
            models.Index(
                fields=["follow_up_by", "follow_up_due_at"],
                condition=Q(followed_up_at__isnull=True, follow_up_due_at__isnull=False),
                name="contacts_unfinished",
            ),
        ]
        triggers: ClassVar = [NEVER_DELETED, NEVER_EMPTIED]

    def __str__(self) -> str:
        return f"{timezone.localtime(self.at):%d.%m.%Y %H.%M} {self.get_reason_display()}"

    @property
    def is_question(self) -> bool:
        """Whether the follow-up is a physician's answer."""
        return self.follow_up == self.FollowUp.ASK_PHYSICIAN
