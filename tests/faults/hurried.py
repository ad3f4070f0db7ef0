"""The product's Celery, its schedule in a hurry: what is due every hour is due every second."""

from celery import schedules

from smertecenter.celery import app as app
from smertecenter.schedule import BEAT_SCHEDULE

app.conf.beat_schedule = {
    name: {**entry, "schedule": schedules.schedule(1.0)} for name, entry in BEAT_SCHEDULE.items()
}
app.conf.beat_max_loop_interval = 1
