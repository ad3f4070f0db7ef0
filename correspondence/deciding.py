"""What a person says about a message that could not be sent, or of which nobody knows.

The verdict is kept with name and time. It holds for the attempt that the person had before them.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.moments import day_and_time
from casework.refusals import Refused, Stale
from correspondence import tasks
from correspondence.models import ON_PAPER, Attempt, Message, Verdict
from correspondence.outbox import ring_on_commit
from correspondence.posting import timed
from staff.models import User
from staff.permissions import Permission

Status = Message.Status


def check_can_send_again(user: User, message: Message) -> None:
    """Raises Refused unless the message failed or may not have left, and still holds."""
    _check_may(user)
    if message.status not in (Status.FAILED, Status.UNCERTAIN):
        raise Refused(_("Kun en mislykket meddelelse kan sendes igen."))
    if message.status == Status.FAILED and _is_on_paper(message):
        raise Refused(_("Brevet sendes på papir i stedet."))
    if message.is_overtaken:
        raise Refused(_("Meddelelsen gælder ikke længere og kan ikke sendes igen."))


def check_can_say_sent(user: User, message: Message) -> None:
    """Raises Refused unless nobody knows whether the message has left."""
    _check_may(user)
    if message.status != Status.UNCERTAIN:
        raise Refused(_("Kun om en meddelelse, der måske er sendt, kan man sige, at den er sendt."))


def check_can_drop(user: User, message: Message) -> None:
    """Raises Refused unless the message failed, or nobody knows whether it has left."""
    _check_may(user)
    if message.status not in (Status.FAILED, Status.UNCERTAIN):
        raise Refused(
            _("Kun en meddelelse, der er mislykket eller måske er sendt, kan lægges væk.")
        )


@transaction.atomic
def send_again(user: User, pk: int, after: int) -> Message:
    """Put a message back in the queue, though it may have left; a letter waits for the next print.

    Raises Refused and Stale.
    """
    message = _lock(pk, after)
    check_can_send_again(user, message)
    message.status, message.next_attempt_at = Status.QUEUED, timezone.now()
    timed(message).save(update_fields=["status", "next_attempt_at"])
    _note(user, message, after, Verdict.Said.AGAIN)
    ring_on_commit(tasks.deliver, message.pk)
    return message


@transaction.atomic
def say_sent(user: User, pk: int, after: int) -> Message:
    """Note that a message did leave, as a person has found out. Raises Refused and Stale."""
    message = _lock(pk, after)
    check_can_say_sent(user, message)
    last = message.tries.last()
    message.status = Status.SENT
    message.sent_at = last.began_at if last else timezone.now()
    message.save(update_fields=["status", "sent_at"])
    _note(user, message, after, Verdict.Said.SENT)
    return message


@transaction.atomic
def drop(user: User, pk: int, after: int) -> Message:
    """Put a message away for good: what it says was told otherwise, or need not be told.

    Raises Refused and Stale.
    """
    message = _lock(pk, after)
    check_can_drop(user, message)
    message.status = Status.WITHDRAWN
    message.save(update_fields=["status"])
    _note(user, message, after, Verdict.Said.DROP)
    return message


def last_attempt(message: Message) -> int:
    """The number of the message's last attempt; 0 without one."""
    last: Attempt | None = message.tries.last()
    return last.number if last else 0


def _check_may(user: User) -> None:
    if not user.has_perm(Permission.VIEW_OUTBOX):
        raise Refused(_("Kun de, der passer Udbakken, kan tage stilling til meddelelsen."))


def _is_on_paper(message: Message) -> bool:
    return bool(Message.objects.filter(key=f"{message.key}{ON_PAPER}").exists())


def _lock(pk: int, after: int) -> Message:
    message: Message = Message.objects.select_for_update(no_key=True).get(pk=pk)
    verdict = message.verdicts.filter(after=after).first()
    if verdict:
        raise Stale(_already(verdict))
    if last_attempt(message) != after:
        raise Stale(_("Meddelelsen er forsøgt sendt igen, siden du åbnede siden. Se på den igen."))
    return message


def _already(verdict: Verdict) -> str:
    return _("%(name)s har allerede sagt, %(at)s: %(said)s.") % {
        "name": verdict.by_name,
        "at": day_and_time(verdict.at),
        "said": verdict.get_said_display(),
    }


def _note(user: User, message: Message, after: int, said: Verdict.Said) -> None:
    Verdict.objects.create(message=message, after=after, said=said, by=user, by_name=user.name)
