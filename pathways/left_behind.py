"""Appointments that stay with somebody who has left a pathway's team, or handed it over."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import ngettext

from pathways.models import Appointment, Pathway, TeamMember
from staff.models import User


def left_behind(pathway: Pathway) -> "QuerySet[Appointment]":
    """Those to come with people who were on the team and are not any more, the nearest first."""
    places = TeamMember.objects.filter(pathway=pathway, user=OuterRef("clinician"))
    were, are = Exists(places), Exists(places.filter(until=None))
    upcoming: QuerySet[Appointment] = pathway.appointments.upcoming(timezone.now())
    return upcoming.filter(were, ~are).select_related("clinician")


def still_with(pathway: Pathway, people: Iterable[User]) -> str:
    """ "2 tider er stadig hos Anne Holm.": what somebody is to move; empty when there is none."""
    upcoming = pathway.appointments.upcoming(timezone.now()).filter(clinician__in=list(people))
    counted = Counter(each.clinician.name for each in upcoming.select_related("clinician"))
    return " ".join(sentence(name, n) for name, n in sorted(counted.items()))


def sentence(name: str, n: int) -> str:
    """How many times are still with somebody."""
    words = ngettext("%(n)d tid er stadig hos %(name)s.", "%(n)d tider er stadig hos %(name)s.", n)
    return words % {"n": n, "name": name}
