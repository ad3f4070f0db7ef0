"""Everything the centre holds in one dated archive: `make backup`."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tarfile import TarFile

import django
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone

from smertecenter.archive import DUMP, FILES, Unusable, Writer, run_postgres, stored
from smertecenter.environment import VAR, adopt

# Without the table of sessions: whoever finds the archive is not signed in by it.
DUMP_OPTIONS = (
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    "--no-comments",
    "--exclude-table-data=django_session",
)


def back_up(folder: Path) -> Path:
    """Write an archive into the folder, for this user's eyes only, whole or not at all; its path.

    The centre may be at work meanwhile. Raises Unusable.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    now = timezone.localtime()
    path = folder / f"smertecenter-{now:%Y-%m-%d-%H%M%S}.tar"
    with _new(path) as tar, tempfile.TemporaryDirectory(dir=folder) as aside:
        writer = Writer(tar)
        # A row is written after its file: what the dump knows is stored before it or soon after.
        _add_files(writer)
        _add_dump(writer, Path(aside) / DUMP)
        _add_files(writer)
        writer.close(made_at=now.isoformat(), database=_version())
    return path


@contextmanager
def _new(path: Path) -> Iterator[TarFile]:
    unfinished = path.with_suffix(".unfinished")
    private = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(private, "wb") as file:
            with TarFile(fileobj=file, mode="w") as tar:
                yield tar
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _add_files(writer: Writer) -> None:
    """Add what is stored and not in the archive yet, or was not all there."""
    for name in stored(default_storage):
        known = writer.entries.get(FILES + name, {"size": None})
        with suppress(FileNotFoundError):  # thrown away with its draft just now
            size = default_storage.size(name)
            if size != known["size"]:
                with default_storage.open(name) as content:
                    writer.add(FILES + name, content, size)


def _add_dump(writer: Writer, dump: Path) -> None:
    run_postgres("pg_dump", *DUMP_OPTIONS, f"--file={dump}")
    with dump.open("rb") as content:
        writer.add(DUMP, content, dump.stat().st_size)


def _version() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0]}"


def main() -> int:
    """Make a backup and say where it is: 0. When that fails, a sentence on stderr: 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=VAR / "backups")
    folder = parser.parse_args().folder
    adopt()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smertecenter.settings")
    django.setup()
    try:
        path = back_up(folder)
    except (Unusable, DatabaseError, OSError) as reason:
        print(f"No backup was made. {reason}", file=sys.stderr)
        return 1
    print(f"{path} ({path.stat().st_size / 1_000_000:.1f} MB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
