"""Pathways with their team, appointments and contacts."""

import datetime as dt
from typing import Any, ClassVar, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from casework.guards import NEVER_DELETED, NEVER_EMPTIED
from casework.models import Case, CaseQuerySet, Transition
from pathways.lifecycle import PATHWAY, Ending, PauseReason, Status, Verb
from pathways.tracks import Discipline, Track
from patients.models import Patient
from staff.models import ReferringUnit, User
from staff.permissions import Permission


class PathwayQuerySet(CaseQuerySet):
    def visible_to(self, user: User) -> Self:
        """Pathways that the person's work needs: everybody's, or those of their own teams."""
        if user.has_perm(Permission.VIEW_ALL_PATIENTS):
            return self
        if user.has_perm(Permission.VIEW_PATIENTS):
            return self.carried_by(user)
        return self.none()

    def carried_by(self, user: User) -> Self:
        """Open pathways on whose team the person is now: the treatment relation ends with both."""
        return self.still_open().filter(
            Exists(TeamMember.objects.current().filter(pathway=OuterRef("pk"), user=user))
        )


@pghistory.track(append_only=True)
class Pathway(Case):
    """A patient's way through the centre on one track, with one responsible physician.

    ``due_on`` is the day by which the next step is to be done; an open pathway always has a next
    step, somebody to take it and a due date (promise 1). While it is paused, ``due_on`` is the day
    to look again, and ``paused_because`` says what it waits for. ``ended_because`` says who or what
    broke it off; the words stand in the last transition.
    """

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="pathways")
    track = models.CharField(_("spor"), max_length=20, choices=Track)
    status = models.CharField(
        _("status"), max_length=20, choices=Status, default=Status.WAITING, editable=False
    )
    responsible = models.ForeignKey(
        User,
        verbose_name=_("behandlingsansvarlig læge"),
        on_delete=models.PROTECT,
        related_name="responsible_for",
    )
    unit = models.ForeignKey(
        ReferringUnit,
        verbose_name=_("henviser"),
        on_delete=models.PROTECT,
        related_name="pathways",
    )
    diagnosis = models.CharField(_("diagnose"), max_length=200)
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    first_visit_by = models.DateField(_("første tid senest"))
    next_step = models.CharField(_("næste skridt"), max_length=200)
    next_step_by = models.ForeignKey(
        User,
        verbose_name=_("hvem gør det"),
        on_delete=models.PROTECT,
        related_name="next_steps",
    )
    paused_because = models.CharField(
        _("på pause, fordi"), max_length=10, choices=PauseReason, blank=True, editable=False
    )
    ended_because = models.CharField(
        _("afbrudt, fordi"), max_length=10, choices=Ending, blank=True, editable=False
    )
    summary = models.TextField(_("epikrise"), blank=True)
    follow_up_by_gp = models.BooleanField(_("opfølgning i almen praksis anbefales"), null=True)
    follow_up_advice = models.TextField(_("anbefaling til egen læge"), blank=True)

    get_paused_because_display: Any
    lifecycle = PATHWAY
    objects: ClassVar[Any] = PathwayQuerySet.as_manager()

    class Meta:
        verbose_name = _("forløb")
        verbose_name_plural = _("forløb")
        constraints: ClassVar = [
            *PATHWAY.constraints("pathway"),
            models.CheckConstraint(
                name="pathway_has_next_step",
                condition=Q(closed_at__isnull=False) | Q(next_step__regex=r"\S"),
                violation_error_message=_("Et åbent forløb skal have et næste skridt."),
            ),
            models.CheckConstraint(
                name="pathway_paused_for_a_reason",
                condition=Q(status=Status.PAUSED, paused_because__in=PauseReason.values)
                | (~Q(status=Status.PAUSED) & Q(paused_because="")),
            ),
            models.CheckConstraint(
                name="pathway_discontinued_by_somebody",
                condition=Q(status=Status.DISCONTINUED, ended_because__in=Ending.values)
                | (~Q(status=Status.DISCONTINUED) & Q(ended_because="")),
            ),
            models.UniqueConstraint(
                fields=["patient"],
                condition=Q(closed_at__isnull=True),
                name="one_open_pathway_per_patient",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["due_on", "id"], condition=Q(closed_at__isnull=True), name="pathways_open"
            ),
            models.Index(
                fields=["first_visit_by"],
                condition=Q(closed_at__isnull=True, status=Status.WAITING),
                name="pathways_to_be_seen",
            ),
            models.Index(  # mostly empty: for the proof, that closed ones need not be read
                fields=["id"],
                condition=Q(closed_at__isnull=False, status__in=PATHWAY.open_statuses),
                name="pathways_closed_wrongly",
            ),
        ]
        triggers: ClassVar = PATHWAY.case_guards(history="pathways_pathwaytransition")

    def __str__(self) -> str:
        return f"{self.get_track_display()} ({self.get_status_display()})"

    @property
    def standing(self) -> str:
        """Where it stands, in words: a paused one until when."""
        if self.status != Status.PAUSED or self.due_on is None:
            return str(self.get_status_display())
        return told("På pause til %(day)s") % {"day": date_format(self.due_on, "j.n.Y")}


class PathwayTransition(Transition):
    case = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="transitions")
    verb = models.CharField(max_length=20, choices=Verb)

    class Meta(Transition.Meta):
        triggers: ClassVar = [
            *Transition.Meta.triggers,
            PATHWAY.history_guard(case="pathways_pathway"),
        ]


class TeamMemberQuerySet(models.QuerySet["TeamMember", "TeamMember"]):
    def current(self) -> Self:
        return self.filter(until__isnull=True)


class TeamMember(models.Model):
    """A person on a patient's team, with the reason for their discipline."""

    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="team")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="team_places")
    discipline = models.CharField(_("faggruppe"), max_length=20, choices=Discipline)
    reason = models.CharField(_("begrundelse"), max_length=300, blank=True)
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)

    objects: ClassVar[Any] = TeamMemberQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["pathway", "user"],
                condition=Q(until__isnull=True),
                name="one_place_per_person_on_a_team",
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["user", "pathway"], condition=Q(until__isnull=True), name="team_places_now"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_discipline_display()})"


class AppointmentQuerySet(models.QuerySet["Appointment", "Appointment"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(pathway__in=Pathway.objects.visible_to(user))

    def booked(self) -> Self:
        return self.filter(status=Appointment.Status.BOOKED)

    def upcoming(self, now: dt.datetime) -> Self:
        return self.booked().filter(starts_at__gte=now).order_by("starts_at")


@pghistory.track(append_only=True)
class Appointment(models.Model):
    """A time agreed with a patient. Moving it changes the row; its history is kept."""

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
