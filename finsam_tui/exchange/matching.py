"""Tells which rows of a file the register has already, by their key, and which are new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from finsam_tui.storage import bulk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.exchange.batch import Batch
    from finsam_tui.exchange.tables import Table
    from finsam_tui.exchange.work import Seen, Work
    from finsam_tui.forms.field import Value

    Stored = Mapping[str, Value]
    Key = tuple[Value, ...]

_TWICE = {
    "id": "Samma id står på en tidigare rad i filen.",
    "key": "Raden står redan tidigare i filen: samma {headings}.",
}


def stored_columns(table: Table) -> tuple[str, ...]:
    """Return the columns of the register's table that a row of the file fills."""
    plain = [c.name for c in table.columns if c.role in ("value", "id", "link")]
    return tuple(dict.fromkeys([*plain, *table.derived]))


def match(batch: Batch, table: Table, seen: Seen, work: Work) -> dict[int, Stored]:
    """Return place in the batch → the stored row, for the rows that the register has.

    A row whose key was in the file before is told as a fault.
    """
    found = _stored(batch, table, work)
    keys = _keys(batch, table)
    met: set[Key] = set()
    matched: dict[int, Stored] = {}
    if not found and len(set(keys)) == len(keys):
        return matched  # the usual case, and the fastest: everything is new
    for index, key in enumerate(keys):
        if index in batch.bad:
            continue
        rows = found.get(key, [])
        if table.once:
            if key in met or (rows and _id(rows[0]) in seen):
                _tell_twice(batch, table, index)
                continue
            met.add(key)
        row = next((row for row in rows if _id(row) not in seen), None)
        if row is not None:
            seen.add(_id(row))
            matched[index] = row
    return matched


def _id(row: Stored) -> int | str:
    value = row["id"]
    return value if isinstance(value, str) else int(value)  # type: ignore[arg-type]


def _stored(batch: Batch, table: Table, work: Work) -> dict[Key, list[Stored]]:
    """Return key → the register's rows with it, oldest first, for the keys of the batch."""
    columns = tuple(dict.fromkeys(("id", *stored_columns(table))))
    by = table.found_by or ("id",)
    wanted: list[Key] = [(1,)]  # without a key there is one row in all
    if table.found_by:
        wanted = list(dict.fromkeys(zip(*(batch.values[name] for name in by), strict=True)))
    found: dict[Key, list[Stored]] = {}
    for row in bulk.find(work.conn, table.table, columns, by, wanted):
        stored = dict(zip(columns, row, strict=True))
        found.setdefault(_key(table, stored), []).append(stored)
    return found


def _key(table: Table, values: Mapping[str, Value]) -> Key:
    key = tuple(values[name] for name in table.key)
    if table.also:
        name, value = table.only_for
        key += (values[table.also] if values[name] == value else None,)
    return key


def _keys(batch: Batch, table: Table) -> list[Key]:
    """Return the key of every row of the batch."""
    count = len(batch.rows)
    parts = [batch.values.get(name) or [None] * count for name in table.key]
    if table.also:
        name, value = table.only_for
        also = zip(batch.values[name], batch.values[table.also], strict=True)
        parts.append([extra if given == value else None for given, extra in also])
    return list(zip(*parts, strict=True)) if parts else [()] * count


def _tell_twice(batch: Batch, table: Table, index: int) -> None:
    headings = {c.name: c.heading for c in table.columns}
    names = [headings[name] for name in table.key if name in headings]
    if len(names) == 1:
        batch.fault(index, table.key[0], _TWICE["id"])
    else:
        message = _TWICE["key"].format(headings=" och ".join(names))
        batch.fault(index, table.key[0], message)
