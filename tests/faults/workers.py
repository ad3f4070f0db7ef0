"""Processes of the product that are started, watched, killed and ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

PATIENCE = 300  # seconds that a busy machine gets; waiting ends when what is awaited is there
CELERY = ("-m", "celery", "--app")
Process = subprocess.Popen[bytes]


@contextmanager
def running(
    arguments: Sequence[str], environment: Mapping[str, str], log: Path
) -> Iterator[Process]:
    """A Python process in a group of its own, which is ended when left at the latest."""
    with log.open("wb") as lines:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=lines,
            stderr=lines,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        kill(process)


def a_worker(
    environment: Mapping[str, str], log: Path, *options: str, app: str = "smertecenter"
) -> AbstractContextManager[Process]:
    """A Celery worker, with one process unless the options say otherwise."""
    pool = options or ("--pool", "solo")
    quick = ("--without-gossip", "--without-mingle", "--loglevel", "INFO")
    return running([*CELERY, app, "worker", *pool, *quick], environment, log)


def kill(process: Process) -> None:
    """End the process and all it started with SIGKILL."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def ended(process: Process) -> int:
    """Ask a worker to finish what it has in hand and end; its exit code."""
    process.terminate()
    return process.wait(PATIENCE)


def wait_until(condition: Callable[[], object], *processes: Process, pause: float = 0.02) -> None:
    """Wait for the condition while the processes run."""
    give_up = time.monotonic() + PATIENCE
    while not condition():
        for process in processes:
            assert process.poll() is None, f"{process.args!r} ended by itself"
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(pause)
