"""What the fault tests share: a queue, a folder, and servers that may be stopped."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings
from redis import Redis

from tests.faults.centre import Centre, Servers, opened
from tests.processes import on_the_test_database

Tell = Callable[[str], None]
numbers = count(1)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where the file carrier writes."""
    settings.OUTBOX_FOLDER = str(tmp_path / "outbox")
    return tmp_path / "outbox"


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """That of a process on the test's database, with the test's folder for its files."""
    return on_the_test_database() | {"OUTBOX_FOLDER": str(folder)}


@pytest.fixture
def queue() -> Iterator[None]:
    """The broker's queues, empty before and after."""
    with Redis.from_url(django_settings.REDIS_URL) as broker:
        broker.delete("celery", "unacked", "unacked_index", "unacked_mutex")
        yield
        broker.delete("celery", "unacked", "unacked_index", "unacked_mutex")


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    """Say it to whoever runs the tests."""

    def say(words: str) -> None:
        with capsys.disabled():
            sys.stdout.write(f"\n  {words}\n")

    return say


@pytest.fixture(scope="session")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """A PostgreSQL with a migrated database, and a Redis, of these tests alone."""
    servers = Servers()
    try:
        centre = opened(servers, tmp_path_factory.mktemp("template"), "first")
        template = {**centre.environment, "DATABASE_URL": servers.address}
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env=template, check=True)
        yield servers
    finally:
        servers.close()


@pytest.fixture
def centre(servers: Servers, tmp_path: Path) -> Centre:
    """A centre nobody works in yet."""
    return opened(servers, tmp_path, f"centre_{next(numbers)}")
