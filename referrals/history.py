"""What has happened with referrals, as lines of a history."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import merge
from operator import attrgetter
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from correspondence.models import CallInVain
from letters.models import Letter
from pathways.timeline import Entry, Kind, replacements
from patients.models import Patient
from referrals.lifecycle import Verb
from referrals.models import Referral, ReferralTransition
from referrals.posting import about
from referrals.rejudging import Rejudged, judgements, rejudged
from staff.models import User
from staff.permissions import Permission


def entries_of(referral: Referral) -> list[Entry]:
    """The steps of one referral, what judging it again changed, letters replaced, and calls to the
    practice that nobody answered; newest first.

    Each keeps its own order: what follows a step stands before it also at the same time.
    """
    again = iter(reversed(rejudged(judgements(referral))))
    steps = _told(referral.transitions.order_by("-sequence"), again)
    replaced = replacements(Letter.objects.filter(about=about(referral)))
    calls = _calls(CallInVain.objects.filter(message__about=about(referral)))
    return list(merge(steps, replaced, calls, key=attrgetter("at"), reverse=True))


def _calls(in_vain: "QuerySet[CallInVain]") -> Iterator[Entry]:
    for call in in_vain.select_related("by").order_by("-at"):
        title = _("Ringede til praksis og traf ingen")
        yield Entry(call.at, Kind.REFERRAL, title, text=call.note, who=call.by.name)


def _told(steps: Iterable[ReferralTransition], again: Iterator[Rejudged]) -> Iterator[Entry]:
    """Each step, after what it led to: new information is judged as it comes in."""
    for step in steps:
        found = next(again, None) if step.verb == Verb.SUPPLIED else None
        if found is None:
            yield _entry(step, "")
        else:
            yield _judged_again(found)
            yield replace(_entry(step, ""), text=_answered(step.why, found))


def _answered(words: str, found: Rejudged) -> str:
    fields = ", ".join(found.fields)
    changed = _("Ændret: %(fields)s") % {"fields": fields}
    return "\n".join(filter(None, [words, changed if fields else _("Ingen felter er ændret.")]))


def _judged_again(found: Rejudged) -> Entry:
    return Entry(
        at=found.judgement.judged_at,
        kind=Kind.REFERRAL,
        title=_("Henvisningen blev vurderet igen"),
        text="\n".join(found.words) or _("Vurderingen er uændret."),
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
