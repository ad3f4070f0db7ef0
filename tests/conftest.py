"""What every test may ask for."""

from collections.abc import Callable
from typing import Any

import pgtrigger
import pytest
from django.test import Client, TransactionTestCase
from hypothesis import settings

from staff.models import User

# How long one example takes says how busy the machine is, not whether the code is right.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# The stubs leave out Django's own hooks.
_empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # see above


def _empty_in_spite_of_the_guards(self: Any) -> None:
    """Tests that commit are cleaned up by emptying every table, which the database refuses."""
    with pgtrigger.ignore():
        _empty(self)


TransactionTestCase._fixture_teardown = _empty_in_spite_of_the_guards  # type: ignore[attr-defined]  # see above


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A client that a person has signed in on."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
