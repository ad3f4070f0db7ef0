"""No room on the disk: a message is put off, nothing half-written is left, and it leaves once."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from correspondence.models import Message
from letters.models import Letter
from staff.permissions import Role
from tests.correspondence.factories import a_message, an_email
from tests.faults.conftest import Tell
from tests.patients.factories import CPR_NUMBERS
from tests.referrals import cases

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

LETTERS = 3
NO_ROOM = [sys.executable, "-m", "tests.faults.no_room"]
SMALL_DISK = 'mount -t tmpfs -o size=4m none "$0" && exec "$@"'
Sweeps = Callable[[Sequence[str]], list[dict[str, Any]]]


@pytest.fixture
def sweeps(environment: dict[str, str]) -> Sweeps:
    """Run both sweeps; what is said after each."""

    def run(command: Sequence[str]) -> list[dict[str, Any]]:
        said = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert said.returncode == 0, said.stderr
        return [json.loads(line) for line in said.stdout.splitlines() if line.startswith("{")]

    return run


def posted() -> int:
    """Text messages, e-mails, and letters to patients with their PDF; how many."""
    for _ in range(6):
        a_message()
        an_email()
    people = cases.the_centre()
    for _ in range(LETTERS):
        referral = cases.sent(number=next(CPR_NUMBERS))
        cases.accepted_by(people[Role.PHYSICIAN], referral)
    return int(Message.objects.exclude(channel=Message.Channel.PORTAL).count())


def test_a_file_that_may_not_grow_is_not_left_half_written(
    folder: Path, sweeps: Sweeps, tell: Tell
) -> None:
    how_many = posted()
    without, with_room = sweeps([*NO_ROOM, "limit"])
    tell(f"{how_many} messages without room: {without['states']}, then {with_room['states']}")
    assert without["states"] == {Message.Status.QUEUED: how_many}
    assert without["put off"] == how_many
    assert without["files"] == {}
    assert_all_have_left(with_room, how_many)


def test_on_a_full_disk_what_has_room_leaves_and_the_rest_later(
    folder: Path, sweeps: Sweeps, tell: Tell
) -> None:
    how_many = posted()
    folder.mkdir()
    without, with_room = sweeps([*on_a_small_disk(folder), *NO_ROOM, "disk"])
    tell(f"{how_many} messages on a full disk: {without['states']}, then {with_room['states']}")
    left = without["states"][Message.Status.SENT]
    assert 0 < left < how_many
    assert without["put off"] == without["states"][Message.Status.QUEUED] == how_many - left
    assert len(whole_messages(without)) == left
    assert set(pdfs(without)) <= set(Letter.objects.values_list("sha256", flat=True))
    assert_all_have_left(with_room, how_many)


def assert_all_have_left(said: dict[str, Any], how_many: int) -> None:
    assert said["states"] == {Message.Status.SENT: how_many}
    assert len(whole_messages(said)) == how_many
    by_post = Letter.objects.filter(messages__channel=Message.Channel.DIGITAL_POST)
    assert pdfs(said) == sorted(by_post.values_list("sha256", flat=True))
    assert len(pdfs(said)) == LETTERS


def whole_messages(said: dict[str, Any]) -> list[str]:
    """The files of messages, each of which must be all there."""
    messages = {name: text for name, text in said["files"].items() if not name.endswith(".pdf")}
    bodies = Message.objects.values_list("pk", "body")
    endings = {pk: body.split()[-1] for pk, body in bodies}
    for name, text in messages.items():
        assert text.split()[-1] == endings[int(name.split("-")[0])]
    return list(messages)


def pdfs(said: dict[str, Any]) -> list[str]:
    """The sha256 of each letter; those about namesakes, made in the same second, are the same."""
    return sorted(text for name, text in said["files"].items() if name.endswith(".pdf"))


def on_a_small_disk(folder: Path) -> list[str]:
    """Run what follows with a disk of its own on the folder; skips where that is not allowed."""
    program = shutil.which("unshare")
    # Root stays the one that may reach the database's socket, whoever that belongs to.
    be_root = [] if os.geteuid() == 0 else ["--map-root-user"]
    command = [str(program), *be_root, "--mount", "sh", "-c", SMALL_DISK, str(folder)]
    if not program or subprocess.run([*command, "true"], check=False).returncode:
        pytest.skip("this machine lets nobody mount a small disk (unshare --mount, tmpfs)")
    return command
