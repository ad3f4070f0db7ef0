"""Processes of the product's own, on the database of the running test."""

import os
from urllib.parse import urlsplit

from django.db import connection


def on_the_test_database() -> dict[str, str]:
    """The environment of a process that is to work on the test's database; needs committed rows."""
    server = urlsplit(os.environ["DATABASE_URL"])
    return os.environ | {
        "DATABASE_URL": server._replace(path=f"/{connection.settings_dict['NAME']}").geturl(),
        "DJANGO_SETTINGS_MODULE": "smertecenter.settings",
        "DEMO": "1",
    }
