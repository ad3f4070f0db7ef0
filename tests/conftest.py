"""What every test may ask for."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import settings

from staff.models import User

# How long one example takes says how busy the machine is, not whether the code is right.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    """A client that a person has signed in on."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in
