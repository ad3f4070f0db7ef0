"""Many rows at once: PostgreSQL's COPY, which passes the tables' constraints and triggers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.management.color import no_style
from django.db import IntegrityError, connection
from django.db.models import Exists, Field, Model, OuterRef
from django.db.models.fields import NOT_PROVIDED

from casework.guards import WATCHES
from casework.models import Case


def copy(model: type[Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows given by their columns into an empty table.

    A column left out gets its field's default, the primary key the number of the row.
    """
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    usual = {str(field.column): _default(field) for field in fields}
    key = str(model._meta.pk.column)
    quoted = ", ".join(connection.ops.quote_name(name) for name in usual)
    table = connection.ops.quote_name(model._meta.db_table)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as out,
    ):
        for number, row in enumerate(rows, start=1):
            values = {**usual, key: number, **row}.values()
            out.write_row([_written(*each) for each in zip(fields, values, strict=True)])


def check_references_at_once(at_once: bool) -> None:
    """Whether foreign keys are checked with each statement, or at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL {'IMMEDIATE' if at_once else 'DEFERRED'}")


@contextmanager
def unwatched(*cases: type[Case]) -> Iterator[None]:
    """Write cases before their histories: what compares the two is looked at once, at the end.

    Row by row, at the end of the transaction, it would slow the history triggers down like
    references do. Raises IntegrityError when a case stands otherwise than its history tells.
    """
    _watch("DISABLE", cases)
    yield
    check_references_at_once(True)
    _watch("ENABLE", cases)
    for model in cases:
        latest = model.transitions.rel.related_model._default_manager.filter(
            case=OuterRef("pk"), sequence=OuterRef("version"), to_status=OuterRef("status")
        )
        if model._default_manager.filter(~Exists(latest)).exists():
            raise IntegrityError(f"A row of {model._meta.db_table} has no such history.")


def _watch(enable: str, cases: Iterable[type[Case]]) -> None:
    with connection.cursor() as cursor:
        for model in cases:
            ((found, guard),) = pgtrigger.registered(f"{model._meta.label}:{WATCHES}")
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"ALTER TABLE {table} {enable} TRIGGER {guard.get_pgid(found)}")


def number_on(models: Iterable[type[Model]]) -> None:
    """Let the next row of each table get the number after its last."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


def analyze(models: Iterable[type[Model]]) -> None:
    """Let the planner know how the tables look now."""
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _default(field: "Field[Any, Any]") -> Any:
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return None if field.null else ""


def _written(field: "Field[Any, Any]", value: Any) -> Any:
    """A choice as its value, an array as it is, any other structure as JSON."""
    if isinstance(value, str):
        return str(value)
    if isinstance(field, ArrayField):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else value
