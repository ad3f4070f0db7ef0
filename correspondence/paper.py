"""Pages for the envelope: letters as they were made, older ones set plainly, and their list."""

import datetime as dt
import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pikepdf import Pdf

from casework.moments import DAY
from correspondence.models import Message
from correspondence.parcels import packed
from letters.models import Letter
from letters.typesetting import fonts, lines_of
from letters.wording import day as in_words

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
A4: Final = (595.28, 841.89)  # points


@dataclass(frozen=True, slots=True)
class Sheets:
    """One letter's pages, and what the list says of it."""

    message: Message
    pdf: bytes
    pages: int


def sheets(message: Message) -> Sheets:
    """The pages of a letter. Raises NotDelivered when it has no address to go to."""
    pdf = packed(message).pdf or _set({"kind": "letter", **_plain(message)})
    with Pdf.open(BytesIO(pdf)) as found:
        return Sheets(message, pdf, len(found.pages))


def cover(day: dt.date, letters: list[Sheets]) -> bytes:
    """The list of the day's letters, for whoever puts them into envelopes."""
    count = ngettext("%(n)d brev", "%(n)d breve", len(letters)) % {"n": len(letters)}
    rows = [
        [str(number), one.message.recipient, one.message.address, str(one.pages)]
        for number, one in enumerate(letters, 1)
    ]
    return _set(
        {
            "kind": "list",
            "title": _("Breve på papir, %(day)s") % {"day": date_format(day, DAY, use_l10n=False)},
            "count": count,
            "head": [_("Nr."), _("Modtager"), _("Adresse"), _("Sider")],
            "rows": rows,
        }
    )


def bound(parts: list[bytes]) -> tuple[bytes, int]:
    """All in one PDF, each beginning on the front of a sheet; with the number of pages."""
    out = BytesIO()
    with Pdf.new() as whole:
        for part in parts:
            if len(whole.pages) % 2:
                whole.add_blank_page(page_size=A4)
            with Pdf.open(BytesIO(part)) as one:
                whole.pages.extend(one.pages)
        whole.save(out, deterministic_id=True)
        return out.getvalue(), len(whole.pages)


def _plain(message: Message) -> dict[str, str]:
    return {
        "recipient": "\n".join([message.recipient, *lines_of(message.address)]),
        "day": in_words(timezone.localdate(message.created_at), Letter.Language.DANISH),
        "title": message.subject,
        "body": message.body,
    }


def _set(words: dict[str, Any]) -> bytes:
    pages = typst.compile(
        str(TEMPLATE),
        sys_inputs={"words": json.dumps(words, ensure_ascii=False)},
        format="pdf",
        **fonts(),
    )
    assert isinstance(pages, bytes)
    return pages
