"""A PDF as a screen reader meets it: its tags in order, with the words they hold."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from letters.models import Letter
from letters.typesetting import pdf_of


def opened(letter: Letter) -> pikepdf.Pdf:
    return pikepdf.open(BytesIO(pdf_of(letter)))


def tags(pdf: pikepdf.Pdf) -> list[str]:
    """The names of all tags in reading order."""
    return [str(tag.S) for tag in _elements(pdf.Root.StructTreeRoot)]


def titles(pdf: pikepdf.Pdf) -> list[str]:
    """The headings in reading order."""
    elements = _elements(pdf.Root.StructTreeRoot)
    return [str(each.T) for each in elements if str(each.S).startswith("/H")]


def read_aloud(pdf: pikepdf.Pdf) -> str:
    """The words of tagged content, in the order of the tags; decoration is not read."""
    words = [_words_by_mark(page) for page in pdf.pages]
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    parts = []
    for page, mark in _marks(pdf.Root.StructTreeRoot, None):
        parts.append(words[numbers[page]].get(mark, ""))
    return " ".join(" ".join(parts).split())


def _elements(node: Any) -> Iterator[Any]:
    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _marks(node: Any, page: Any) -> Iterator[tuple[Any, int]]:
    for kid in _kids(node):
        if isinstance(kid, int):
            yield page, kid
        elif "/MCID" in kid:
            yield (kid.Pg.objgen if "/Pg" in kid else page), int(kid.MCID)
        else:
            yield from _marks(kid, kid.Pg.objgen if "/Pg" in kid else page)


def _kids(node: Any) -> list[Any]:
    kids = node.get("/K")
    if kids is None:
        return []
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _words_by_mark(page: pikepdf.Page) -> dict[int, str]:
    """The text of each marked piece of a page's content."""
    found: dict[int, str] = {}
    fonts: Any = page.obj.Resources.get("/Font", {})
    maps: dict[int, str] = {}
    mark: int | None = None
    for operands, operator in _instructions(page):
        match str(operator):
            case "BDC":
                properties = operands[1]
                mark = int(properties.MCID) if "/MCID" in properties else None
            case "EMC":
                mark = None
            case "Tf":
                maps = _unicode(fonts[operands[0]])
            case "Tj" | "TJ" if mark is not None:
                found[mark] = found.get(mark, "") + _text(operands[0], maps)
            case "Td" | "Tm" | "T*" if mark is not None:
                found[mark] = found.get(mark, "") + " "
    return found


def _instructions(stream: Any) -> Iterator[tuple[Any, Any]]:
    for each in pikepdf.parse_content_stream(stream):
        assert isinstance(each, pikepdf.ContentStreamInstruction)  # letters have no inline images
        yield each.operands, each.operator


def _text(shown: Any, maps: dict[int, str]) -> str:
    pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
    text = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    glyphs = (int.from_bytes(text[at : at + 2], "big") for at in range(0, len(text), 2))
    return "".join(maps.get(glyph, "") for glyph in glyphs)


def _unicode(font: Any) -> dict[int, str]:
    """The font's own table from glyphs to letters, by which a screen reader knows them."""
    found: dict[int, str] = {}
    for operands, operator in _instructions(font.ToUnicode):
        if str(operator) == "endbfchar":
            pairs = list(operands)
            for glyph, letters in zip(pairs[::2], pairs[1::2], strict=True):
                found[int.from_bytes(bytes(glyph), "big")] = bytes(letters).decode("utf-16-be")
    return found
