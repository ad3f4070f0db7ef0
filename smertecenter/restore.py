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
# What was due when the backup was made may have left since, and no carrier can tell: the outbox
# folder is in no archive. So a person says. Only the portal's messages reach nobody twice. The
# doubt is an attempt, as any other: what a person said of the attempts before is not said of it.
DOUBTED = """
WITH why AS (
    SELECT 'Gendannet fra en sikkerhedskopi. Meddelelsen kan være sendt siden.' AS words
), doubtful AS (
    UPDATE public.correspondence_message SET status = 'uncertain'
     WHERE status = 'queued' AND channel <> 'portal' AND next_attempt_at <= now()
    RETURNING id, next_attempt_at
), stopped AS (
    UPDATE public.correspondence_attempt SET outcome = 'uncertain', ended_at = now(), why = words
      FROM why, doubtful WHERE message_id = doubtful.id AND ended_at IS NULL
    RETURNING message_id
)
INSERT INTO public.correspondence_attempt (message_id, number, began_at, ended_at, outcome, why)
SELECT id, 1 + (SELECT coalesce(max(number), 0) FROM public.correspondence_attempt
                 WHERE message_id = doubtful.id), next_attempt_at, now(), 'uncertain', words
  FROM why, doubtful WHERE id NOT IN (SELECT message_id FROM stopped)
"""


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
        steps = (f"--command={EMPTIED}", f"--file={script}", f"--command={DOUBTED}")
        run_postgres("psql", *at_once, *steps, "--command=ANALYZE")


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
    print(f"Restored. Everybody signs in anew.{_to_decide()}")
    return 0


def _to_decide() -> str:
    """What a person decides: whether each message in doubt was sent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM correspondence_message WHERE status = 'uncertain'")
        (number,) = cursor.fetchone()
    if not number:
        return ""
    return (
        f"\nMessages that may have left since the backup was made, or before: {number}. None of "
        "them is sent before somebody says so in the outbox."
    )


if __name__ == "__main__":
    sys.exit(main())
