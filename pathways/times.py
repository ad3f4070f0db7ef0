"""The time of an appointment, and whether somebody can be met then."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from casework.moments import plain_day, time_of_day
from casework.refusals import Refused
from pathways.models import Appointment, Pathway
from staff.models import Absence, User
from staff.permissions import Permission
from staff.working_days import first_open, hours_on, is_open

LONGEST = dt.timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Time:
    """When, how long (minutes), with whom and in which form."""

    clinician: User
    starts_at: dt.datetime
    minutes: int = 30
    form: str = Appointment.Form.VISIT

    @property
    def ends_at(self) -> dt.datetime:
        return self.starts_at + dt.timedelta(minutes=self.minutes)

    @property
    def day(self) -> dt.date:
        return timezone.localdate(self.starts_at)


def time_of(appointment: Appointment) -> Time:
    """The time that an appointment has now."""
    return Time(appointment.clinician, appointment.starts_at, appointment.minutes, appointment.form)


def check_open(day: dt.date, field: str) -> None:
    """Raises Refused at a form's field, naming the next open day, when the centre is closed."""
    if not is_open(day):
        words = {"day": plain_day(day), "next": plain_day(first_open(day))}
        raise Refused(
            _("Centret har lukket den %(day)s. Den næste åbne dag er den %(next)s.") % words, field
        )


def check_time(pathway: Pathway, time: Time, moving: Appointment | None = None) -> None:
    """Raises Refused when nobody can be met at that time."""
    words = {"name": time.clinician.name, "day": plain_day(time.day)}
    if time.starts_at <= timezone.now():
        gone = "day" if time.day < timezone.localdate() else "at"
        raise Refused(_("Tidspunktet er allerede gået."), gone)
    check_open(time.day, "day")
    _check_hours(time)
    if not time.clinician.has_perm(Permission.CARRY_CASELOAD):
        raise Refused(_("%(name)s kan ikke have patienter.") % words, "clinician")
    if Absence.objects.filter(
        user=time.clinician, first_day__lte=time.day, last_day__gte=time.day
    ).exists():
        raise Refused(_("%(name)s er fraværende den %(day)s.") % words, "day")
    _check_free(pathway, time, moving)


def _check_hours(time: Time) -> None:
    """Nobody is met at night: the time begins and ends within the hours of its day."""
    first, last = hours_on(time.day)
    starts, ends = timezone.localtime(time.starts_at), timezone.localtime(time.ends_at)
    if starts.time() < first or ends.date() > time.day or ends.time() > last:
        words = {"first": f"{first:%H.%M}", "last": f"{last:%H.%M}"}
        raise Refused(_("Tider ligger mellem kl. %(first)s og %(last)s.") % words, "at")


def _check_free(pathway: Pathway, time: Time, moving: Appointment | None) -> None:
    """Neither the clinician nor the patient has two appointments at once.

    The clinician's row is locked, so that two people cannot book overlapping times at once.
    """
    User.objects.select_for_update(no_key=True).get(pk=time.clinician.pk)
    around = Appointment.objects.booked().filter(
        starts_at__lt=time.ends_at, starts_at__gt=time.starts_at - LONGEST
    )
    others = around.exclude(pk=moving.pk) if moving else around
    for other in others.filter(clinician=time.clinician) | others.filter(pathway=pathway):
        if other.ends_at > time.starts_at:
            raise Refused(_taken(other, time), "at")


def _taken(other: Appointment, time: Time) -> str:
    words = {
        "name": time.clinician.name,
        "from": time_of_day(other.starts_at),
        "to": time_of_day(other.ends_at),
    }
    if other.clinician_id == time.clinician.pk:
        return (
            _("%(name)s er optaget fra kl. %(from)s til %(to)s. Vælg et andet tidspunkt.") % words
        )
    return (
        _("Patienten har en anden tid fra kl. %(from)s til %(to)s. Vælg et andet tidspunkt.")
        % words
    )
