"""The law's clock and the centre's own on a patient's way, and in whose hands its time passed.

The law's days run whatever happens. The centre's own days do not count the time that the referrer
or the patient had the case, or that it was on pause: the due day moves by as much.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casework.clock import Clock, read
from casework.lifecycle import Holder
from casework.models import Case
from pathways.lifecycle import PATHWAY
from pathways.models import Appointment, Pathway
from pathways.rights import Right
from patients.models import Wish
from staff import deadlines
from staff.deadlines import Deadline, Unit
from staff.working_days import last_open


@dataclass(frozen=True, slots=True)
class Target:
    """A day that a clock runs to: by which rule, met on which day, or standing still now."""

    label: str | Promise
    source: str
    due_on: dt.date
    met_on: dt.date | None = None
    stands_still: bool = False

    @property
    def is_met_late(self) -> bool:
        return self.met_on is not None and self.met_on > self.due_on


@dataclass(frozen=True, slots=True)
class Origin:
    """The referral a pathway grew out of: its clock, its receipt, and the letter to the patient.

    ``right`` is the one that was decided to apply, if one was.
    """

    clock: Clock
    received_on: dt.date
    notified_on: dt.date | None
    right: Right | None


@dataclass(frozen=True, slots=True)
class Clocks:
    """What a page shows of a patient's time."""

    clock: Clock
    law: list[Target]
    own: list[Target]
    wishes: list[Wish]


# The room above, which knows of referrals, appends its own when it starts.
origins: list[Callable[[Pathway], Origin | None]] = []


def on_the_way(pathway: Pathway) -> Clocks:
    """The clocks of a pathway, and of the referral it came from, as one way since the receipt."""
    clock = read(PATHWAY, pathway.transitions.all(), timezone.now())
    seen_on = _seen_on(pathway)
    origin = next(filter(None, (origin(pathway) for origin in origins)), None)
    law = rights(origin.received_on, origin.notified_on, seen_on, origin.right) if origin else []
    return Clocks(
        clock=origin.clock.then(clock) if origin else clock,
        law=to_be_shown(pathway, law),
        own=to_be_shown(pathway, [first_visit(pathway, clock, seen_on)]),
        wishes=wishes_of(pathway.patient_id),
    )


def _seen_on(pathway: Pathway) -> dt.date | None:
    """The day of the first visit that the patient came to, whenever that was written down."""
    attended = pathway.appointments.filter(status=Appointment.Status.ATTENDED)
    first = attended.order_by("starts_at").first()
    return timezone.localdate(first.starts_at) if first else None


def to_be_shown(case: Case, targets: list[Target]) -> list[Target]:
    """Of a closed case only what was met: nobody is to do the rest any more."""
    return targets if case.is_open else [target for target in targets if target.met_on]


def rights(
    received_on: dt.date,
    notified_on: dt.date | None,
    seen_on: dt.date | None = None,
    right: Right | None = None,
) -> list[Target]:
    """The law's days from the receipt: the letter (§ 90), and treatment (§ 87) or work-up (§ 82 b).

    Which of the two rights a patient has is a person's judgement: the day that comes first, as long
    as nobody has decided it.
    """
    letter = deadlines.in_force(deadlines.DEADLINES, "notify_patient", received_on)
    possible = [right] if right else list(Right)
    rules = [deadlines.in_force(deadlines.DEADLINES, code, received_on) for code in possible]
    first = min(rules, key=lambda rule: rule.due(received_on))
    source = "; ".join(rule.source for rule in rules)
    label = right.label if right else _("Behandling eller udredning (§§ 87 og 82 b)")
    return [
        Target(_("Brev til patienten (§ 90)"), letter.source, letter.due(received_on), notified_on),
        Target(label, source, first.due(received_on), seen_on),
    ]


def first_visit(pathway: Pathway, clock: Clock, seen_on: dt.date | None) -> Target:
    """The track's target for the first visit, counted from the day the pathway was opened.

    On a day when the centre is open: a weekend's is due before it.
    """
    target = own(f"first_visit.{pathway.track}", clock, _("Første tid"), seen_on)
    return replace(target, due_on=last_open(target.due_on))


def first_visit_by(pathway: Pathway) -> dt.date:
    """The last day for the first visit, the time out that the pathway was not with the centre."""
    clock = read(PATHWAY, pathway.transitions.all(), timezone.now())
    return first_visit(pathway, clock, None).due_on


def own(code: str, clock: Clock, label: str | Promise, met_on: dt.date | None) -> Target:
    """One of the centre's own targets, counted from the clock's first day.

    It is moved by the days on which the case was not with the centre, of the unit it is counted in.
    """
    start = timezone.localdate(clock.start)
    rule: Deadline = deadlines.in_force(deadlines.DEADLINES, code, start)
    due_on = rule.due(start, stood_still(clock, rule.unit))
    waits = met_on is None and clock.with_whom not in (None, Holder.CENTRE)
    return Target(label, rule.source, due_on, met_on, waits)


def stood_still(clock: Clock, unit: Unit) -> int:
    """On how many days the clock's case was not with the centre."""
    away = (span for span in clock.spans if span.holder != Holder.CENTRE)
    return sum(
        unit.between(timezone.localdate(span.start), timezone.localdate(span.end)) for span in away
    )


def wishes_of(patient_id: int) -> list[Wish]:
    """What the patient has wished for, the latest first."""
    return list(Wish.objects.filter(patient=patient_id))
