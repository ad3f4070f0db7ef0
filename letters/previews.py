"""A letter before it is sent, as whoever decides sees it: the very pages, as pictures."""

from base64 import b64encode
from dataclasses import dataclass

from django.utils.functional import Promise

from letters.content import content_of
from letters.models import Letter
from letters.typesetting import drawings_of
from letters.wording import as_text


@dataclass(frozen=True, slots=True)
class Preview:
    """The pages as addresses that hold the pictures themselves; ``text`` is what they say."""

    label: str | Promise
    language: str
    title: str
    text: str
    pages: tuple[str, ...]
    is_open: bool


def preview(letter: Letter, label: str | Promise, *, is_open: bool = False) -> Preview:
    """A letter that is not kept yet, typeset as it would be."""
    content = content_of(letter.content)
    pages = tuple(map(_address, drawings_of(letter)))
    return Preview(label, letter.language, content.title, as_text(letter), pages, is_open)


def _address(drawing: bytes) -> str:
    return f"data:image/svg+xml;base64,{b64encode(drawing).decode()}"
