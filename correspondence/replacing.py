"""Replacing a letter that was wrong by a new one, which goes the way that the first went.

What is replaced is kept as it was. Where it has not left the house it is taken back; where it has,
the new one says which one it replaces.
"""

from collections.abc import Callable, Sequence
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from casework.refusals import Refused
from correspondence import mailing, outbox
from correspondence.models import BESIDE, Message
from letters.content import Content, content_of
from letters.correcting import corrected, passages
from letters.models import Letter
from letters.writing import already_replaced, keep_instead, rewritten
from staff.models import User
from staff.permissions import Permission

Kind = Letter.Kind
# Those with words of somebody who answers for them. The others follow the case: a question is taken
# back and asked anew, an appointment is moved, and the letter about that says so.
REPLACEABLE: Final = frozenset(
    {
        *(Kind.NOTICE, Kind.PATIENT_REDIRECTED, Kind.PATIENT_DECLINED, Kind.PATIENT_DISCHARGED),
        *(Kind.ACCEPTED, Kind.REDIRECTED, Kind.DECLINED, Kind.ADVICE, Kind.DISCHARGE),
        Kind.FORWARDED,
    }
)

# Raise Refused for a letter that is not to be written any more. The rooms above append their own
# when they start.
objections: list[Callable[[Letter], None]] = []


def check_can_replace(user: User, letter: Letter) -> None:
    """Raises Refused unless the person may sign, and the letter is one that stands as sent."""
    _check_may(user, letter)
    if by_this := letter.replacement:
        raise Refused(already_replaced(by_this))
    if all(_is_taken_back(message) for message in letter.messages.all()):
        raise Refused(_("Brevet er trukket tilbage og kan ikke erstattes."))


def may_replace(user: User, letter: Letter | None) -> bool:
    """Whether the person may replace the letter now; not what is no letter."""
    try:
        if letter is not None:
            check_can_replace(user, letter)
    except Refused:
        return False
    return letter is not None


def draft(user: User, letter: Letter, texts: Sequence[str], because: str) -> Letter:
    """The new letter as it would be sent now, from a text for each of the old one's passages."""
    content = corrected(content_of(letter.content), texts)
    return rewritten(letter, content, because.strip(), user)


@transaction.atomic
def replace(user: User, pk: int, texts: Sequence[str], because: str) -> Letter:
    """Replace a letter by one with other words, saying why; the same one twice is sent once.

    Raises Refused when another letter replaces it already, and when nothing was corrected.
    """
    letter: Letter = Letter.objects.visible_to(user).get(pk=pk)
    if letter.replacement is None:
        check_can_replace(user, letter)
    else:  # by the same words sent twice, or by other words
        _check_may(user, letter)
    content = _checked(letter, texts, because)
    new = keep_instead(letter, content, because.strip(), user)
    _send(new, letter)
    outbox.withdraw_letter(letter)
    return new


def _check_may(user: User, letter: Letter) -> None:
    if not user.has_perm(Permission.SIGN):
        raise Refused(_("Kun en læge kan erstatte et brev."))
    if letter.kind not in REPLACEABLE:
        raise Refused(_("Brevet følger sagen. Ret sagen, så sendes der et nyt."))
    for check in objections:
        check(letter)


def _is_taken_back(message: Message) -> bool:
    return message.is_overtaken or message.status == Message.Status.WITHDRAWN


def _checked(letter: Letter, texts: Sequence[str], because: str) -> Content:
    """The new words. Raises Refused when they are none, are the old ones, or nobody says why."""
    old = content_of(letter.content)
    new = corrected(old, texts)
    if not any(passage.text for passage in passages(new)):
        raise Refused(_("Skriv brevet."))
    if new == corrected(old, [passage.text for passage in passages(old)]):
        raise Refused(_("Ret det, der var forkert. Brevet er, som det var."))
    if not because.strip():
        raise Refused(_("Skriv, hvorfor brevet erstattes."))
    return new


def _send(new: Letter, old: Letter) -> None:
    """To the patient as the patient is reached today; to others the way that the old one went."""
    if new.is_to_patient:
        mailing.to_patient(new)
    elif new.unit is None:
        mailing.to_address(new)
    else:
        first = old.messages.get(channel=Message.Channel.PORTAL)
        mailing.in_portal(new, first.kind)
        _tell_unit(new, old)


def _tell_unit(new: Letter, old: Letter) -> None:
    """The e-mail that there is a letter in the portal, if there was one about the old letter."""
    about_it = Message.objects.filter(key=f"{old.key}{BESIDE}").first()
    if about_it:
        mailing.tell_unit(new, about_it.subject, about_it.body)
