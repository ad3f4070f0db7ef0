"""What has happened with referrals, as lines of a history."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pathways.timeline import Entry, Kind
from patients.models import Patient
from referrals.lifecycle import Verb
from referrals.models import Judgement, Referral, ReferralTransition
from referrals.rejudging import Changed, judgements, rejudged
from staff.models import User
from staff.permissions import Permission


def entries_of(referral: Referral) -> list[Entry]:
    """The steps of one referral and what judging it again changed, newest first."""
    steps = [_entry(step, "") for step in referral.transitions.order_by("-sequence")]
    again = [_judged_again(*found) for found in rejudged(judgements(referral))]
    return sorted([*again[::-1], *steps], key=lambda entry: entry.at, reverse=True)


def _judged_again(judgement: Judgement, changed: Mapping[str, Changed]) -> Entry:
    return Entry(
        at=judgement.judged_at,
        kind=Kind.REFERRAL,
        title=_("Henvisningen blev bedømt igen"),
        text="\n".join(each.words for each in changed.values()) or _("Bedømmelsen er uændret."),
    )


def referral_entries(patient: Patient, user: User) -> Iterator[Entry]:
    """The steps of all a patient's referrals, for the patient's timeline.

    Who has the patient on their team may know how the referral went; to open it takes more.
    """
    may_open = user.has_perm(Permission.VIEW_REFERRALS)
    steps: Iterable[Any] = ReferralTransition.objects.filter(case__patient=patient)
    for step in steps:
        url = reverse("referrals:referral", args=[step.case_id]) if may_open else ""
        yield _entry(step, url)


def _entry(step: ReferralTransition, url: str) -> Entry:
    return Entry(
        at=step.at,
        kind=Kind.REFERRAL,
        title=capfirst(str(Verb(step.verb).label)),
        text=step.why,
        who=step.signature,
        url=url,
    )
