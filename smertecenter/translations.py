"""The English catalogue, kept without GNU gettext: `update`, `compile` and `check`.

Texts in code and templates are Danish; `locale/en` holds the English of each. Babel reads the
Python files, and the templates after Django has turned them into something like Python.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from smertecenter.rooms import ROOMS

BASE = Path(__file__).resolve().parent.parent
ENGLISH = BASE / "locale/en/LC_MESSAGES/django.po"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


def texts(base: Path = BASE) -> Catalog:
    """Every marked text in the product's code and templates."""
    catalog = Catalog()
    for path, source in sources(base):
        file = io.BytesIO(source.encode())
        for _line, text, comments, context in extract(
            "python", file, KEYWORDS, ["Translators:"], {"encoding": "utf-8"}
        ):
            catalog.add(text, None, [(path, 1)], auto_comments=comments, context=context)
    return catalog


def sources(base: Path) -> Iterator[tuple[str, str]]:
    """Each file that may hold texts, as Python: its path and its source."""
    for room in (*ROOMS, "smertecenter"):
        for file in sorted((base / room).rglob("*.py")):
            yield str(file.relative_to(base)), file.read_text()
    for file in sorted((base / "templates").rglob("*.*")):
        path = str(file.relative_to(base))
        # The templates' indentation would be Python's.
        lines = templatize(file.read_text(), origin=path).splitlines()
        yield path, "\n".join(line.lstrip() for line in lines)


def english(path: Path = ENGLISH) -> Catalog:
    """The committed catalogue; an empty one when there is none yet."""
    if not path.exists():
        return Catalog(locale="en", domain="django", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="en", domain="django")


def update(base: Path = BASE, path: Path = ENGLISH) -> None:
    """Add new texts to the catalogue, without English, and drop those that are gone."""
    catalog = english(path)
    catalog.update(texts(base), no_fuzzy_matching=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(
            file, catalog, width=100, ignore_obsolete=True, include_lineno=False, sort_by_file=True
        )


def compile_all(path: Path = ENGLISH) -> None:
    """Write the binary catalogue that Django reads, unless it is newer than its source."""
    compiled = path.with_suffix(".mo")
    if not path.exists() or _newer(compiled, path):
        return
    with compiled.open("wb") as file:
        write_mo(file, english(path))


def complaints(base: Path = BASE, path: Path = ENGLISH) -> list[str]:
    """What stands between the catalogue and a complete one, a sentence each."""
    catalog, wanted = english(path), texts(base)
    found: list[str] = []
    for message in wanted:
        known = catalog.get(message.id, message.context) if message.id else message
        if known is None:
            found.append(f"Missing from the catalogue (make messages): {_shown(message)}")
    for message in catalog:
        if message.id:
            found += _faults(message, wanted)
    return found


def _faults(message: Message, wanted: Catalog) -> Iterator[str]:
    if wanted.get(message.id, message.context) is None:
        yield f"No longer used (make messages): {_shown(message)}"
    elif message.fuzzy or not all(_english_of(message)):
        yield f"No English yet: {_shown(message)}"
    else:
        for error in message.check():
            yield f"{error}: {_shown(message)}"


def _english_of(message: Message) -> tuple[str, ...]:
    english = message.string if isinstance(message.string, list | tuple) else [message.string]
    return tuple(text or "" for text in english)


def _shown(message: Message) -> str:
    text = message.id if isinstance(message.id, str) else message.id[0]
    return f"“{text}”, {', '.join(path for path, _ in message.locations)}"


def _newer(file: Path, source: Path) -> bool:
    return file.exists() and file.stat().st_mtime >= source.stat().st_mtime


def main(order: str) -> int:
    """Carry out one of the three orders; 1 when `check` has something to complain of."""
    if order == "update":
        update()
    elif order == "compile":
        compile_all()
    else:
        faults = complaints()
        print("\n".join(faults) or "The English catalogue is complete.")
        return int(bool(faults))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
