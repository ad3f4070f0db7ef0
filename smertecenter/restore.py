"""A centre made anew from an archive: `make restore FILE=…`."""

import argparse
import os
import sys
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfileobj
from tarfile import TarFile

import django
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection

from smertecenter.archive import (
    DUMP,
    FILES,
    Unusable,
    as_script,
    content_of,
    opened,
    read_manifest,
    run_postgres,
    stored,
)
from smertecenter.environment import adopt

EMPTIED = "DROP SCHEMA public CASCADE; CREATE SCHEMA public AUTHORIZATION pg_database_owner;"


def restore(path: Path, *, over: bool = False) -> None:
    """Fill the database and the stored files with what the archive holds, all of it or nothing.

    The archive is checked first. Raises Unusable: when it is damaged, and when something is here
    already, unless it is to be written over.
    """
    with opened(path) as tar:
        entries = read_manifest(tar)["entries"]
        names = {entry.removeprefix(FILES) for entry in entries if entry.startswith(FILES)}
        if not over:
            _check_empty()
        with _none_left_unless(over):
            for name in names:  # a file without a row harms nobody, so files come first
                default_storage.delete(name)
                default_storage.save(name, File(content_of(tar, FILES + name)))
            _fill_database(tar)
    _forget_all_but(names)


@contextmanager
def _none_left_unless(over: bool) -> Iterator[None]:
    """A folder of files that was empty is empty again after a failure."""
    try:
        yield
    except BaseException:
        if not over:
            _forget_all_but(())
        raise


def _forget_all_but(names: Collection[str]) -> None:
    for name in stored(default_storage):
        if name not in names:
            default_storage.delete(name)


def _check_empty() -> None:
    if connection.introspection.table_names():
        raise Unusable("The database is not empty. To lose what it holds, add OVER=1.")
    if any(stored(default_storage)):
        raise Unusable("There are stored files already. To lose them, add OVER=1.")


def _fill_database(tar: TarFile) -> None:
    """Empty and fill the database in one transaction."""
    with tempfile.TemporaryDirectory() as aside:
        dump, script = Path(aside) / DUMP, Path(aside) / "script.sql"
        with dump.open("wb") as file:
            copyfileobj(content_of(tar, DUMP), file)
        as_script(dump, script)
        at_once = ("--single-transaction", "--set=ON_ERROR_STOP=1", "--no-psqlrc", "--quiet")
        run_postgres(
            "psql", *at_once, f"--command={EMPTIED}", f"--file={script}", "--command=ANALYZE"
        )


def main() -> int:
    """Restore, and say what is to be done next: 0. When that fails, a sentence on stderr: 1."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--over", action="store_true", help="lose what is here now")
    given = parser.parse_args()
    adopt()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smertecenter.settings")
    django.setup()
    try:
        restore(given.file, over=given.over)
    except (Unusable, DatabaseError, OSError) as reason:
        print(f"Nothing was restored. {reason}", file=sys.stderr)
        return 1
    print(f"Restored. Everybody signs in anew.{_still_to_send()}")
    return 0


def _still_to_send() -> str:
    """What a person looks at before anything is sent: some of it may have left since the backup."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM correspondence_message WHERE status = 'queued'")
        (number,) = cursor.fetchone()
    if not number:
        return ""
    return (
        f"\n{number} messages waited to be sent when the backup was made, and may have left since: "
        "look at them in the outbox before the worker is started."
    )


if __name__ == "__main__":
    sys.exit(main())
