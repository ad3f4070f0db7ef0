"""The centre's letters as the practice reads them: to open one is to have received it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from correspondence import openings
from correspondence.models import Message
from referrals.answers import written_name
from referrals.models import Referral
from referrals.phoning import told_of, unread_by
from referrals.posting import about
from referrals.views.common import referrers_only, who
from staff.models import User

MOST_UNREAD = 50


@dataclass(frozen=True, slots=True)
class Unread:
    """A letter that nobody of the practice has opened yet, and whom it is about."""

    message: Message
    referral: Referral

    @property
    def name(self) -> str:
        """As the practice wrote it: a mistyped number does not tell whose it is."""
        judgement = self.referral.judgement
        return written_name(judgement.submission.answers) if judgement else ""


def unread(user: User) -> list[Unread]:
    """What nobody of the person's practice has opened yet, the oldest first, in two queries."""
    found = list(unread_by(user)[:MOST_UNREAD])
    referrals = told_of(found)
    return [Unread(one, referrals[one.pk]) for one in found if one.pk in referrals]


def letters_of(referral: Referral) -> list[Message]:
    """The centre's letters to the unit about the referral and what followed, newest first."""
    subjects = [about(referral), f"pathway:{referral.pathway_id}"]
    sent = Message.objects.filter(
        about__in=subjects, unit=referral.unit, channel=Message.Channel.PORTAL
    )
    return list(sent.with_letters())


def shown_letters(user: User, referral: Referral, *, asks: bool) -> list[tuple[Message, bool]]:
    """Each letter, and whether it waits to be opened: not a question that needs no answer any more.

    Where the page itself ``asks`` the centre's question, the question is read with it.
    """
    letters = letters_of(referral)
    on_page = [one for one in letters if asks and one.kind == Message.Kind.QUESTION][:1]
    openings.note_opened(user, on_page)
    waiting = set(unread_by(user).filter(pk__in=[one.pk for one in letters]))
    return [(one, one in waiting) for one in letters]


@require_GET
@referrers_only
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter to the practice; that it was opened is noted."""
    user = who(request)
    found = get_object_or_404(openings.readable_by(user), pk=pk)
    openings.note_opened(user, [found])
    referral = told_of([found]).get(found.pk)
    context = {"letter": found, "referral": referral, "crumbs": _crumbs(referral)}
    return render(request, "referrals/referrer/letter.html", context)


def _crumbs(referral: Referral | None) -> list[dict[str, str]]:
    crumbs = [{"label": _("Min praksis' henvisninger"), "url": reverse("referrals:mine")}]
    if referral:
        label = _("Henvisning %(reference)s") % {"reference": referral.reference}
        crumbs.append({"label": label, "url": reverse("referrals:sent", args=[referral.pk])})
    return crumbs
