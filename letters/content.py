"""What a letter says, as data: both the text on a page and the PDF are made of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Final

BULLET: Final = "- "
FACT: Final = re.compile(r"([A-ZÆØÅ][^:.?»«]{1,39}): (\S.*)")


@dataclass(frozen=True, slots=True)
class Heading:
    text: str

    def as_text(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words as they stand; a line break in them stays one."""

    text: str

    def as_text(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Points:
    """A list, with the words that lead to it."""

    items: tuple[str, ...]
    lead: str = ""

    def as_text(self) -> str:
        return "\n".join(filter(None, [self.lead, *(f"{BULLET}{item}" for item in self.items)]))


def _named(label: str) -> str:
    """A label that is a question has its mark already."""
    return label if label.endswith("?") else f"{label}:"


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values: *Spor: Hurtig vurdering*."""

    rows: tuple[tuple[str, str], ...]

    def as_text(self) -> str:
        return "\n".join(f"{_named(label)} {value}" for label, value in self.rows)


@dataclass(frozen=True, slots=True)
class Box:
    """What the reader is to do, set apart on top."""

    heading: str
    text: str

    def as_text(self) -> str:
        return f"{self.heading}:\n{self.text}" if self.text else f"{self.heading}."


Block = Heading | Paragraph | Points | Facts | Box
KINDS: Final[dict[str, type[Block]]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "points": Points,
    "facts": Facts,
    "box": Box,
}
NAMES: Final = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class File:
    """A file that goes with a letter: where it is kept, and the fingerprint it must have."""

    name: str
    path: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Content:
    """A whole letter. ``closing`` are the lines under it, ``enclosures`` say what goes with it,
    ``files`` are what goes with it.
    """

    title: str
    blocks: tuple[Block, ...]
    closing: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    files: tuple[File, ...] = ()

    def as_text(self) -> str:
        """The words without the title, as they stand in the portal and in an e-mail."""
        parts = [block.as_text() for block in self.blocks]
        return "\n\n".join(filter(None, [*parts, "\n".join(self.closing)]))

    def as_json(self) -> dict[str, Any]:
        blocks = [{"kind": NAMES[type(block)], **asdict(block)} for block in self.blocks]
        return {**asdict(self), "blocks": blocks}


def content_of(kept: dict[str, Any]) -> Content:
    """The content again, from how it was kept as JSON."""
    return Content(
        title=kept["title"],
        blocks=tuple(map(_block, kept["blocks"])),
        closing=tuple(kept["closing"]),
        enclosures=tuple(kept["enclosures"]),
        files=tuple(File(**each) for each in kept["files"]),
    )


def _block(kept: dict[str, Any]) -> Block:
    fields = {name: _frozen(value) for name, value in kept.items() if name != "kind"}
    return KINDS[kept["kind"]](**fields)


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def paragraphs(*texts: str) -> tuple[Block, ...]:
    """The texts that say something, each a paragraph of its own."""
    return tuple(Paragraph(text) for text in texts if text)


def read(text: str) -> tuple[Block, ...]:
    """What a person wrote, as blocks: blank lines part it, "- " makes a list, "Spor: …" a fact.

    The words stay as they are: ``as_text`` gives them back.
    """
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(block for part in parts if part.strip() for block in _read_part(part))


def _read_part(part: str) -> Iterator[Block]:
    lines = [line.rstrip() for line in part.splitlines() if line.strip()]
    facts = [FACT.fullmatch(line) for line in lines]
    if len(lines) > 1 and all(facts):
        yield Facts(tuple((fact[1], fact[2]) for fact in facts if fact))
        return
    yield from _read_lines(lines)


def _read_lines(lines: Iterable[str]) -> Iterator[Block]:
    """Lines before a list lead to it."""
    lead = ""
    for is_list, run in groupby(lines, lambda line: line.startswith(BULLET)):
        if is_list:
            yield Points(tuple(line.removeprefix(BULLET) for line in run), lead)
            lead = ""
        else:
            lead = "\n".join(run)
    if lead:
        yield Paragraph(lead)
