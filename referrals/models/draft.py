"""What a referrer is writing: kept at every step and while typing."""

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from referrals.lifecycle import Status
from staff.models import ReferringUnit, User
from staff.permissions import Permission

if TYPE_CHECKING:
    from referrals.models.referral import Submission


class DraftQuerySet(models.QuerySet["Draft", "Draft"]):
    def visible_to(self, user: User) -> Self:
        """The drafts of the person's own unit: a colleague may finish what one began."""
        if user.has_perm(Permission.REFER):
            return self.filter(unit_id=user.unit_id)
        return self.none()

    def unsent(self) -> Self:
        return self.filter(sent_at__isnull=True)

    def still_wanted(self) -> Self:
        """All but answers that the centre no longer waits for."""
        waits = Q(completes__status=Status.AWAITING_REFERRER)
        return self.filter(Q(completes=None) | waits)


class Draft(models.Model):
    """One piece of writing that becomes one submission, at most once.

    ``answers`` holds what was typed, as typed, by step: ``{"pain": {"since_year": "2026"}}``; also
    what is not valid yet, so that nothing typed is lost. ``pages`` is which page wrote each step
    last (``referrals.pages``). ``completes`` is the referral that the centre asked about, when the
    draft answers a question.
    """

    unit = models.ForeignKey(ReferringUnit, on_delete=models.PROTECT, related_name="drafts")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="drafts")
    completes = models.ForeignKey(
        "referrals.Referral",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="drafts",
    )
    answers = models.JSONField(default=dict)
    pages = models.JSONField(default=dict, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    submission: "Submission"
    attachments: Any
    objects: ClassVar[Any] = DraftQuerySet.as_manager()

    class Meta:
        ordering = ("-saved_at",)
        verbose_name = _("kladde")
        verbose_name_plural = _("kladder")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["completes"],
                condition=Q(sent_at__isnull=True, completes__isnull=False),
                name="one_open_answer_per_referral",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["unit", "-saved_at"],
                condition=Q(sent_at__isnull=True),
                name="drafts_unsent",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {timezone.localtime(self.created_at):%d.%m.%Y %H.%M}"


class Attachment(models.Model):
    """A file the referrer sent along, kept with the draft it was attached to."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m/")
    name = models.CharField(_("filnavn"), max_length=150)
    media_type = models.CharField(max_length=60)
    size = models.PositiveIntegerField(help_text="bytes")
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("bilag")
        verbose_name_plural = _("bilag")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "sha256"], name="a_file_is_attached_once")
        ]

    def __str__(self) -> str:
        return self.name
