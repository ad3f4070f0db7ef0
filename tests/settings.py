"""The product's settings for the tests, with servers of their own unless some are named."""

import os
import sys

from tests.servers import start_missing

os.environ.update(DEBUG="0", DEMO="0", HTTPS="0", SECRET_KEY="tests-only")
os.environ["ALLOWED_HOSTS"] = "testserver,localhost,127.0.0.1"
if "pytest" in sys.modules:  # mypy reads these settings too, and needs no servers
    start_missing()
else:
    os.environ.setdefault("DATABASE_URL", "postgres:///unused")
    os.environ.setdefault("REDIS_URL", "redis://unused")

from smertecenter.settings import *  # noqa: F403  # all of them: these are the same settings

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
