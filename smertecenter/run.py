"""The whole centre on one machine: `make run`.

Starts what DATABASE_URL and REDIS_URL do not name, prepares the database, then runs the web
server, a Celery worker and Celery beat until it is told to stop, or one of them ends.
"""

import fcntl
import http.client
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

from smertecenter import translations
from smertecenter.environment import VAR, forget, remember
from smertecenter.services.child import CannotStart, Child, start
from smertecenter.services.postgres import create_database, start_postgres
from smertecenter.services.redis import answers, start_redis

LOGS = VAR / "log"
HOST = "127.0.0.1"
PATIENCE = 60  # seconds that a server gets to answer


class Stopped(Exception):
    """We were told to stop."""


@dataclass
class Centre:
    """The running children, and whether somebody asked us to stop."""

    stack: ExitStack
    parent: int = field(default_factory=os.getppid)
    children: list[Child] = field(default_factory=list)
    stop_asked: bool = False

    def ask_to_stop(self, *_: object) -> None:
        """A signal's handler."""
        self.stop_asked = True

    def keep(self, child: Child) -> Child:
        """Watch this child, and stop it before those that were started earlier."""
        self.children.append(child)
        self.stack.callback(child.stop)
        return child

    def look(self) -> None:
        """Wait a moment. Raises Stopped when told to stop, CannotStart when a child ended."""
        time.sleep(0.1)
        if self.stop_asked or os.getppid() != self.parent:
            raise Stopped
        for child in self.children:
            if not child.running():
                raise child.ended()

    def wait_until(self, condition: Callable[[], bool], what: str) -> None:
        """Look after the children until `condition` holds; raises CannotStart after PATIENCE."""
        give_up = time.monotonic() + PATIENCE
        while not condition():
            if time.monotonic() > give_up:
                raise CannotStart(f"{what} did not answer within {PATIENCE} seconds. See {LOGS}.")
            self.look()


def main() -> int:
    """Run until told to stop: 0. When it cannot start or go on, a sentence on stderr: 1."""
    try:
        with only_one(), ExitStack() as stack:
            centre = Centre(stack)
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, centre.ask_to_stop)
            run(centre, chosen_port())
    except Stopped:
        return 0
    except CannotStart as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1


def run(centre: Centre, port: int) -> NoReturn:
    """Open the centre and look after it; never returns by itself."""
    settle_environment()
    start_servers(centre)
    translations.compile_all()
    prepare(centre)
    start_web(centre, port)
    start_background_jobs(centre)
    print(f"Ready at http://{HOST}:{port}", flush=True)
    while True:
        centre.look()


@contextmanager
def only_one() -> Iterator[None]:
    """Refuse to run twice on the same data."""
    LOGS.mkdir(parents=True, exist_ok=True)
    with (VAR / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CannotStart("The centre already runs in this folder. Stop it first.") from None
        yield


def chosen_port() -> int:
    """PORT, or 8000. Raises CannotStart when it is no port or taken."""
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise CannotStart(f"PORT={text} is not a port number. Choose one like: make run PORT=8001")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, int(text)))
        except PermissionError:
            raise CannotStart(f"Port {text} needs rights that you do not have here.") from None
        except OSError:
            raise CannotStart(
                f"Port {text} is taken. Stop what uses it, or choose another: "
                f"make run PORT={int(text) % 65535 + 1}"
            ) from None
    return int(text)


def settle_environment() -> None:
    """A demo centre, unless the environment says otherwise, on plain HTTP and this machine only."""
    os.environ.setdefault("HTTPS", "0")
    os.environ.setdefault("ALLOWED_HOSTS", f"{HOST},localhost")
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("SECRET_KEY", kept_secret())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smertecenter.settings")


def kept_secret() -> str:
    """This folder's own secret, so that a restart signs nobody out."""
    path = VAR / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def start_servers(centre: Centre) -> None:
    """Start PostgreSQL and Redis, each unless the environment names one."""
    if not os.environ.get("DATABASE_URL"):
        child, database = start_postgres(VAR, LOGS)
        centre.keep(child)
        os.environ["DATABASE_URL"] = database
        centre.wait_until(lambda: create_database(database), "PostgreSQL")
    if not os.environ.get("REDIS_URL"):
        child, redis = start_redis(VAR, LOGS)
        centre.keep(child)
        os.environ["REDIS_URL"] = redis
        centre.wait_until(lambda: answers(redis), "Redis")
    names = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DEMO", "HTTPS", "ALLOWED_HOSTS")
    remember({name: os.environ[name] for name in names})
    centre.stack.callback(forget)


def prepare(centre: Centre) -> None:
    """Migrate and fill the database, its progress on our terminal, its errors in a log."""
    log = LOGS / "prepare.log"
    command = python("-m", "smertecenter.prepare")
    step = start("Preparing the database", command, log=log, only_errors=True)
    centre.stack.callback(step.stop)
    while step.running():
        centre.look()
    if step.process.returncode:
        raise step.ended()


def start_web(centre: Centre, port: int) -> None:
    """Start the web server, and wait until it answers."""
    options = ["--bind", f"{HOST}:{port}", "--workers", "2", "--threads", "4"]
    options += ["--graceful-timeout", "5", "--no-control-socket"]
    command = python("-m", "gunicorn", *options, "smertecenter.wsgi")
    centre.keep(start("The web server", command, log=LOGS / "web.log"))
    centre.wait_until(lambda: web_answers(port), "The web server")


def start_background_jobs(centre: Centre) -> None:
    """Start the Celery worker and beat."""
    celery = python("-m", "celery", "--app", "smertecenter")
    worker = ["worker", "--concurrency", "2", "--loglevel", "INFO", "--without-mingle"]
    beat = ["beat", "--schedule", str(VAR / "beat-schedule"), "--pidfile=", "--loglevel", "INFO"]
    centre.keep(start("The Celery worker", [*celery, *worker], log=LOGS / "worker.log"))
    centre.keep(start("Celery beat", [*celery, *beat], log=LOGS / "beat.log"))


def python(*arguments: str) -> list[str]:
    """A command for this environment's own Python."""
    return [sys.executable, *arguments]


def web_answers(port: int) -> bool:
    """Whether our web server answers a request."""
    connection = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
