"""A PostgreSQL and a Redis for one test run, gone with it, unless the environment names some.

Tests run in two processes (pytest-xdist): pytest-django gives each a database in PostgreSQL, and
each has its own in Redis, for the workers of one would take the tasks of the other.
"""

import atexit
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from redis.connection import parse_url

from smertecenter.services.child import Child
from smertecenter.services.postgres import create_database, start_postgres
from smertecenter.services.redis import answers, start_redis

PATIENCE = 60  # seconds


def start_missing() -> None:
    """Set DATABASE_URL and REDIS_URL, starting servers for those that are not set."""
    if "DATABASE_URL" in os.environ and "REDIS_URL" in os.environ:
        os.environ["REDIS_URL"] = of_this_process(os.environ["REDIS_URL"])
        return
    folder = Path(tempfile.mkdtemp(prefix="smertecenter-tests-"))
    folder.chmod(0o711)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    if "DATABASE_URL" not in os.environ:
        server, address = start_postgres(folder, folder, throw_away=True)
        _keep(server, lambda: create_database(address))
        os.environ["DATABASE_URL"] = address
    if "REDIS_URL" not in os.environ:
        server, address = start_redis(folder, folder)
        _keep(server, lambda: answers(address))
        os.environ["REDIS_URL"] = address


def of_this_process(address: str) -> str:
    """The Redis database of this process: those of the second and later follow the named one."""
    process = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    number = parse_url(address).get("db", 0) + process
    parts = urlsplit(address)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={number}"
    return parts._replace(path=f"/{number}").geturl()


def _keep(server: Child, answers: Callable[[], bool]) -> None:
    """Wait until the server answers, and stop it when this process ends."""
    atexit.register(server.stop)
    give_up = time.monotonic() + PATIENCE
    while not answers():
        if not server.running() or time.monotonic() > give_up:
            raise server.ended() if not server.running() else TimeoutError(server.name)
        time.sleep(0.05)
