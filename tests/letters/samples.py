"""One of each letter, about one patient, written by the functions that write the real ones."""

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from demo.letters import Cases, catalogue
from letters.models import Letter
from pathways.appointments import book
from pathways.models import Pathway
from pathways.times import Time
from pathways.tracks import Discipline, Track
from referrals.models import Referral
from referrals.proposals import plan_on
from staff.models import User
from staff.permissions import Role
from staff.working_days import add_weekdays
from tests.referrals.cases import accepted_by, sent, the_centre

SEVERAL_FINDINGS = {"complicating": {"headache": "main", "illegal_drugs": "unknown"}}


def every_letter() -> Mapping[str, Letter]:
    """All letters of a fresh centre by the name of their picture, none of them kept."""
    people = the_centre()
    referral = sent(SEVERAL_FINDINGS)
    accepted_by(people[Role.PHYSICIAN], referral, reason="Hovedpinen er ikke det vigtigste.")
    referral = Referral.objects.get(pk=referral.pk)
    pathway = Pathway.objects.select_related("patient", "unit", "responsible").get()
    pathway.follow_up_by_gp, pathway.follow_up_advice = True, "Trap tramadol ud over 4 uger."
    pathway.summary = "Smerterne er mindre.\n\n- Fysioterapi hver uge\n- Tramadol under udtrapning"
    appointment = book(*_first_visit(people[Role.PHYSICIAN], pathway))
    appointment.pathway = pathway
    plan = plan_on(referral, Track.INTERDISCIPLINARY)
    return dict(catalogue(Cases(referral, referral, plan, appointment, people[Role.PHYSICIAN])))


def _first_visit(by: User, pathway: Pathway) -> tuple[User, int, int, Time]:
    nurse = pathway.team.get(discipline=Discipline.NURSE).user
    day = add_weekdays(timezone.localdate(), 10)
    starts_at = timezone.make_aware(dt.datetime.combine(day, dt.time(10, 30)))
    return by, pathway.pk, pathway.version, Time(nurse, starts_at)
