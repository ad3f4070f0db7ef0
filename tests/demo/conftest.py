"""Centres made once for a file's tests, and gone after them."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.db import transaction

Made = AbstractContextManager[None]


@pytest.fixture(scope="package")
def while_made(
    django_db_setup: None, django_db_blocker: Any
) -> Callable[[Callable[[], None]], Made]:
    """A database in which something has been made, and that is as empty as before afterwards."""

    @contextmanager
    def made(make: Callable[[], None]) -> Iterator[None]:
        with django_db_blocker.unblock(), transaction.atomic():
            make()
            yield
            transaction.set_rollback(True)

    return made


@pytest.fixture(scope="package")
def a_tuesday() -> dt.date:
    return dt.date(2026, 6, 9)
