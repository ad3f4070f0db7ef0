"""The referral, what was sent with it, and how it was judged."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from admission.criteria.facts import Question as ReferrersQuestion
from casework.guards import FROZEN
from casework.models import Case, CaseQuerySet, Transition
from pathways.models import Pathway
from pathways.tracks import Track
from patients.models import Patient
from referrals.lifecycle import REFERRAL, Status, Verb
from referrals.models.draft import Draft
from staff.models import ReferringUnit, User
from staff.permissions import Permission


class ReferralQuerySet(CaseQuerySet):
    def visible_to(self, user: User) -> Self:
        """A referrer's unit sees its own referrals; the centre's triage and clinic see all."""
        if user.has_perm(Permission.VIEW_REFERRALS):
            return self
        if user.has_perm(Permission.REFER):
            return self.filter(unit_id=user.unit_id)
        return self.none()

    def to_sign_by(self, user: User) -> Self:
        return self.filter(status=Status.AWAITING_SIGNATURE, owner=user)

    def to_advise_by(self, user: User) -> Self:
        return self.filter(status=Status.AWAITING_ADVICE, owner=user)


class Referral(Case):
    """One patient referred by one unit, from receipt to decision.

    ``owner`` is the person who has it: the secretary who took it, or the physician who is asked;
    without one the party whose turn it is has it together. ``judgement`` is the latest.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="referrals")
    unit = models.ForeignKey(ReferringUnit, on_delete=models.PROTECT, related_name="referrals")
    referrer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="referrals_sent")
    question = models.CharField(_("spørgsmål"), max_length=12, choices=ReferrersQuestion)
    received_at = models.DateTimeField(_("modtaget"), default=timezone.now, editable=False)
    received_on = models.DateField(editable=False)
    notify_by = models.DateField(_("brev til patienten senest"), editable=False)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.RECEIVED, editable=False
    )
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="referrals_owned"
    )
    judgement = models.ForeignKey(
        "referrals.Judgement", null=True, on_delete=models.PROTECT, related_name="+"
    )
    pathway = models.OneToOneField(
        Pathway, null=True, blank=True, on_delete=models.PROTECT, related_name="referral"
    )

    lifecycle = REFERRAL
    objects: ClassVar[Any] = ReferralQuerySet.as_manager()

    class Meta:
        verbose_name = _("henvisning")
        verbose_name_plural = _("henvisninger")
        constraints: ClassVar = [
            *REFERRAL.constraints("referral"),
            models.CheckConstraint(
                name="referral_at_a_physician_has_one",
                condition=~Q(status__in=[Status.AWAITING_SIGNATURE, Status.AWAITING_ADVICE])
                | Q(owner__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_accepted_opens_a_pathway",
                condition=Q(status=Status.ACCEPTED, pathway__isnull=False)
                | (~Q(status=Status.ACCEPTED) & Q(pathway__isnull=True)),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on", "id"], condition=Q(closed_at__isnull=True), name="referrals_open"
            ),
            models.Index(
                fields=["notify_by"],
                condition=Q(closed_at__isnull=True),
                name="referrals_to_notify",
            ),
            models.Index(F("unit"), F("received_at").desc(), name="referrals_of_unit"),
            models.Index(
                fields=["owner", "due_on"],
                condition=Q(closed_at__isnull=True, owner__isnull=False),
                name="referrals_owned",
            ),
            models.Index(  # mostly empty: for the proof, that closed ones need not be read
                fields=["id"],
                condition=Q(closed_at__isnull=False)
                & (
                    Q(status__in=REFERRAL.open_statuses)
                    | Q(status=Status.ACCEPTED, pathway__isnull=True)
                ),
                name="referrals_closed_wrongly",
            ),
        ]
        triggers: ClassVar = REFERRAL.case_guards(history="referrals_referraltransition")

    def __str__(self) -> str:
        return f"{_('Henvisning')} {self.reference}"

    @property
    def reference(self) -> str:
        """The number people say on the phone: year of receipt and serial number."""
        return f"{self.received_on:%Y}-{self.pk:05d}"


class ReferralTransition(Transition):
    case = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="transitions")
    verb = models.CharField(max_length=20, choices=Verb)

    class Meta(Transition.Meta):
        triggers: ClassVar = [
            *Transition.Meta.triggers,
            REFERRAL.history_guard(case="referrals_referral"),
        ]


class Submission(models.Model):
    """What the referrer sent, frozen: the first time, and each time a question was answered."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="submissions")
    draft = models.OneToOneField(Draft, on_delete=models.PROTECT, related_name="submission")
    answers = models.JSONField()
    despite = models.TextField(_("sendt trods uopfyldte kriterier, fordi"), blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.referral}: {timezone.localtime(self.sent_at):%d.%m.%Y %H.%M}"


class Judgement(models.Model):
    """The criteria's findings and the proposed track for one submission, frozen as judged.

    ``facts`` are those judged (`Facts.from_json`), ``rules_number`` the version that judged them.
    """

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, related_name="judgement"
    )
    judged_at = models.DateTimeField(default=timezone.now)
    rules_number = models.PositiveIntegerField(_("version af reglerne"))
    facts = models.JSONField()
    findings = models.JSONField()
    routing = models.JSONField()
    met = models.PositiveSmallIntegerField()
    unknown = models.PositiveSmallIntegerField()
    not_met = models.PositiveSmallIntegerField()
    proposed_track = models.CharField(_("foreslået spor"), max_length=20, choices=Track, blank=True)

    class Meta:
        triggers: ClassVar = FROZEN

    def __str__(self) -> str:
        return f"{self.met}/{self.unknown}/{self.not_met}"
