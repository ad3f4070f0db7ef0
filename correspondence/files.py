"""The local carriers: what would be sent is put into a folder, or shown to the developer."""

import email
import os
import sys
from contextlib import suppress
from datetime import UTC
from email import policy
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from correspondence.models import Message
from correspondence.parcels import NotDelivered, Parcel, name_of


def to_portal(parcel: Parcel) -> None:
    """Nothing leaves the house: the practice reads the message when it signs in."""


def to_console(parcel: Parcel) -> None:
    """Show the message on the standard output of whoever sends it, for development."""
    sys.stdout.write(f"{parcel.content.decode()}\n")
    sys.stdout.flush()


def to_file(parcel: Parcel) -> None:
    """One file per message, complete or not there at all, and never written twice.

    The letter lies beside it as PDF, and is there before the message is.
    """
    path = file_of(parcel.message)
    try:
        if parcel.pdf:
            write_whole(path.with_suffix(".pdf"), parcel.pdf)
        write_whole(path, parcel.content)
    except OSError as error:
        raise NotDelivered(_("Filen kunne ikke skrives (%(n)s).") % {"n": error.errno}) from None


def file_of(message: Message) -> Path:
    """Where the file carrier puts a message: by the day and identity it was posted with."""
    ending = "eml" if message.channel == Message.Channel.EMAIL else "txt"
    day = message.created_at.astimezone(UTC).date().isoformat()
    return Path(settings.OUTBOX_FOLDER) / day / f"{name_of(message)}.{ending}"


def written(message: Message) -> str:
    """What the message's file says, as a person reads it; empty when there is none."""
    try:
        content = file_of(message).read_bytes()
    except OSError:
        return ""
    if message.channel != Message.Channel.EMAIL:
        return content.decode()
    mail = email.message_from_bytes(content, policy=policy.default)
    head = [f"{name}: {mail[name]}" for name in ("From", "To", "Subject")]
    return "\n".join([*head, "", str(mail.get_content())])


def write_whole(path: Path, content: bytes) -> None:
    """Write beside, then link: ``path`` appears with all its content and is never overwritten."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
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
