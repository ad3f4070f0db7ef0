"""Worklists paged by key: a page costs the same at the end of a list as at its beginning."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import F, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows, with the marks that lead to its neighbours (empty where there is none)."""

    rows: list[Any]
    earlier: str
    later: str

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset_page(
    rows: "QuerySet[Any]",
    keys: Sequence[str],
    mark: str = "",
    size: int = 50,
    *,
    newest_first: bool = False,
) -> Page:
    """The page of ``size`` rows that a mark points to, by ``keys`` ascending, or newest first.

    ``keys`` are non-null columns of which the last is unique. A mark that is not ours gives the
    first page, so that an old bookmark still opens.
    """
    backwards, after = _read(mark, keys)
    falling = backwards != newest_first
    order = [F(key).desc() if falling else F(key).asc() for key in keys]
    if after:
        rows = rows.filter(_beyond(keys, after, "lt" if falling else "gt"))
    found = list(rows.order_by(*order)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    return Page(
        rows=found,
        earlier=_mark(found, keys, 0, "b") if found and (more if backwards else after) else "",
        later=_mark(found, keys, -1, "f") if found and (backwards or more) else "",
    )


def _beyond(keys: Sequence[str], values: Sequence[Any], side: str) -> Q:
    """Row comparison (k1, k2) > (v1, v2), written so that the index on the keys serves it."""
    first, *rest = keys
    strictly = Q(**{f"{first}__{side}": values[0]})
    if not rest:
        return strictly
    at_least = Q(**{f"{first}__{side}e": values[0]})
    return at_least & (strictly | _beyond(rest, values[1:], side))


def _mark(rows: list[Any], keys: Sequence[str], index: int, direction: str) -> str:
    values = [str(_value(rows[index], key)) for key in keys]
    return signing.dumps([direction, *values], salt=_salt(keys), compress=True)


def _value(row: Any, key: str) -> Any:
    for name in key.split("__"):
        row = getattr(row, name)
    return row


def _salt(keys: Sequence[str]) -> str:
    """A mark is good for lists with the same keys only."""
    return ":".join(("casework.paging", *keys))


def _read(mark: str, keys: Sequence[str]) -> tuple[bool, list[Any]]:
    try:
        direction, *values = signing.loads(mark, salt=_salt(keys)) if mark else ["f"]
    except signing.BadSignature:
        return False, []
    return direction == "b", values
