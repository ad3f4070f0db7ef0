"""Settings, all from the environment.

A machine that serves patients sets SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL and REDIS_URL; nothing
stands in for them. `DEMO=1` (a centre with demo people, what `make run` starts) and `DEBUG=1` are
for plain HTTP on one's own machine, and do without the first two.
"""

import datetime as dt
from pathlib import Path

import django_stubs_ext
import environ
from csp.constants import NONE, SELF

from smertecenter.environment import VAR, required
from smertecenter.rooms import ROOMS as ROOMS  # a setting too: the demo centre reads it
from smertecenter.schedule import BEAT_SCHEDULE, broker_address

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
django_stubs_ext.monkeypatch()  # lets ModelAdmin[Person] be written

DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)
HTTPS = env.bool("HTTPS", default=not (DEBUG or DEMO))
if DEBUG or DEMO:
    SECRET_KEY = env.str("SECRET_KEY", default="development-only")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
else:
    SECRET_KEY = required("SECRET_KEY")
    ALLOWED_HOSTS = required("ALLOWED_HOSTS").split(",")
REDIS_URL = required("REDIS_URL")

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "crispy_forms",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    *ROOMS,
]
AUTH_USER_MODEL = "staff.User"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "smertecenter.signed_out.SignedOutMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "smertecenter.partial_pages.PartialPagesMiddleware",
]
ROOT_URLCONF = "smertecenter.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "smertecenter.navigation.places",
            ],
        },
    },
]
required("DATABASE_URL")
DATABASES = {"default": {**env.db("DATABASE_URL"), "CONN_HEALTH_CHECKS": True}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "staff.adapters.ClosedDoor"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
LANGUAGE_CODE = "da"
LANGUAGES = [("da", "Dansk"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True
USE_I18N = True
CRISPY_ALLOWED_TEMPLATE_PACKS = "dkfds"
CRISPY_TEMPLATE_PACK = "dkfds"
CRISPY_FAIL_SILENTLY = False
FORMAT_MODULE_PATH = "smertecenter.formats"
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("dkfds", BASE_DIR / "node_modules/dkfds/dist")]
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
}

# Celery: a task is done when it has run, not when it was handed out.
CELERY_BROKER_URL = broker_address(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = BEAT_SCHEDULE

# A dead broker must not hold up a request: the outbox is swept every minute anyway.
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "max_retries": 0,
    "socket_connect_timeout": 1,
    "socket_timeout": 3,
    "retry_on_timeout": False,
}

# What leaves the house, by which carrier: "file" or "console", "smtp" for e-mail, "gateway" for
# SMS, Digital Post and letters, "print" for letters that the centre puts into envelopes itself.
OUTBOX_CHANNELS = {
    "portal": "portal",
    "digital_post": env.str("OUTBOX_DIGITAL_POST", default="file"),
    "email": env.str("OUTBOX_EMAIL", default="file"),
    "sms": env.str("OUTBOX_SMS", default="file"),
    "letter": env.str("OUTBOX_LETTER", default="print"),
}
OUTBOX_FOLDER = env.str("OUTBOX_FOLDER", default=str(VAR / "outbox"))
OUTBOX_GATEWAY = env.str("OUTBOX_GATEWAY", default="")  # its address
OUTBOX_GATEWAY_TOKEN = env.str("OUTBOX_GATEWAY_TOKEN", default="")
OUTBOX_GATEWAY_TIMEOUT = 10  # seconds
OUTBOX_PRINT_HOUR = env.int("OUTBOX_PRINT_HOUR", default=13)  # of days the centre is open
OUTBOX_RETRY_MINUTES = (1, 5, 15, 60, 240, 720)  # a message that fails after the last has failed
LETTERHEAD = env.str("LETTERHEAD", default=str(BASE_DIR / "letters/letterhead.toml"))
# A file of the places that redirected referrals are sent on to; without one, the referrer does it.
DESTINATIONS = env.str(
    "DESTINATIONS", default=str(BASE_DIR / "demo/destinations.toml") if DEMO else ""
)
LETTER_FONTS = str(BASE_DIR / "node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf")
# The languages a letter may be in, by kind; the others are Danish.
LETTER_LANGUAGES = dict.fromkeys(
    (
        *("notice", "appointment", "appointment_moved", "appointment_cancelled", "reminder"),
        *("patient_redirected", "patient_declined", "patient_discharged"),
    ),
    ("da", "en"),
)
MAIL_DOMAIN = env.str("MAIL_DOMAIN", default="smertecenter.example")
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default=f"Smertecenter <svar-ikke@{MAIL_DOMAIN}>")
TRIAGE_EMAIL = env.str("TRIAGE_EMAIL", default=f"visitation@{MAIL_DOMAIN}")
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 10  # seconds
APPOINTMENT_REMINDER_DAYS = (7, 1)
# From which day on, from when until when appointments may lie: wide enough for every clinic, so
# that 23.30 is seen to be a slip. A change gets a line; the old one holds for the days before.
APPOINTMENT_HOURS = ((dt.date(2007, 1, 1), dt.time(7), dt.time(20)),)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")  # who shows it may read /metrics
# Whether "hverdage" of the law has Saturdays; the centre's own targets never do.
SATURDAY_IS_A_WEEKDAY = env.bool("SATURDAY_IS_A_WEEKDAY", default=False)

# Security: nothing inline, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
    },
}
SESSION_COOKIE_NAME = "smertecenter_session"
CSRF_COOKIE_NAME = "smertecenter_csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds: a working day
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/", r"^metrics$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
if env.bool("BEHIND_TLS_PROXY", default=False):  # one that sets the header, whatever was sent
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {
        "stdout": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stdout",
            "formatter": "line",
        },
    },
    "root": {"handlers": ["stdout"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "pikepdf": {"level": "WARNING"},  # says that it was imported, on what commands print
    },
}
