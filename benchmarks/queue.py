"""Does the visitation's queue stay as fast when the centre grows old? `python -m benchmarks.queue`.

Makes centres of 1,000 and of 100,000 referrals in databases of their own, opens the first page of
the queue (50 rows) as a secretary, and says how many queries and how much time that takes. Ends
with 1 when a promise is broken: at most 8 queries, and at most 1.3 times the small centre's time.
"""

import os
import sys
import time
from dataclasses import dataclass
from statistics import median
from typing import Final

import django

from tests.servers import start_missing

SIZES: Final = (1_000, 100_000)
ROUNDS: Final = 60
MOST_QUERIES: Final = 8
MOST_TIMES_SLOWER: Final = 1.3


@dataclass(frozen=True, slots=True)
class Measured:
    """A centre's size, and one page of its queue: rows, queries, median of the times in ms."""

    size: int
    rows: int
    queries: int
    milliseconds: float

    def __str__(self) -> str:
        return (
            f"{self.size:>7,} referrals: {self.rows} rows, {self.queries} queries, "
            f"{self.milliseconds:.1f} ms"
        )


def main() -> int:
    """Measure both sizes and compare them."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    start_missing()
    django.setup()
    small, large = (in_a_database_of_its_own(size) for size in SIZES)
    slower = large.milliseconds / small.milliseconds
    sys.stdout.write(f"{small}\n{large}\n{slower:.2f} times the time\n")
    few = max(small.queries, large.queries) <= MOST_QUERIES
    return 0 if few and slower <= MOST_TIMES_SLOWER else 1


def in_a_database_of_its_own(size: int) -> Measured:
    """Make a centre of this size, measure it, and drop it."""
    from django.db import connection
    from django.utils import timezone

    from demo.large import make_large_centre

    name = str(connection.settings_dict["NAME"])
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        make_large_centre(timezone.localdate(), seed=1, size=size)
        return measure(size)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def measure(size: int) -> Measured:
    """Open the queue as a secretary: once to warm up, once to count, then by the clock."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from referrals import queue
    from staff.models import User
    from staff.permissions import Role

    secretary = User.objects.filter(role=Role.SECRETARY).earliest("pk")
    url, client = reverse("referrals:queue"), Client(headers={"host": "localhost"})
    client.force_login(secretary)

    def opened() -> float:
        started = time.perf_counter()
        response = client.get(url)
        if response.status_code != 200:
            raise SystemExit(f"The queue answered {response.status_code}.")
        return 1000 * (time.perf_counter() - started)

    opened()
    with CaptureQueriesContext(connection) as captured:
        opened()
    queries = len(captured)
    times = [opened() for _ in range(ROUNDS)]
    rows = len(queue.page(secretary, queue.Filters()))
    return Measured(size, rows, queries, median(times))


if __name__ == "__main__":
    sys.exit(main())
