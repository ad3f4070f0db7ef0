"""Whether the practice has seen an answer: it opened it, or the centre phoned about it.

An answer counts as delivered when somebody of the practice has opened it. One that is unopened
some weekdays later is to be phoned about. Nothing stores that task: the answer without an opening
is the task, so it cannot be lost.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casework.moments import day_and_time
from casework.refusals import Refused
from correspondence.models import ANSWERS, IS_AN_ANSWER, CallInVain, Message, Opening
from letters.models import Letter
from staff import deadlines
from staff.models import User
from staff.permissions import Permission

How = Opening.How
NOTE_LENGTH: Final = 300


def readable_by(user: User) -> "QuerySet[Message]":
    """What the centre has written in the portal to the person's practice."""
    if not user.has_perm(Permission.REFER):
        return Message.objects.none()
    return Message.objects.filter(channel=Message.Channel.PORTAL, unit=user.unit_id)


def unseen() -> "QuerySet[Message]":
    """The answers that no practice knows of, as far as we know; the oldest first.

    Not those whose letter was replaced: the new one is the answer.
    """
    replaced = Letter.objects.filter(replaces=OuterRef("letter"))
    found: QuerySet[Message] = Message.objects.filter(
        ~Exists(replaced), IS_AN_ANSWER, is_seen=False
    )
    return found.exclude(status=Message.Status.WITHDRAWN).order_by("created_at", "pk")


def overdue(on: dt.date) -> Q:
    """Narrows unseen answers to those whose day to phone has come."""
    return Q(created_at__lt=_end_of(deadlines.latest_start("phone_unopened", on)))


def rests(on: dt.date) -> Q:
    """Narrows answers to those that are not to be phoned about again yet: nobody took the phone."""
    since = _end_of(deadlines.latest_start("phone_again", on))
    return Q(Exists(CallInVain.objects.filter(message=OuterRef("pk"), at__gte=since)))


def _end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day + dt.timedelta(days=1), dt.time()))


def phone_by(message: Message) -> dt.date:
    """The day on which a practice that has not opened the message is phoned, or phoned again."""
    if in_vain := list(message.calls_in_vain.all()):
        return deadlines.due("phone_again", timezone.localdate(in_vain[-1].at))
    return deadlines.due("phone_unopened", timezone.localdate(message.created_at))


def is_answer(message: Message) -> bool:
    """Whether the message is one that the practice must see."""
    return message.channel == Message.Channel.PORTAL and message.kind in ANSWERS


def is_unseen(message: Message) -> bool:
    """Whether the message is an answer that the practice has not opened."""
    return is_answer(message) and not message.is_seen


def note_opened(user: User, shown: Iterable[Message]) -> None:
    """Note that somebody of the practice has the words of the messages before them.

    The first opening counts, however many open at the same time. What is no answer, or is written
    to another practice, is not noted.
    """
    if user.has_perm(Permission.REFER):
        theirs = [one for one in shown if is_answer(one) and one.unit_id == user.unit_id]
        openings = [Opening(message=one, how=How.OPENED, by=user) for one in theirs]
        Opening.objects.bulk_create(openings, ignore_conflicts=True)


def note_call(user: User, message: Message, spoken_to: str) -> Opening:
    """Note that the practice was phoned about an answer, and who there was spoken to.

    Raises Refused without a name, or when the practice knows of the answer already; the sentence
    says since when. The same call noted twice is noted once.
    """
    note = spoken_to.strip()[:NOTE_LENGTH]
    if not note:
        raise Refused(_("Skriv, hvem du talte med."))
    words = {"how": How.PHONED, "by": user, "note": note}
    noted, is_new = Opening.objects.get_or_create(message=message, defaults=words)
    if not is_new and (noted.how, noted.by, noted.note) != (How.PHONED, user, note):
        raise Refused(_("Praksis kender allerede svaret: %(how)s.") % {"how": words_of(noted)})
    return noted


def note_nobody_reached(user: User, message: Message, note: str = "") -> CallInVain:
    """Note that the practice was phoned about an answer and nobody was reached.

    Raises Refused when the practice knows of the answer already; the sentence says since when.
    """
    if opening := Opening.objects.filter(message=message).select_related("by").first():
        raise Refused(_("Praksis kender allerede svaret: %(how)s.") % {"how": words_of(opening)})
    return CallInVain.objects.create(message=message, by=user, note=note.strip()[:NOTE_LENGTH])


def seen_words(message: Message) -> str:
    """Whether the practice has seen the answer, in words; empty for what is no answer."""
    if not is_answer(message):
        return ""
    return _("Ikke åbnet endnu") if is_unseen(message) else words_of(message.opening)


def words_of(opening: Opening) -> str:
    """How the practice came to know of an answer."""
    if opening.how == How.BEFORE or opening.by is None:
        return str(How.BEFORE.label).capitalize()
    words = {"who": opening.by.name, "when": day_and_time(opening.at)}
    if opening.how == How.PHONED:
        return _("%(who)s ringede %(when)s og talte med %(note)s") % (
            words | {"note": opening.note}
        )
    return _("Åbnet af %(who)s %(when)s") % words
