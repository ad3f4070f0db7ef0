"""The ways to write a row: by the model, by a queryset, by SQL; and what the database said."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

Way = Callable[..., None]


def save(row: Model, **change: Any) -> None:
    """Change the row as a programmer would who does not know the verbs."""
    fresh = type(row)._base_manager.get(pk=row.pk)
    for name, value in change.items():
        setattr(fresh, name, value)
    fresh.save()


def update(row: Model, **change: Any) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**change)


def sql(row: Model, **change: Any) -> None:
    columns = [row._meta.get_field(name).get_attname_column()[1] for name in change]
    setting = ", ".join(f"{column} = %s" for column in columns)
    statement = f"UPDATE {row._meta.db_table} SET {setting} WHERE id = %s"
    execute(statement, *change.values(), row.pk)


def execute(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


WAYS: dict[str, Way] = {"save": save, "update": update, "sql": sql}


def refusal(act: Callable[[], object]) -> str:
    """What the database says when it refuses, at once or at the end of the transaction."""
    with pytest.raises(DatabaseError) as refused:
        _to_the_end(act)
    return str(refused.value)


def _to_the_end(act: Callable[[], object]) -> None:
    with transaction.atomic():
        act()
        connection.check_constraints()
