"""What is handed over: a message packed as it leaves the house, before anything has left."""

from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from correspondence.models import Message
from letters.enclosing import with_pages
from letters.typesetting import made

Channel = Message.Channel


class NotDelivered(Exception):
    """The channel did not take the message; ``why`` is a sentence without personal data."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.for_good = for_good


class NotRegistered(NotDelivered):
    """Digital Post does not take letters to this person, who is exempt or not known there."""

    def __init__(self) -> None:
        super().__init__(_("Modtageren er fritaget for Digital Post."), for_good=True)


class MayHaveLeft(Exception):
    """Nobody can tell whether the channel took the message: it must not be sent again unasked."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message with all that goes with it: its text or e-mail, and the letter as PDF if any."""

    message: Message
    content: bytes
    pdf: bytes | None = None


def packed(message: Message) -> Parcel:
    """Make all that the message consists of. Raises NotDelivered when nobody could receive it."""
    _check_has_a_receiver(message)
    if message.channel == Channel.EMAIL:
        return Parcel(message, _mail(message).message().as_bytes())
    return Parcel(message, _text(message), _pdf(message))


def _pdf(message: Message) -> bytes | None:
    """The letter's PDF, made now if nobody has needed it; its row is locked only to make it.

    For an envelope, the pages of what is enclosed follow: a file within the PDF would be lost.
    """
    letter = message.letter
    if letter is not None and letter.pdf is None:
        letter = made(letter)
    if letter is None or letter.pdf is None:
        return None
    pdf = bytes(letter.pdf)
    return with_pages(pdf) if message.channel == Channel.LETTER else pdf


def _check_has_a_receiver(message: Message) -> None:
    if message.channel == Channel.PORTAL:
        return
    known = message.patient if message.channel == Channel.DIGITAL_POST else message.address.strip()
    if not known:
        raise NotDelivered(_("Modtageren har ingen adresse på denne kanal."), for_good=True)
    if message.channel == Channel.EMAIL and not message.address.isascii():
        raise NotDelivered(_("E-mailadressen kan ikke bruges."), for_good=True)


def _text(message: Message) -> bytes:
    head = [
        f"{_('Id')}: {message.identity}",
        f"{_('Kanal')}: {message.get_channel_display()}",
        f"{_('Til')}: {message.recipient}",
        f"{_('Adresse')}: {_address(message)}",
        *([f"{_('Emne')}: {message.subject}"] if message.subject else []),
        *([f"{_('Bilag')}: {name_of(message)}.pdf"] if message.letter else []),
    ]
    return "\n".join([*head, "", message.body, ""]).encode()


def _address(message: Message) -> str:
    """Digital Post goes to the person's number, which is kept with the patient only."""
    if message.channel == Channel.DIGITAL_POST and message.patient:
        return message.patient.number_shown
    return message.address


def name_of(message: Message) -> str:
    """What the message's files are called, without their ending; it names nobody."""
    return f"{message.pk:07d}-{message.kind}-{message.channel}-{message.identity.hex[:12]}"


def _mail(message: Message) -> EmailMessage:
    return EmailMessage(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={"Message-ID": f"<{message.identity}@{settings.MAIL_DOMAIN}>"},
    )
