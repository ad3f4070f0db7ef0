"""The clocks of a referral, and what a pathway's clocks know of the referral before it."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casework.clock import Clock, read
from correspondence.models import Message
from pathways.clocks import (
    Clocks,
    Origin,
    Target,
    on_the_way,
    own,
    rights,
    to_be_shown,
    wishes_of,
)
from pathways.models import Pathway
from pathways.rights import Right
from referrals.lifecycle import REFERRAL
from referrals.models import Referral
from referrals.posting import about
from staff import deadlines
from staff.working_days import add_weekdays


def clocks_of(referral: Referral) -> Clocks:
    """The referral's clocks; of an accepted one the whole way since, as on the patient's page."""
    if referral.pathway is not None:
        return on_the_way(referral.pathway)
    clock = clock_of(referral)
    decided_on = timezone.localdate(referral.closed_at) if referral.closed_at else None
    return Clocks(
        clock=clock,
        law=to_be_shown(referral, rights(referral.received_on, notified_on(referral))),
        own=[_decision(clock, decided_on)],
        wishes=wishes_of(referral.patient_id),
    )


def _decision(clock: Clock, decided_on: dt.date | None = None) -> Target:
    return own("decide", clock, _("Afgørelse"), decided_on)


def decide_by(referral: Referral) -> dt.date:
    """The day by which the centre is to decide: counted from the receipt, the referrer's time out.

    What comes back from a question or a physician keeps its clock: nobody gains time by asking. It
    is today when the day has passed, of which everybody has been told: they are told again.
    """
    return max(_decision(clock_of(referral)).due_on, timezone.localdate())


def answer_by(referral: Referral) -> dt.date:
    """The day by which the referrer is asked to answer today's question.

    The weekday before the letter to the patient is due (sundhedsloven § 90), for a question stops
    the centre's clock but not the law's, or sooner by the centre's own time; the next weekday when
    that has passed.
    """
    today = timezone.localdate()
    before_letter = add_weekdays(referral.notify_by, -1)
    soonest = min(deadlines.due("answer_question", today), before_letter)
    return max(soonest, add_weekdays(today, 1))


def clock_of(referral: Referral) -> Clock:
    """In whose hands the referral's time has passed."""
    return read(REFERRAL, referral.transitions.all(), timezone.now())


def notified_on(referral: Referral) -> dt.date | None:
    """The day the first letter to the patient about the referral left (sundhedsloven § 90)."""
    letters = Message.objects.about(about(referral)).filter(kind=Message.Kind.PATIENT_NOTICE)
    first = letters.filter(status=Message.Status.SENT).order_by("sent_at").first()
    return timezone.localdate(first.sent_at) if first else None


def origin_of(pathway: Pathway) -> Origin | None:
    """The referral that a pathway grew out of; None for one that was opened without."""
    referral = Referral.objects.filter(pathway=pathway).first()
    if referral is None:
        return None
    return Origin(
        clock=clock_of(referral),
        received_on=referral.received_on,
        notified_on=notified_on(referral),
        right=right_of(referral),
    )


def right_of(referral: Referral) -> Right | None:
    """The right that the decision to receive the patient says applies; None without one."""
    decided = referral.decisions.exclude(signed_at=None).values_list("right", flat=True).first()
    return Right(decided) if decided else None
