"""What goes with a letter: in the PDF as files, and shown on pages where that can be done.

The PDF carries each file unchanged. Pictures and plain text are shown after the letter as well, and
for an envelope the pages of enclosed PDFs follow.
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst
from django.core.files.storage import default_storage
from pikepdf import PasswordError, Pdf, PdfError

from letters.content import File

PDF: Final = "application/pdf"
PICTURES: Final = {"image/png": "png", "image/jpeg": "jpg"}
TEXT: Final = "text/plain"
NO_PAGES: Final = (PdfError, PasswordError)  # what a broken PDF and a locked one raise


class EnclosureLost(RuntimeError):
    """A file is not what it was when the letter was written: nothing else may go in its place."""


def can_be_printed(file: File) -> bool:
    """Whether the file's pages come out on paper; not when it is locked, broken or no longer here.

    What neither this nor the letter's pages can show, the letter must say.
    """
    try:
        content = _content(file)
    except (OSError, EnclosureLost):
        return False
    if file.media_type == PDF:
        return _has_pages(content)
    return file.media_type == TEXT or _is_picture(file.media_type, content)


def _has_pages(content: bytes) -> bool:
    try:
        with Pdf.open(BytesIO(content)) as pdf:
            return len(pdf.pages) > 0
    except NO_PAGES:
        return False


def _is_picture(media_type: str, content: bytes) -> bool:
    if media_type not in PICTURES:
        return False
    with TemporaryDirectory() as folder:
        path = f"picture.{PICTURES[media_type]}"
        (Path(folder) / path).write_bytes(content)
        return _can_be_drawn(path, Path(folder))


def laid_out(files: tuple[File, ...], folder: Path) -> list[dict[str, Any]]:
    """Put the files in a folder, as the template finds them. Raises EnclosureLost."""
    return [_laid_out(each, number, folder) for number, each in enumerate(files, 1)]


def _laid_out(file: File, number: int, folder: Path) -> dict[str, Any]:
    content = _content(file)
    path = f"{number}.{PICTURES.get(file.media_type, 'bin')}"
    (folder / path).write_bytes(content)
    is_picture = file.media_type in PICTURES and _can_be_drawn(path, folder)
    return {
        "name": file.name,
        "path": path,
        "media_type": file.media_type,
        "is_picture": is_picture,
        "text": _text(content) if file.media_type == TEXT else "",
    }


def _content(file: File) -> bytes:
    with default_storage.open(file.path) as stored:
        content = bytes(stored.read())
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise EnclosureLost(f"The file {file.path} has changed since the letter was written.")
    return content


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _can_be_drawn(path: str, folder: Path) -> bool:
    """A picture that is broken still goes with the letter as a file."""
    alone = folder / "alone.typ"
    alone.write_text(f'#image("{path}")', encoding="utf-8")
    try:
        typst.compile(alone, root=folder, format="svg")
    except typst.TypstError:
        return False
    return True


def with_pages(pdf: bytes) -> bytes:
    """A letter for an envelope: its own pages, and those of the PDFs that go with it."""
    with Pdf.open(BytesIO(pdf)) as letter:
        enclosed = list(_enclosed(letter))
        if not enclosed:
            return pdf
        for each in enclosed:
            letter.pages.extend(each.pages)
        out = BytesIO()
        letter.save(out, deterministic_id=True)
    return out.getvalue()


def _enclosed(letter: Pdf) -> Iterator[Pdf]:
    """One that is broken or locked goes as a file only."""
    for name in letter.attachments:
        content = letter.attachments[name].get_file().read_bytes()
        if content.startswith(b"%PDF-"):
            with suppress(*NO_PAGES):
                yield Pdf.open(BytesIO(content))
