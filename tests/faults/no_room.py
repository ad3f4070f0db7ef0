"""A sweep on a disk without room, and one when there is room again.

`python -m tests.faults.no_room limit` allows no file longer than a few bytes (EFBIG);
`python -m tests.faults.no_room disk` fills the small disk that the folder lies on (ENOSPC).
Says after each sweep, as a line of JSON, how the messages stand and which files there are.
"""

import datetime as dt
import email
import hashlib
import json
import resource
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.policy import default
from pathlib import Path

import django

django.setup()

import time_machine  # noqa: E402  # models need the setup
from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from correspondence import delivery  # noqa: E402
from correspondence.models import Attempt, Message  # noqa: E402

FOLDER = Path(settings.OUTBOX_FOLDER)
PAGE = 4096  # bytes: what the smallest file takes on the small disk
ROOM_FOR = 3  # files


@contextmanager
def limit() -> Iterator[None]:
    """No file may become longer than 20 bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def disk() -> Iterator[None]:
    """The disk has room for a few files only."""
    filler = FOLDER / "filler"
    with suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"x" * PAGE):
            pass
    with filler.open("r+b") as file:
        file.truncate(filler.stat().st_size - ROOM_FOR * PAGE)
    yield
    filler.unlink()


def say() -> None:
    found = Message.objects.exclude(channel=Message.Channel.PORTAL)
    waiting = found.waiting().filter(next_attempt_at__gt=timezone.now())
    files = [path for path in FOLDER.rglob("*") if path.is_file() and path.name != "filler"]
    told = {
        "states": Counter(found.values_list("status", flat=True)),
        "put off": waiting.filter(tries__outcome=Attempt.Outcome.PUT_OFF).distinct().count(),
        "files": {path.name: content(path) for path in files},
    }
    sys.stdout.write(json.dumps(told) + "\n")


def content(path: Path) -> str:
    """The words of a file; of a PDF its sha256."""
    if path.suffix == ".pdf":
        return hashlib.sha256(path.read_bytes()).hexdigest()
    if path.suffix == ".eml":
        return str(email.message_from_bytes(path.read_bytes(), policy=default).get_content())
    return path.read_text()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with {"limit": limit, "disk": disk}[sys.argv[1]]():
        delivery.sweep()
        say()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        delivery.sweep()
        say()
