"""Writing down how an attempt went, and what follows from it."""

import datetime as dt
from collections.abc import Callable
from types import MappingProxyType
from typing import Final

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from correspondence.leading import addressed
from correspondence.models import ON_PAPER, Attempt, Message, Verdict
from correspondence.posting import lay_down

Outcome = Attempt.Outcome
Status = Message.Status
LONGEST_WHY: Final = 300
AFTERWARDS: Final = MappingProxyType(
    {
        Outcome.SENT: Status.SENT,
        Outcome.PRINTED: Status.PRINTED,
        Outcome.PUT_OFF: Status.QUEUED,
        Outcome.FAILED: Status.FAILED,
        Outcome.UNCERTAIN: Status.UNCERTAIN,
    }
)
WRITTEN_DOWN: Final = ("status", "sent_at", "next_attempt_at")


def settle(message: Message, attempt: Attempt, outcome: Outcome, why: str = "") -> None:
    """End an attempt, and put the message into the state that follows; its row must be locked.

    Whoever looks after the outbox is told of a message that needs a person.
    """
    now = timezone.now()
    attempt.outcome, attempt.why, attempt.ended_at = outcome, why[:LONGEST_WHY], now
    attempt.save(update_fields=["outcome", "why", "ended_at"])
    message.status = AFTERWARDS[outcome]
    if outcome == Outcome.SENT:
        message.sent_at = now
    if outcome == Outcome.PUT_OFF:
        message.next_attempt_at = now + _wait(message)
    message.save(update_fields=WRITTEN_DOWN)
    if outcome in (Outcome.FAILED, Outcome.UNCERTAIN):
        _report(message)


def after_failure(message: Message, *, for_good: bool = False) -> Outcome:
    """Whether a failed message is tried again: so many times as there are agreed waits."""
    given_up = for_good or tried(message) > len(settings.OUTBOX_RETRY_MINUTES)
    return Outcome.FAILED if given_up else Outcome.PUT_OFF


def _wait(message: Message) -> dt.timedelta:
    return dt.timedelta(minutes=settings.OUTBOX_RETRY_MINUTES[tried(message) - 1])


def tried(message: Message) -> int:
    """How often the message was tried since somebody last said that it is to be sent again."""
    again = message.verdicts.filter(said=Verdict.Said.AGAIN).last()
    count: int = message.tries.filter(number__gt=again.after if again else 0).count()
    return count


# The rooms above, which know what their messages are about, append their own when they start: what
# a person is to do instead when paper would come too late; empty when it is in time.
late_on_paper: list[Callable[[Message], str]] = []


def too_late_on_paper(message: Message) -> str:
    """What a person is to do instead of a letter on paper that would come too late; empty if not.

    Such a message stays among the failed: whoever looks after the outbox is told, and decides.
    """
    return next(filter(None, (late(message) for late in late_on_paper)), "")


def go_on_paper(message: Message) -> None:
    """Post on paper what Digital Post did not take, with the same words and letter."""
    assert message.patient
    lay_down(
        key=f"{message.key}{ON_PAPER}",
        kind=message.kind,
        channel=Message.Channel.LETTER,
        letter=message.letter,
        recipient=message.recipient,
        address=message.patient.postal_address,
        subject=message.subject,
        body=message.body,
        about=message.about,
        patient=message.patient,
    )


def _report(message: Message) -> None:
    """Tell the secretaries, once for each time that it is put aside, in words about nobody.

    Not of an e-mail to them: it would go the way that this one did not get through.
    """
    to_them = message.address == settings.TRIAGE_EMAIL
    if to_them or not Message.objects.undelivered().filter(pk=message.pk).exists():
        return
    state = _("er måske sendt") if message.status == Status.UNCERTAIN else _("kunne ikke sendes")
    lay_down(
        key=f"message:{message.pk}:put-aside:{message.tries.count()}",
        kind=Message.Kind.NOTICE,
        channel=Message.Channel.EMAIL,
        subject=_("En meddelelse %(state)s") % {"state": state},
        body=_(
            "Meddelelse %(pk)d (%(kind)s, %(channel)s) %(state)s.\n\n"
            "Åbn Udbakken i Smertecenter for at se hvorfor, og hvad der kan gøres."
        )
        % {
            "pk": message.pk,
            "kind": message.get_kind_display(),
            "channel": message.get_channel_display(),
            "state": state,
        },
        **addressed(None),
    )
