"""Programs that live and die with the process that started them."""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


class CannotStart(Exception):
    """Why the centre cannot run, in a sentence for the terminal."""


@dataclass(frozen=True)
class Child:
    """A program we started, with the file it writes to."""

    name: str
    process: "subprocess.Popen[bytes]"
    log: Path
    stop_signal: signal.Signals

    def running(self) -> bool:
        """Whether the program still runs."""
        return self.process.poll() is None

    def last_words(self, lines: int = 12) -> str:
        """The end of what it wrote, to show beside the sentence that it ended."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    def ended(self) -> CannotStart:
        """The sentence that says this child is gone, with its last words."""
        return CannotStart(
            f"{self.name} ended unexpectedly ({self._cause()}). Its log, {self.log}, ends with:\n\n"
            f"{self.last_words()}"
        )

    def _cause(self) -> str:
        code = self.process.returncode
        return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"

    def stop(self, patience: float = 10) -> None:
        """Ask the program to end, wait `patience` seconds, then end its whole process group."""
        if self.running():
            self.process.send_signal(self.stop_signal)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    only_errors: bool = False,
    user: str | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
) -> Child:
    """Start a program in a process group of its own, so that Ctrl-C reaches only its starter.

    What it writes goes to `log`; with `only_errors`, what it writes to stdout goes to ours.
    """
    with log.open("wb") as output:
        process = subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=None if only_errors else output,
            stderr=output,
            process_group=0,
            preexec_fn=_tied_to(os.getpid(), stop_signal),  # noqa: PLW1509 -- no threads here
            **as_user(user),
        )
    return Child(name, process, log, stop_signal)


class AsUser(TypedDict, total=False):
    """Popen's arguments that decide whose rights a program has."""

    user: int
    group: int
    extra_groups: list[int]
    cwd: str


def as_user(user: str | None) -> AsUser:
    """Popen's arguments to run as `user` with no other group's rights."""
    if user is None:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": [], "cwd": "/"}


def _tied_to(parent: int, signal_number: signal.Signals) -> Callable[[], None]:
    """Have Linux stop the child when its parent is gone, even by SIGKILL."""

    def tie() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, int(signal_number))
            if os.getppid() != parent:
                os._exit(1)

    return tie
