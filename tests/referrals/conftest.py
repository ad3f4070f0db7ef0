"""The people of the centre, and those of them who decide, signed in."""

from collections.abc import Callable, Mapping

import pytest
from django.test import Client

from staff.models import User
from staff.permissions import Role
from tests.referrals.cases import the_centre

People = Mapping[Role, User]
ClientFor = Callable[[User], Client]


@pytest.fixture
def people() -> People:
    return the_centre()


@pytest.fixture
def secretary(people: People, client_for: ClientFor) -> Client:
    return client_for(people[Role.SECRETARY])


@pytest.fixture
def physician(people: People, client_for: ClientFor) -> Client:
    return client_for(people[Role.PHYSICIAN])
