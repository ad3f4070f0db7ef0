"""The product's settings for processes of the fault tests: static files and sign-in made cheap."""

from smertecenter.settings import *  # noqa: F403
from smertecenter.settings import env

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=10)
