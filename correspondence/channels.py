"""The ways out of the house. Each hands over a message at most once, by the message's identity."""

import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from smtplib import SMTPRecipientsRefused, SMTPResponseException
from types import MappingProxyType
from typing import Final, Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from correspondence.models import Message

PERMANENT: Final = 500  # RFC 5321, section 4.2.1: replies from here on are not to be tried again


class NotDelivered(Exception):
    """The channel could not take the message; ``why`` is a sentence without personal data."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.for_good = for_good


class Carrier(Protocol):
    """Hands one message over, or raises NotDelivered.

    A second call with the same message must not reach the recipient a second time: a sender may be
    killed after the handing over and before it could write that down.
    """

    def __call__(self, message: Message) -> None: ...


def carry(message: Message) -> None:
    """Hand a message to the carrier that the settings name for its channel."""
    if message.channel != Message.Channel.PORTAL and not message.address.strip():
        raise NotDelivered(_("Modtageren har ingen adresse på denne kanal."), for_good=True)
    CARRIERS[settings.OUTBOX_CHANNELS[message.channel]](message)


def to_portal(message: Message) -> None:
    """Nothing leaves the house: the practice reads the message when it signs in."""


def to_file(message: Message) -> None:
    """One file per message, complete or not there at all, and never written twice."""
    path = file_of(message)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_whole(path, _content(message))
    except OSError as error:
        raise NotDelivered(_("Filen kunne ikke skrives (%(n)s).") % {"n": error.errno}) from None


def to_console(message: Message) -> None:
    """Show the message on the standard output of whoever sends it, for development."""
    sys.stdout.write(f"{_content(message).decode()}\n")
    sys.stdout.flush()


def to_smtp(message: Message) -> None:
    """Send an e-mail. The Message-ID stays the same, by which mail systems drop a repetition."""
    try:
        _mail(message).send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _reply in error.recipients.values()]
        why = _("Mailserveren afviste adressen (%(codes)s).") % {
            "codes": ", ".join(map(str, codes))
        }
        raise NotDelivered(why, for_good=min(codes) >= PERMANENT) from None
    except SMTPResponseException as error:
        raise NotDelivered(
            _("Mailserveren svarede %(code)s.") % {"code": error.smtp_code}
        ) from None
    except OSError:
        raise NotDelivered(_("Mailserveren svarer ikke.")) from None


CARRIERS: Final[Mapping[str, Carrier]] = MappingProxyType(
    {"portal": to_portal, "file": to_file, "console": to_console, "smtp": to_smtp}
)


def file_of(message: Message) -> Path:
    """Where the file carrier puts a message: by the day and identity it was posted with."""
    ending = "eml" if message.channel == Message.Channel.EMAIL else "txt"
    day = message.created_at.astimezone(UTC).date().isoformat()
    name = f"{message.pk:07d}-{message.kind}-{message.channel}-{message.identity.hex[:12]}.{ending}"
    return Path(settings.OUTBOX_FOLDER) / day / name


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside, then link: `path` appears with all its content and is never overwritten."""
    beside = path.with_name(f".{path.name}.part")
    try:
        if not path.exists():
            private = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(private, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                path.hardlink_to(beside)
    finally:
        beside.unlink(missing_ok=True)  # half a file on a full disk, one a killed sender left


def _content(message: Message) -> bytes:
    if message.channel == Message.Channel.EMAIL:
        return _mail(message).message().as_bytes()
    head = [
        f"{_('Id')}: {message.identity}",
        f"{_('Kanal')}: {message.get_channel_display()}",
        f"{_('Til')}: {message.recipient}",
        f"{_('Adresse')}: {message.address}",
        *([f"{_('Emne')}: {message.subject}"] if message.subject else []),
    ]
    return "\n".join([*head, "", message.body, ""]).encode()


def _mail(message: Message) -> EmailMessage:
    return EmailMessage(
        message.subject,
        message.body,
        settings.DEFAULT_FROM_EMAIL,
        [message.address],
        headers={"Message-ID": f"<{message.identity}@{settings.MAIL_DOMAIN}>"},
    )
