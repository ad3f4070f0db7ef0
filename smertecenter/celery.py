"""The Celery application: what runs by itself, and when."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smertecenter.settings")

app = Celery("smertecenter")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
