"""Approving a draft: by a second person, from a day that has not come yet."""

from datetime import date, timedelta

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from admission.answers_kept import answers
from admission.drafting import check_is_draft, locked
from admission.models import RuleSet
from admission.parameters import parameters
from admission.versions import Version, newest, numbered
from casework.refusals import Refused
from staff.models import User
from staff.permissions import Permission

# One approval at a time: the next one sees the number and the day of the one before.
APPROVALS = 820_314


def earliest_day() -> date:
    """The first day that a version approved today can begin.

    Tomorrow, so that what was already received keeps its version. A version that has not begun yet
    is replaced by the next one, whichever of their days comes first: so it is withdrawn.
    """
    return timezone.localdate() + timedelta(days=1)


def latest_day() -> date:
    """The last day that a version approved today can begin: a year is as far as anybody plans."""
    return timezone.localdate() + timedelta(days=366)


def check_can_approve(user: User, draft: RuleSet) -> None:
    """Raises Refused with the first thing that stands in the way of this person's approval."""
    if not user.has_perm(Permission.APPROVE_RULES):
        raise Refused(_("Det er lægerne og lederen, der godkender regler."))
    check_is_draft(draft)
    if draft.drafted_by_id == user.pk:
        raise Refused(_("Du har selv skrevet kladden. En anden læge eller lederen godkender den."))
    check_is_current(draft)
    check_says_something(draft)


def check_is_current(draft: RuleSet) -> None:
    """Raises Refused when a version was approved after the draft was begun."""
    latest = newest()
    if draft.based_on != latest.number:
        words = {"based_on": draft.based_on, "newest": latest.number}
        raise Refused(
            _(
                "Kladden bygger på version %(based_on)s, men version %(newest)s er godkendt siden. "
                "Kladdens ændringer skal først føres over på version %(newest)s."
            )
            % words
        )


def check_says_something(draft: RuleSet) -> None:
    """Raises Refused for a draft that changes nothing, or does not say why."""
    base = numbered(draft.based_on)
    assert base is not None
    if parameters(draft.content) == parameters(base.content):
        words = {"number": draft.based_on}
        raise Refused(_("Kladden siger det samme som version %(number)s.") % words)
    if not draft.why.strip():
        raise Refused(_("Kladden siger ikke, hvorfor reglerne ændres."))


def refusal(user: User, draft: RuleSet) -> str:
    """Why the person cannot approve the draft; empty when nothing stands in the way."""
    try:
        check_can_approve(user, draft)
    except Refused as refused:
        return refused.sentence
    return ""


@transaction.atomic
def approve(user: User, pk: int, version: int, valid_from: date) -> RuleSet:
    """Make the draft the next version, in force from a day.

    Raises Refused when it cannot be: see `check_can_approve` and `earliest_day`.
    """
    draft = locked(pk, version)
    _wait_for_other_approvals()
    check_can_approve(user, draft)
    check_day(valid_from)
    return _approved(draft, newest(), user, valid_from)


def check_day(valid_from: date) -> None:
    """Raises Refused for a day that a version approved today cannot begin on."""
    first, last = earliest_day(), latest_day()
    if valid_from < first:
        words = {"day": f"{first:%d.%m.%Y}"}
        raise Refused(_("Versionen kan tidligst gælde fra den %(day)s.") % words)
    if valid_from > last:
        words = {"day": f"{last:%d.%m.%Y}"}
        raise Refused(
            _("Versionen kan senest gælde fra den %(day)s. Er årstallet rigtigt?") % words
        )


def _wait_for_other_approvals() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPROVALS])


def _approved(draft: RuleSet, before: Version, user: User, valid_from: date) -> RuleSet:
    draft.status, draft.number = RuleSet.Status.APPROVED, before.number + 1
    draft.approved_by, draft.approved_role = user, user.role
    draft.approved_at, draft.valid_from = timezone.now(), valid_from
    draft.answers = answers(draft.rules)
    draft.save()
    return draft
