"""Does the visitation's queue stay as fast when the centre grows old? `make benchmark`.

Makes centres of 1,000 and of 100,000 referrals in databases of their own, opens the first page of
the queue (50 rows) as a secretary, by turns in one and the other, so that whatever else the machine
does slows both. Says how many queries and how much time a page takes, and ends with 1 when a
promise is broken: at most 8 queries, and at most 1.3 times the small centre's median time.
"""

import os
import sys
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING, Final

import django

from tests.servers import start_missing

if TYPE_CHECKING:
    from django.test import Client

SIZES: Final = (1_000, 100_000)
ROUNDS: Final = 30
TIMES_A_ROUND: Final = 4
MOST_QUERIES: Final = 8
MOST_TIMES_SLOWER: Final = 1.3


@dataclass(slots=True)
class Centre:
    """A centre in a database of its own, and how its queue was found: times in milliseconds."""

    size: int
    database: str
    rows: int = 0
    queries: int = 0
    times: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        found = f"{self.rows} rows, {self.queries} queries, {median(self.times):.1f} ms"
        return f"{self.size:>7,} referrals: {found}"


def main() -> int:
    """Measure both sizes by turns and compare them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    start_missing()
    django.setup()
    with ExitStack() as stack:
        small, large = centres = [made(size, stack) for size in SIZES]
        for _ in range(ROUNDS):
            for centre in centres:
                measure(centre)
    slower = median(large.times) / median(small.times)
    sys.stdout.write(f"{small}\n{large}\n{slower:.2f} times the time\n")
    few = max(small.queries, large.queries) <= MOST_QUERIES
    return 0 if few and slower <= MOST_TIMES_SLOWER else 1


def made(size: int, stack: ExitStack) -> Centre:
    """A centre of this size, in a database that is dropped with the stack."""
    from django.db import connection
    from django.utils import timezone

    from demo.large import make_large_centre

    usual = str(connection.settings_dict["NAME"])
    database = f"queue_{size}"
    connection.settings_dict["TEST"]["NAME"] = database
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    stack.callback(enter, usual)
    stack.callback(drop, database, usual)
    make_large_centre(timezone.localdate(), seed=1, size=size)
    enter(usual)
    return Centre(size, database)


def enter(database: str) -> None:
    """Let what follows happen in this database."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = database


def drop(database: str, usual: str) -> None:
    from django.db import connection

    enter(database)
    connection.creation.destroy_test_db(usual, verbosity=0)


def measure(centre: Centre) -> None:
    """Open the queue as a secretary: first to warm up and count, then by the clock."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from referrals import queue
    from staff.models import User
    from staff.permissions import Role

    enter(centre.database)
    secretary = User.objects.filter(role=Role.SECRETARY).earliest("pk")
    client = Client(headers={"host": "localhost"})
    client.force_login(secretary)
    opened(client)
    centre.rows = len(queue.page(secretary, queue.Filters()))
    with CaptureQueriesContext(connection) as captured:
        opened(client)
    centre.queries = len(captured)
    centre.times += [opened(client) for _ in range(TIMES_A_ROUND)]


def opened(client: "Client") -> float:
    """How long the queue's first page takes, in milliseconds."""
    from django.urls import reverse

    started = time.perf_counter()
    response = client.get(reverse("referrals:queue"))
    taken = 1000 * (time.perf_counter() - started)
    if response.status_code != 200:
        raise SystemExit(f"The queue answered {response.status_code}.")
    return taken


if __name__ == "__main__":
    sys.exit(main())
