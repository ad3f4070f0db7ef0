"""Files sent along with a referral: known by their content, kept once, never shown inline."""

import hashlib
import re
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import PurePath
from typing import Any, Final
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.refusals import Refused
from referrals.intake import forget_file_on_commit, lock_unsent
from referrals.models import Attachment, Draft, Referral
from staff.models import User

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_FILES: Final = 20
NAME_LENGTH: Final = 150
WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def _is_text(content: bytes) -> bool:
    """Text holds no control characters but line breaks and tabs, in UTF-8 or Latin-1."""
    return bool(content) and not re.search(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]", content)


def _is_word(content: bytes) -> bool:
    """A Word document is a zip archive with a document in it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return {"[Content_Types].xml", "word/document.xml"} <= set(archive.namelist())
    except (zipfile.BadZipFile, ValueError):
        return False


def _begins(*beginnings: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(beginnings)


# Suffixes under which a person knows the type, its media type, and how its content is told.
TYPES: Final[Mapping[tuple[str, ...], tuple[str, Callable[[bytes], bool]]]] = {
    (".pdf",): ("application/pdf", _begins(b"%PDF-")),
    (".png",): ("image/png", _begins(b"\x89PNG\r\n\x1a\n")),
    (".jpg", ".jpeg"): ("image/jpeg", _begins(b"\xff\xd8\xff")),
    (".docx",): (WORD, _is_word),
    (".txt",): ("text/plain", _is_text),
}
ACCEPTED: Final = ",".join(suffix for suffixes in TYPES for suffix in suffixes)


def media_type(name: str, content: bytes) -> str:
    """The type that name and content agree on. Raises Refused when they do not, or for others."""
    suffix = PurePath(name.lower()).suffix
    for suffixes, (kind, holds) in TYPES.items():
        if suffix in suffixes:
            if holds(content):
                return kind
            raise Refused(_("Filens indhold passer ikke til navnet. Gem den igen, og prøv så."))
    raise Refused(_("Filen skal være PDF, PNG, JPG, Word (docx) eller tekst (txt)."))


def attach(user: User, draft_pk: int, upload: UploadedFile[Any] | None) -> Attachment:
    """Keep a file with a draft; the same file a second time stays one.

    Raises Refused for a file that is empty, too large, of another type, or one too many.
    """
    if upload is None:
        raise Refused(_("Vælg en fil."))
    if upload.size is None or upload.size > MOST_BYTES:
        raise Refused(_("Filen er for stor: højst 10 MB."))
    content = upload.read()
    if not content:
        raise Refused(_("Filen er tom."))
    name = safe_name(upload.name or "")
    return _keep(user, draft_pk, name, media_type(name, content), content)


@transaction.atomic
def _keep(user: User, draft_pk: int, name: str, kind: str, content: bytes) -> Attachment:
    draft = lock_unsent(user, draft_pk)
    digest = hashlib.sha256(content).hexdigest()
    same: Attachment | None = draft.attachments.filter(sha256=digest).first()
    if same:
        return same
    if draft.attachments.count() >= MOST_FILES:
        raise Refused(_("Der kan højst være 20 bilag."))
    attachment: Attachment = Attachment.objects.create(
        draft=draft,
        file=ContentFile(content, name=f"{uuid4().hex}{PurePath(name.lower()).suffix}"),
        name=name,
        media_type=kind,
        size=len(content),
        sha256=digest,
        uploaded_by=user,
    )
    return attachment


def safe_name(name: str) -> str:
    """The file's own name without path, control characters or excess length."""
    plain = CONTROL.sub("", name.replace("\\", "/").rpartition("/")[2]).strip() or "bilag"
    path = PurePath(plain)
    return path.stem[: NAME_LENGTH - len(path.suffix)] + path.suffix[:NAME_LENGTH]


@transaction.atomic
def detach(user: User, attachment_pk: int) -> Draft:
    """Remove a file from a draft that is not sent. Raises Refused when it is."""
    mine = Draft.objects.visible_to(user)
    attachment = Attachment.objects.filter(draft__in=mine).get(pk=attachment_pk)
    draft = lock_unsent(user, attachment.draft_id)
    forget_file_on_commit(attachment)
    attachment.delete()
    return draft


def sent_with(referral: Referral) -> Any:
    """The files that were sent with a referral, the first time and with answers."""
    return Attachment.objects.filter(draft__submission__referral=referral)


def attachment_for(user: User, pk: int) -> Attachment:
    """The file, if its draft or its referral may be seen; else raises DoesNotExist."""
    drafts, referrals = Draft.objects.visible_to(user), Referral.objects.visible_to(user)
    mine = Q(draft__in=drafts) | Q(draft__submission__referral__in=referrals)
    attachment: Attachment = Attachment.objects.filter(mine).get(pk=pk)
    return attachment
