"""Redis stopped and emptied: the sweep finds in the database what is still to be sent."""

import shutil
import time

import pytest
from redis import Redis

from tests.faults.centre import Centre, sweep_until_sent
from tests.faults.conftest import Tell
from tests.faults.whole import proof
from tests.faults.workers import CELERY, a_worker, running, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

DELIVERED = "SELECT count(*) FROM correspondence_message WHERE status = 'sent'"
POSTED = "SELECT count(*) FROM correspondence_message"


@pytest.mark.parametrize(
    ("messages", "stops"), [(150, 2), pytest.param(1000, 8, marks=pytest.mark.faults)]
)
def test_messages_posted_meanwhile_leave_once(
    messages: int, stops: int, centre: Centre, tell: Tell
) -> None:
    with (
        a_worker(centre.environment, centre.log("worker")) as worker,
        running(posting(messages), centre.environment, centre.log("posted")) as poster,
    ):
        for number in range(1, stops + 1):
            enough = number * messages // (stops + 1)
            wait_until(lambda: centre.count(POSTED) >= enough, worker)  # noqa: B023  # asked at once
            empty_while_running(centre)
            stop_empty_and_start(centre)
        assert poster.wait() == 0, "posting works without Redis"
        posted = [line for line in centre.log("posted").read_text().split() if line.isdecimal()]
        before = centre.count(DELIVERED)
        sweep_until_sent(centre, worker)
    tell(
        f"Redis emptied {2 * stops} times under {messages} messages: {before} had left before the "
        f"sweep, {centre.count(DELIVERED)} after it, as {len(centre.sent())} files"
    )
    assert len(set(posted)) == centre.count(POSTED) == messages
    assert len(centre.sent()) == messages
    assert proof(centre) == "Nothing is lost."


def posting(messages: int) -> list[str]:
    return ["-m", "tests.faults.posting", str(messages)]


def empty_while_running(centre: Centre) -> None:
    with Redis.from_url(centre.servers.broker) as redis:
        redis.flushall()


def stop_empty_and_start(centre: Centre) -> None:
    centre.servers.stop_redis()
    shutil.rmtree(centre.servers.folder / "redis")
    time.sleep(0.5)
    centre.servers.start_redis()


@pytest.mark.faults
def test_beat_and_worker_go_on_by_themselves(centre: Centre, tell: Tell) -> None:
    """With the product's own schedule: what Redis forgot has left when a minute has passed."""
    beat = [
        *CELERY,
        "smertecenter",
        "beat",
        "--schedule",
        str(centre.folder / "beat"),
        "--pidfile=",
    ]
    with (
        a_worker(centre.environment, centre.log("worker")) as worker,
        running(beat, centre.environment, centre.log("beat")) as clock,
    ):
        centre.servers.stop_redis()
        centre.python(*posting(50))
        centre.servers.start_redis()
        empty_while_running(centre)
        assert centre.count(DELIVERED) == 0
        began = time.monotonic()
        wait_until(lambda: centre.count(DELIVERED) == 50, worker, clock, pause=0.5)
    tell(f"50 messages posted without Redis left {time.monotonic() - began:.0f} s after its return")
    assert len(centre.sent()) == 50
