"""Drafting a new version of the rules: begun from the newest, changed by the one who drafts it."""

from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from admission.faults import faults, why_faults
from admission.models import RuleSet
from admission.parameters import Content, content_of, parameters
from admission.versions import newest, numbered
from casework.moments import day_and_time
from casework.refusals import Refused, Stale
from staff.models import User
from staff.permissions import Permission

S = RuleSet.Status


def check_can_draft(user: User) -> None:
    """Raises Refused for those who do not draft rules."""
    if not user.has_perm(Permission.DRAFT_RULES):
        raise Refused(_("Det er lægerne og lederen, der skriver kladder til nye regler."))


def check_can_change(user: User, draft: RuleSet) -> None:
    """Raises Refused unless it is the person's own draft, and still one."""
    check_can_draft(user)
    check_is_draft(draft)
    if draft.drafted_by_id != user.pk:
        name = {"name": draft.drafted_by.name}
        raise Refused(
            _("Det er %(name)s, der skriver kladden. Begynd din egen for at foreslå noget andet.")
            % name
        )


def check_can_discard(user: User, draft: RuleSet) -> None:
    """As to change it; the draft of somebody who has left may be discarded by a colleague."""
    if draft.drafted_by.is_active:
        check_can_change(user, draft)
    check_can_draft(user)
    check_is_draft(draft)


def check_is_draft(draft: RuleSet) -> None:
    """Raises Refused, saying who approved or discarded it, when it is settled."""
    if draft.status != S.DRAFT:
        raise Refused(_("%(what)s og kan ikke ændres mere.") % {"what": settled_sentence(draft)})


def settled_sentence(draft: RuleSet) -> str:
    """Who approved or discarded it when, without a full stop: »Kladden er kasseret af …«."""
    settled_at = draft.approved_at or draft.discarded_at
    assert settled_at is not None  # the database sees to it
    at = day_and_time(settled_at)
    if draft.status == S.APPROVED:
        words = {"who": draft.approver, "at": at, "number": draft.number}
        return _("Kladden blev godkendt som version %(number)s af %(who)s %(at)s") % words
    words = {"who": draft.discarder, "at": at}
    return _("Kladden blev kasseret af %(who)s %(at)s") % words


@transaction.atomic
def begin(user: User) -> RuleSet:
    """A draft that says what the newest version says. Raises Refused for those who may not.

    The person's own draft that nothing was done to yet comes back, also on a second click.
    """
    check_can_draft(user)
    _wait_for_own_beginning(user)
    base = newest()
    untouched = RuleSet.objects.drafts().filter(
        drafted_by=user, based_on=base.number, version=1, content=base.content
    )
    if begun := untouched.first():
        own: RuleSet = begun
        return own
    draft: RuleSet = RuleSet.objects.create(
        content=deepcopy(dict(base.content)),
        based_on=base.number,
        drafted_by=user,
        drafted_role=user.role,
    )
    return draft


def _wait_for_own_beginning(user: User) -> None:
    """One beginning at a time for each person: the second sees the draft of the first."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)


def locked(pk: int, version: int) -> RuleSet:
    """The draft under its row lock; needs a transaction.

    Raises RuleSet.DoesNotExist, and Refused (Stale) when it was changed or settled since it was
    read at `version`.
    """
    rows = RuleSet.objects.select_related("drafted_by", "approved_by", "discarded_by")
    draft: RuleSet = rows.select_for_update(of=("self",), no_key=True).get(pk=pk)
    check_is_draft(draft)
    if draft.version != version:
        raise Stale(_stale_sentence(draft))
    return draft


def _stale_sentence(draft: RuleSet) -> str:
    words = {"who": draft.drafter, "at": day_and_time(draft.changed_at)}
    return (
        _(
            "%(who)s ændrede kladden %(at)s, efter at du åbnede siden. "
            "Se, hvad der er ændret, før du går videre."
        )
        % words
    )


@transaction.atomic
def change(user: User, pk: int, version: int, content: Any, why: str) -> RuleSet:
    """Let the draft say something else, and why.

    Raises Refused for somebody else's draft, one that has changed since, and for rules with faults
    (`admission.faults`), with their sentences.
    """
    draft = locked(pk, version)
    check_can_change(user, draft)
    wrong = [fault.sentence for fault in faults(content, draft.content)]
    if in_why := why_faults(why):
        wrong.append(in_why)
    if wrong:
        raise Refused(" ".join(dict.fromkeys(wrong)))
    return _saved(draft, content_of(parameters(content), draft.content), why)


def _saved(draft: RuleSet, content: Content, why: str) -> RuleSet:
    draft.content, draft.why = content, why.strip()
    draft.version += 1
    draft.changed_at = timezone.now()
    draft.save()
    return draft


@transaction.atomic
def discard(user: User, pk: int, version: int) -> RuleSet:
    """Put the draft away for good; it is kept, with who did it. Raises Refused."""
    draft = locked(pk, version)
    check_can_discard(user, draft)
    draft.status = S.DISCARDED
    draft.discarded_by, draft.discarded_role = user, user.role
    draft.discarded_at = timezone.now()
    draft.save()
    return draft


@transaction.atomic
def rebase(user: User, pk: int, version: int) -> RuleSet:
    """Carry the draft's own changes over to the newest version, parameter by parameter.

    What the draft leaves alone follows the newest version; what it changes stays as it says it.
    Raises Refused as `change` does.
    """
    draft = locked(pk, version)
    check_can_change(user, draft)
    base, onto = numbered(draft.based_on), newest()
    assert base is not None  # a draft is only ever begun from a version
    before, new = parameters(base.content), parameters(onto.content)
    wanted = {
        place: value for place, value in parameters(draft.content).items() if value != before[place]
    }
    draft.based_on = onto.number
    return _saved(draft, content_of(new | wanted, onto.content), draft.why)
