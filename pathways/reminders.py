"""Reminders of appointments: some days before, each once, for the time the appointment has then."""

import datetime as dt
import re
from itertools import pairwise
from typing import Any

from django.conf import settings
from django.db.models import Expression, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence import mailing
from correspondence.bulk import InUtc, WallClock, key_of, post_for_each
from correspondence.models import Message
from correspondence.reach import beside, only_on_paper
from letters.models import Letter
from letters.writing import keep
from pathways import notices, patient_letters
from pathways.models import Appointment
from pathways.phoning import DAYS_FOR_THE_POST


def remind() -> int:
    """Post the reminders that are due now; how many.

    An appointment gets the nearest of the agreed reminders only: after a standstill, yesterday's
    and last week's do not come together. What was booked later than a reminder's day gets none.
    Whom only paper reaches gets none that would come too late: not the one of the day before.
    """
    days = sorted(settings.APPOINTMENT_REMINDER_DAYS)
    return sum(_remind(lead, nearer) for nearer, lead in pairwise((0, *days)))


def _remind(lead: int, nearer: int) -> int:
    appointments = due(timezone.localtime(), lead, nearer).select_related(
        "pathway__patient", "clinician"
    )
    return post_for_each(appointments, _key(lead), _message)


def due(now: dt.datetime, lead: int, nearer: int = 0) -> "QuerySet[Appointment]":
    """Booked appointments that begin within ``lead`` days, but not within ``nearer``.

    Of those whom only paper reaches: that leave days for the post.
    ``now`` is local: a day before 10.30 is 10.30, also over a change of the clock.
    """
    in_time = Q(starts_at__gt=now + dt.timedelta(days=DAYS_FOR_THE_POST))
    found: QuerySet[Appointment] = Appointment.objects.booked().filter(
        in_time | ~only_on_paper(now.date(), "pathway__patient"),
        starts_at__gt=now + dt.timedelta(days=nearer),
        starts_at__lte=now + dt.timedelta(days=lead),
        pathway__closed_at__isnull=True,
    )
    return found.alias(booked=WallClock("booked_at"), starts=WallClock("starts_at")).filter(
        booked__lte=F("starts") - dt.timedelta(days=lead)
    )


def late_on_paper(message: Message) -> str:
    """What to do when Digital Post refuses a reminder that the post would bring too late."""
    found = re.match(r"appointment:(\d+):", message.key)
    if found is None or message.kind != Message.Kind.REMINDER:
        return ""
    in_time = timezone.now() + dt.timedelta(days=DAYS_FOR_THE_POST)
    if Appointment.objects.filter(pk=found[1], starts_at__gt=in_time).exists():
        return ""
    return _("Et brev på papir kommer for sent: ring til patienten om tiden.")


def _key(lead: int) -> Expression:
    """`appointment:12:20261203T0930:reminder:7`, beginning with ``notices.stamp``."""
    return key_of("appointment:", F("pk"), ":", InUtc("starts_at"), f":reminder:{lead}")


def _message(appointment: Appointment) -> dict[str, Any]:
    """A short notice to those who have a telephone or an e-mail address, a letter to the others."""
    patient = appointment.pathway.patient
    way = beside(patient)
    if way:
        words = notices.by_notice(Letter.Kind.REMINDER, appointment, *way)
    else:
        words = _letter(appointment)
    about = f"pathway:{appointment.pathway_id}"
    return {"kind": Message.Kind.REMINDER, "about": about, "patient": patient, **words}


def _letter(appointment: Any) -> dict[str, Any]:
    """Kept under ``message_key``, which the bulk posting found free."""
    letter = patient_letters.of_appointment(Letter.Kind.REMINDER, appointment)
    return mailing.patient_fields(keep(letter, appointment.message_key))
