"""A booked appointment: fetched under its locks, and named as the history has it."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from casework.moments import day_and_time
from casework.refusals import Refused
from pathways.models import Appointment
from pathways.planning import lock_to_plan
from staff.models import User


def lock_booked(user: User, pk: int, version: int) -> Appointment:
    """A booked appointment under its pathway's lock, which comes first, and its own.

    Needs a transaction. Raises Appointment.DoesNotExist for others' patients, Stale and Refused.
    """
    visible = Appointment.objects.visible_to(user)
    pathway = lock_to_plan(user, visible.values_list("pathway_id", flat=True).get(pk=pk), version)
    locked = Appointment.objects.select_related("clinician").select_for_update(of=("self",))
    appointment: Appointment = locked.get(pk=pk)
    if appointment.status != Appointment.Status.BOOKED:
        words = {"status": appointment.get_status_display()}
        raise Refused(_("Tiden er allerede registreret som %(status)s.") % words)
    appointment.pathway = pathway
    return appointment


@override("da")  # what is recorded is Danish, whoever records it
def summary(appointment: Appointment) -> str:
    """ "9.6.2026 kl. 10.00 hos Anne Holm (video)", as the history has it."""
    return _("%(when)s hos %(name)s (%(form)s)") % {
        "when": day_and_time(appointment.starts_at),
        "name": appointment.clinician.name,
        "form": appointment.get_form_display(),
    }
