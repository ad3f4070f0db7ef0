"""No room on the disk: a message is put off, nothing half-written is left, and it leaves once."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from correspondence.models import Message
from tests.correspondence.factories import a_message, an_email
from tests.faults.conftest import Tell

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

HOW_MANY = 20
NO_ROOM = [sys.executable, "-m", "tests.faults.no_room"]
SMALL_DISK = 'mount -t tmpfs -o size=128k none "$0" && exec "$@"'
Sweeps = Callable[[Sequence[str]], list[dict[str, Any]]]


@pytest.fixture
def sweeps(environment: dict[str, str]) -> Sweeps:
    """Run both sweeps; what is said after each."""

    def run(command: Sequence[str]) -> list[dict[str, Any]]:
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr
        return [json.loads(line) for line in said.stdout.splitlines() if line.startswith("{")]

    return run


def posted() -> None:
    for make in (a_message, an_email):
        for _ in range(HOW_MANY // 2):
            make()


def test_a_file_that_may_not_grow_is_not_left_half_written(
    folder: Path, sweeps: Sweeps, tell: Tell
) -> None:
    posted()
    without, with_room = sweeps([*NO_ROOM, "limit"])
    tell(f"{HOW_MANY} messages without room: {without['states']}, then {with_room['states']}")
    assert without["states"] == {Message.Status.QUEUED: HOW_MANY}
    assert without["put off"] == HOW_MANY
    assert without["files"] == {}
    assert_all_have_left(with_room)


def test_on_a_full_disk_what_has_room_leaves_and_the_rest_later(
    folder: Path, sweeps: Sweeps, tell: Tell
) -> None:
    posted()
    folder.mkdir()
    without, with_room = sweeps([*on_a_small_disk(folder), *NO_ROOM, "disk"])
    tell(f"{HOW_MANY} messages on a full disk: {without['states']}, then {with_room['states']}")
    left = without["states"][Message.Status.SENT]
    assert 0 < left < HOW_MANY
    assert without["put off"] == without["states"][Message.Status.QUEUED] == HOW_MANY - left
    assert len(without["files"]) == left
    assert all(is_whole(text) for text in without["files"].values())
    assert_all_have_left(with_room)


def assert_all_have_left(said: dict[str, Any]) -> None:
    assert said["states"] == {Message.Status.SENT: HOW_MANY}
    assert len(said["files"]) == HOW_MANY
    assert all(is_whole(text) for text in said["files"].values())


def is_whole(text: str) -> bool:
    return text.rstrip().endswith(("i åen.", "=C3=A5en."))


def on_a_small_disk(folder: Path) -> list[str]:
    """Run what follows with a disk of its own on the folder; skips where that is not allowed."""
    program = shutil.which("unshare")
    command = [str(program), "--map-root-user", "--mount", "sh", "-c", SMALL_DISK, str(folder)]
    if not program or subprocess.run([*command, "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk (unshare --mount, tmpfs)")
    return command
