"""What a machine that serves patients must set, and how it then behaves."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from shutil import copy

import pytest

BASE = Path(__file__).resolve().parent.parent.parent
SETTINGS = {
    "DATABASE_URL": os.environ["DATABASE_URL"],
    "REDIS_URL": os.environ["REDIS_URL"],
    "SECRET_KEY": "v9x!Q2_long-and-random-enough-for-production-0123456789-abcdef",
    "ALLOWED_HOSTS": "smertecenter.example",
}


def python(code: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run code in a process that knows nothing but this environment."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def setting(name: str, **changes: str) -> str:
    """The value that a setting gets in production."""
    shown = f"from smertecenter import settings; print(settings.{name})"
    return python(shown, {**SETTINGS, **changes}).stdout.strip()


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_production_does_not_start_without(name: str) -> None:
    rest = {key: value for key, value in SETTINGS.items() if key != name}
    started = python("import smertecenter.settings", rest)
    assert started.returncode == 1
    assert f"{name} is not set. In production, set it in the environment" in started.stderr


def test_production_passes_the_deployment_check_without_a_warning(tmp_path: Path) -> None:
    own = copy(BASE / "letters/letterhead.toml", tmp_path)
    check = (
        "from django.core.management import execute_from_command_line as run; "
        "run(['manage.py', 'check', '--deploy', '--fail-level', 'WARNING'])"
    )
    more = {"DJANGO_SETTINGS_MODULE": "smertecenter.settings", "LETTERHEAD": str(own)}
    checked = python(check, {**SETTINGS, **more})
    assert checked.returncode == 0, checked.stderr
    assert "no issues (0 silenced)" in checked.stdout


def test_demo_mode_and_debugging_are_off_unless_asked_for() -> None:
    assert setting("DEMO") == setting("DEBUG") == "False"


def test_a_demo_centre_runs_on_plain_http() -> None:
    assert setting("SECURE_SSL_REDIRECT") == "True"
    assert setting("SECURE_SSL_REDIRECT", DEMO="1") == "False"


def test_a_forwarded_protocol_is_believed_only_behind_a_proxy_of_ours() -> None:
    name = "__dict__.get('SECURE_PROXY_SSL_HEADER')"
    assert setting(name) == "None"
    assert "HTTP_X_FORWARDED_PROTO" in setting(name, BEHIND_TLS_PROXY="1")


def test_the_containers_are_told_every_setting_that_can_be_set() -> None:
    settings = (BASE / "smertecenter/settings.py").read_text()
    read = set(re.findall(r'(?:env\.\w+|required)\(\s*"([A-Z_]+)"', settings))
    compose = (BASE / "docker-compose.yml").read_text().partition("\nservices:")[0]
    passed = dict(re.findall(r"^    ([A-Z_]+): (.+)$", compose, re.MULTILINE))
    assert read - passed.keys() == {"DEBUG", "DEMO"}, "which are for one's own machine"
    assert passed.keys() <= read
    fixed = {"DATABASE_URL", "REDIS_URL", "BEHIND_TLS_PROXY", "OUTBOX_FOLDER"}
    for name in passed.keys() - fixed:
        assert passed[name].startswith(f"${{{name}:"), "the environment decides"


@pytest.mark.parametrize("name", ["MAIL_FROM", "TRIAGE_EMAIL", "CSRF_TRUSTED_ORIGINS"])
def test_what_the_containers_are_told_by_default_is_the_default(name: str) -> None:
    compose = (BASE / "docker-compose.yml").read_text()
    [told] = re.findall(rf"^    {name}: \${{{name}:-(.*)}}$", compose, re.MULTILINE)
    told = told.replace("${MAIL_DOMAIN:-smertecenter.example}", "smertecenter.example")
    own = {"MAIL_FROM": "DEFAULT_FROM_EMAIL"}.get(name, name)
    assert setting(own, **{name: told}) == setting(own)


@pytest.mark.parametrize(
    ("redis", "broker"),
    [
        ("redis://cache:6379/2", "redis://cache:6379/2"),
        ("unix:///run/redis.sock?db=3", "redis+socket:///run/redis.sock?virtual_host=3"),
        ("unix:///run/redis.sock", "redis+socket:///run/redis.sock?virtual_host=0"),
    ],
)
def test_celery_uses_the_same_redis(redis: str, broker: str) -> None:
    assert setting("CELERY_BROKER_URL", REDIS_URL=redis) == broker
