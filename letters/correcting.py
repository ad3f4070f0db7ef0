"""A letter's words, to be corrected where they are prose.

Headings, and facts with their labels (track, days, names), are made of the case and stay as they
are, as does what is enclosed: where they are wrong, the case is.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from letters.content import Block, Box, Content, Heading, Paragraph, Points, read

Stretch = tuple[bool, list[Block]]


@dataclass(frozen=True, slots=True)
class Passage:
    """Prose that stands together, as one writes it; ``heading`` is what stands over it, if any."""

    heading: str
    text: str


def passages(content: Content) -> list[Passage]:
    """What may be corrected, in the order of the letter."""
    found, heading = [], ""
    for is_prose, blocks in _stretches(content.blocks):
        if is_prose:
            found.append(Passage(heading or _own_heading(blocks), _text(blocks)))
        heading = blocks[-1].text if isinstance(blocks[-1], Heading) else ""
    return found


def corrected(content: Content, texts: Sequence[str]) -> Content:
    """The letter with new words for each of its passages; a passage without any is left out."""
    new, blocks = iter(texts), []
    for is_prose, stretch in _stretches(content.blocks):
        blocks += _rewritten(stretch, next(new)) if is_prose else stretch
    return replace(content, blocks=tuple(blocks))


def _stretches(blocks: Iterable[Block]) -> Iterator[Stretch]:
    """The blocks in runs of prose and of what stays; a box with words is a run of its own."""
    for kind, run in groupby(blocks, _kind):
        if kind == Box.__name__:
            yield from ((True, [box]) for box in run)
        else:
            yield kind == "prose", list(run)


def _kind(block: Block) -> str:
    if isinstance(block, Box):
        return Box.__name__ if block.text else "stays"
    return "prose" if isinstance(block, Paragraph | Points) else "stays"


def _own_heading(blocks: Sequence[Block]) -> str:
    first = blocks[0]
    return first.heading if isinstance(first, Box) else ""


def _text(blocks: Sequence[Block]) -> str:
    first = blocks[0]
    return first.text if isinstance(first, Box) else "\n\n".join(each.as_text() for each in blocks)


def _rewritten(blocks: Sequence[Block], text: str) -> list[Block]:
    first = blocks[0]
    if isinstance(first, Box):
        return [replace(first, text=text.replace("\r\n", "\n").strip())]
    return list(read(text))
