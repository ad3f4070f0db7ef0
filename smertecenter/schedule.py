"""What Celery beat starts and when, and the broker's address as Celery spells it."""

from typing import TypedDict
from urllib.parse import parse_qs, urlsplit

from celery.schedules import crontab

EVERY_MINUTE = crontab()
HOURLY = crontab(minute=7)  # not on the hour, when everything else starts
# From the hour that every night has once, also when the clock is changed.
HOURLY_FROM_THREE = crontab(minute=37, hour="3-23")


class Entry(TypedDict):
    """One line of Celery's schedule."""

    task: str
    schedule: crontab


BEAT_SCHEDULE: dict[str, Entry] = {
    task: {"task": task, "schedule": schedule}
    for task, schedule in {
        "correspondence.tasks.sweep": EVERY_MINUTE,
        "correspondence.tasks.print_letters": HOURLY,
        "oversight.tasks.sweep": EVERY_MINUTE,
        "oversight.tasks.prove": HOURLY_FROM_THREE,
        "pathways.tasks.remind_appointments": HOURLY,
        "pathways.tasks.check_waiting_times": HOURLY,
        "referrals.tasks.remind_referrers": HOURLY,
        "referrals.tasks.check_waiting_times": HOURLY,
    }.items()
}


def broker_address(redis_url: str) -> str:
    """A redis-py address in Celery's spelling, which differs for unix sockets only."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    number = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={number}"
