"""From a letter's words to pages: an accessible PDF (PDF/UA-1), made once and kept."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from letters.content import content_of
from letters.enclosing import laid_out
from letters.models import Letter
from letters.wording import WORDS, Words, clock, date, day, replacing

TEMPLATE: Final = Path(__file__).with_name("letter.typ")
STANDARD: Final = "ua-1"
NOT_SHOWN: Final = "□"
PLAIN: Final = frozenset(map(chr, [9, 10, *range(32, 127), *range(0xA0, 0x180)])) - {"\xad"}
SHARPNESS: Final = 110  # pixels per inch of a picture on a page


@transaction.atomic
def made(letter: Letter) -> Letter:
    """The letter with its PDF, which is made now if it has not been; once, whoever asks together.

    Raises RuntimeError (typst.TypstError) when the PDF would not be accessible.
    """
    # Whoever writes a letter that replaces this one is not waited for.
    held = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
    if held.pdf is None:
        held.pdf = pdf_of(held)
        held.sha256, held.made_at = hashlib.sha256(held.pdf).hexdigest(), timezone.now()
        held.save(update_fields=["pdf", "sha256", "made_at"])
    return held


def pdf_of(letter: Letter) -> bytes:
    """The letter as PDF/UA-1; the same letter gives the same bytes, also before it is saved.

    Raises typst.TypstError when it would not be accessible, and EnclosureLost.
    """
    at = int(letter.written_at.timestamp())
    with TemporaryDirectory() as folder:
        files = laid_out(content_of(letter.content).files, Path(folder))
        data = data_of(letter) | {"files": files}
        pages = _typeset(data, root=folder, format="pdf", pdf_standards=[STANDARD], timestamp=at)
    assert isinstance(pages, bytes)
    return pages


def pictures_of(letter: Letter) -> list[bytes]:
    """Each page as a PNG."""
    return _pages(letter, format="png", ppi=SHARPNESS)


def drawings_of(letter: Letter) -> list[bytes]:
    """Each page as an SVG, sharp at any size; its words are drawn, not written."""
    return _pages(letter, format="svg")


def _pages(letter: Letter, **how: Any) -> list[bytes]:
    """The pages without what is enclosed. Of one page Typst gives the page itself."""
    pages = _typeset(data_of(letter), **how)
    return pages if isinstance(pages, list) else [pages]


def _typeset(data: dict[str, Any], **how: Any) -> Any:
    words = json.dumps(_shown(data), ensure_ascii=False)
    inputs = {"letter": words}
    return typst.compile(TEMPLATE.read_bytes(), sys_inputs=inputs, **fonts(), **how)


def data_of(letter: Letter) -> dict[str, Any]:
    """All that the template shows, as JSON can carry it."""
    words, kept = WORDS[letter.language], dict(letter.content)
    head = kept.pop("letterhead")
    return {
        **kept,
        "files": [],
        "language": letter.language,
        "words": asdict(words),
        "head": {"name": head["name"], "reach": _reach(head, words)},
        "foot": _foot(head),
        "recipient": [letter.recipient, *lines_of(letter.address)],
        "date": date(timezone.localdate(letter.written_at), letter.language),
        "signature": _signature(letter, words),
        "replaces": replacing(letter),
    }


def lines_of(address: str) -> list[str]:
    """Street and town on a line each: the last comma parts them."""
    street, _, town = address.rpartition(", ")
    return [line for line in (street, town) if line]


def _reach(head: dict[str, str], words: Words) -> list[str]:
    return [f"{words.phone} {head['phone']}", head["phone_hours"], head["website"]]


def _foot(head: dict[str, str]) -> str:
    address = f"{head['name']}, {head['street']}, {head['town']}"
    return f"{address} · EAN {head['ean']} · CVR {head['cvr']}"


def _signature(letter: Letter, words: Words) -> str:
    if not letter.signed_name:
        return ""
    return words.signed.format(
        name=letter.signed_name,
        role=letter.signed_role,
        day=day(timezone.localdate(letter.written_at), letter.language),
        clock=clock(letter.written_at, letter.language),
    )


def _shown(value: Any) -> Any:
    """The data with a box for each character that no font has: a letter with an odd one in it,
    pasted from somewhere, must go out all the same.
    """
    if isinstance(value, str):
        return value if PLAIN.issuperset(value) else "".join(map(_shown_character, value))
    if isinstance(value, dict):
        return {name: _shown(each) for name, each in value.items()}
    return list(map(_shown, value)) if isinstance(value, Iterable) else value


def _shown_character(character: str) -> str:
    return character if character in PLAIN or is_shown(character) else NOT_SHOWN


@cache
def is_shown(character: str) -> bool:
    """Whether an accessible PDF can show the character: the fonts are asked by setting it."""
    source = b'#set document(title: [x])\n#set text(font: "IBM Plex Sans")\n#sys.inputs.it'
    inputs = {"it": character}
    try:
        typst.compile(source, sys_inputs=inputs, format="pdf", pdf_standards=[STANDARD], **fonts())
    except typst.TypstError:
        return False
    return True


def fonts() -> dict[str, Any]:
    """How Typst finds the letters' fonts, and no others."""
    return {"font_paths": [settings.LETTER_FONTS], "ignore_system_fonts": True}
