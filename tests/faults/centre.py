"""A centre on a PostgreSQL and a Redis of its own, which may be stopped, killed and emptied."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from celery import Celery
from redis import Redis

from smertecenter.schedule import broker_address
from smertecenter.services.child import Child
from smertecenter.services.place import unprivileged_user, within_reach
from smertecenter.services.postgres import create_database, start_postgres
from smertecenter.services.redis import answers, start_redis
from tests.faults.workers import PATIENCE, Process, wait_until

HOST = "127.0.0.1"
# Letters on paper wait for the day's print.
WAITING = """SELECT count(*) FROM correspondence_message
    WHERE status = 'queued' AND channel <> 'letter'"""


class Servers:
    """PostgreSQL, writing as safely as in production, and Redis, in a folder of their own."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="smertecenter-faults-"))
        self.folder.chmod(0o711)
        self.postgres, self.address = self._new_postgres()
        self.redis, self.broker = self._new_redis()

    def _new_postgres(self) -> tuple[Child, str]:
        child, address = start_postgres(self.folder, self.folder)
        _wait(child, lambda: create_database(address))
        return child, address

    def _new_redis(self) -> tuple[Child, str]:
        child, address = start_redis(self.folder, self.folder)
        _wait(child, lambda: answers(address))
        return child, address

    def stop_postgres_immediately(self) -> None:
        """As `pg_ctl stop -m immediate`: every session is cut, nothing is written down."""
        self.postgres.process.send_signal(signal.SIGQUIT)
        self.postgres.process.wait(PATIENCE)

    def start_postgres(self) -> None:
        self.postgres, _ = self._new_postgres()

    def stop_redis(self) -> None:
        self.redis.stop()

    def start_redis(self) -> None:
        self.redis, _ = self._new_redis()

    def close(self) -> None:
        """Stop both, and leave nothing on the disk."""
        self.redis.stop()
        self.postgres.stop()
        _, place = within_reach(unprivileged_user(), self.folder)
        for folder in {self.folder, place}:
            shutil.rmtree(folder, ignore_errors=True)


def _wait(child: Child, answers: Callable[[], bool]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not answers():
        if not child.running():
            raise child.ended()
        assert time.monotonic() < give_up, f"{child.name} does not answer"
        time.sleep(0.05)


@dataclass(frozen=True)
class Centre:
    """One database on the servers, a folder for files, and the environment of its processes."""

    servers: Servers
    folder: Path
    environment: Mapping[str, str]

    @property
    def outbox(self) -> Path:
        """Where the file carrier writes what leaves the house."""
        return self.folder / "outbox"

    def log(self, name: str) -> Path:
        return self.folder / f"{name}.log"

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database says now."""
        with psycopg.connect(self.environment["DATABASE_URL"]) as db:
            return db.execute(query).fetchall()

    def count(self, query: str) -> int:
        """The one number that the query gives."""
        ((number,),) = self.rows(query)
        return int(number)

    def python(self, *arguments: str) -> str:
        """Run Python in the centre to its end; what it said."""
        command = [sys.executable, *arguments]
        ran = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    def start_task(self, name: str) -> None:
        """Send a task without arguments, as beat does."""
        broker = broker_address(self.environment["REDIS_URL"])
        with Celery(broker=broker, set_as_current=False) as sender:
            sender.send_task(name)

    def sent(self) -> set[str]:
        """The identities of what has left, by the names of the files; some have more than one."""
        return {path.stem for path in self.outbox.rglob("[!.]*") if path.is_file()}


def opened(servers: Servers, folder: Path, name: str) -> Centre:
    """A centre with an empty, migrated database of its own and an empty Redis."""
    with psycopg.connect(servers.address.replace("/smertecenter?", "/postgres?")) as db:
        db.autocommit = True
        db.execute(f'CREATE DATABASE "{name}" TEMPLATE smertecenter')
    with Redis.from_url(servers.broker) as redis:
        redis.flushall()
    address = urlsplit(servers.address)._replace(path=f"/{name}").geturl()
    own = {
        "DATABASE_URL": address,
        "REDIS_URL": servers.broker,
        "OUTBOX_FOLDER": str(folder / "outbox"),
        "SMERTECENTER_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "ALLOWED_HOSTS": HOST,
        "DEMO": "1",
        "SECRET_KEY": "faults-only",
    }
    return Centre(servers, folder, os.environ | own)


def sweep_until_sent(centre: Centre, worker: Process) -> None:
    """Sweep as beat does, only more often, until nothing waits that may go out."""

    def all_sent() -> bool:
        centre.start_task("correspondence.tasks.sweep")
        return centre.count(WAITING) == 0

    wait_until(all_sent, worker, pause=1)


def web(port: int) -> list[str]:
    """The arguments of a web server as production runs it."""
    options = ["--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4"]
    return ["-m", "gunicorn", *options, "--no-control-socket", "smertecenter.wsgi"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def wait_for_web(port: int, server: Process) -> None:
    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, port)) == 0

    wait_until(listens, server)
