"""The command makes a centre once, in a demo, and says why when it does not."""

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.utils import timezone

from demo.centre import NotEmpty, make_centre
from demo.large import make_large_centre
from referrals.models import Referral
from staff.models import User
from staff.permissions import Role
from tests.staff.factories import a_practice, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def _demo(settings: LazySettings) -> None:
    settings.DEMO = True


@pytest.mark.usefixtures("_demo")
def test_a_second_centre_is_refused() -> None:
    call_command("demo_centre", "--size", "20")
    with pytest.raises(CommandError, match="already has people or patients"):
        call_command("demo_centre", "--size", "20")
    assert Referral.objects.count() == 20


@pytest.mark.usefixtures("_demo")
def test_a_used_database_is_left_alone_quietly_when_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    person(Role.SECRETARY)
    call_command("demo_centre", "--if-empty")
    assert User.objects.count() == 1
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("_demo")
def test_a_database_with_a_practice_is_in_use() -> None:
    a_practice()
    with pytest.raises(CommandError, match="needs an empty one"):
        call_command("demo_centre")


def test_outside_a_demo_it_is_refused() -> None:
    with pytest.raises(CommandError, match="Set DEMO=1"):
        call_command("demo_centre")
    assert not User.objects.exists()


def _living() -> None:
    make_centre(timezone.localdate(), seed=1)


def _large() -> None:
    make_large_centre(timezone.localdate(), seed=1, size=10)


@pytest.mark.parametrize("make", [_living, _large])
def test_nothing_is_touched_in_a_database_in_use(make: Callable[[], None]) -> None:
    person(Role.NURSE)
    with pytest.raises(NotEmpty):
        make()
    assert User.objects.count() == 1
