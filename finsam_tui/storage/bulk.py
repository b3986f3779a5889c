"""Many rows at a time: what an import asks of the register and writes to it.

Everything runs inside a write transaction. Rows are found and written in batches, so memory does
not grow with the register or with what is imported. Names of tables and columns come from the
forms and the table descriptions, never from input.
"""

from __future__ import annotations

from contextlib import contextmanager
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from finsam_tui.storage.driver import Connection

_KEYS = 4000  # looked up by one statement
_READ = 1000  # rows read at a time of a whole table, with all that belongs to them
_ROWS = 200  # inserted by one statement: a third faster than one by one
_CACHE = 64 * 1024  # KiB of pages kept; each page read again has to be decrypted again


def highest_id(conn: Connection, table: str) -> int:
    """Return the highest id of a table with numbers for ids; 0 when it is empty."""
    (highest,) = conn.execute(f"SELECT coalesce(max(id), 0) FROM {table}").fetchall()[0]
    return int(highest)


def find(
    conn: Connection,
    table: str,
    columns: Sequence[str],
    by: Sequence[str],
    keys: Iterable[Sequence[object]],
) -> Iterator[tuple[Any, ...]]:
    """Yield the `columns` of the rows whose `by` columns hold one of `keys`, in any order.

    An index on `by` is what makes this fast.
    """
    wanted = iter(keys)
    left = f"({', '.join(by)})" if len(by) > 1 else by[0]
    one = f"({', '.join('?' * len(by))})" if len(by) > 1 else "?"
    at_once = _KEYS // len(by)
    while batch := list(islice(wanted, at_once)):
        several = ", ".join([one] * len(batch))
        right = f"(VALUES {several})" if len(by) > 1 else f"({several})"
        sql = f"SELECT {', '.join(columns)} FROM {table} WHERE {left} IN {right}"
        yield from map(tuple, conn.execute(sql, list(chain.from_iterable(batch))))


def stream(
    conn: Connection, table: str, columns: Sequence[str], order: Sequence[str]
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the `columns` of all rows of a table, a batch at a time, ordered by an index."""
    sql = f"SELECT {', '.join(columns)} FROM {table} ORDER BY {', '.join(order)}"
    cursor = conn.execute(sql)
    while rows := cursor.fetchmany(_READ):
        yield list(map(tuple, rows))


def repeats(conn: Connection, table: str, columns: Sequence[str]) -> bool:
    """Return whether two rows of a table have the same `columns`, the first of them indexed."""
    same = " AND ".join(f"other.{column} = one.{column}" for column in columns)
    pairs = f"{table} AS one JOIN {table} AS other ON {same} AND other.id > one.id"
    return conn.execute(f"SELECT 1 FROM {pairs} LIMIT 1").fetchone() is not None


@contextmanager
def unnoted(conn: Connection, tables: Collection[str], action: str = "insert") -> Iterator[None]:
    """Insert into `tables` (or "delete") without the audit's triggers: the caller notes it.

    They take half the time of an insert even where they note nothing. They are gone inside the
    transaction only, and come back with it whether it is committed or rolled back.
    """
    names = [f"audit_{table}_{action}" for table in tables]
    found = find(conn, "sqlite_master", ("name", "sql"), ("name",), [(name,) for name in names])
    triggers = [(str(row[0]), str(row[1])) for row in found]
    for name, _ in triggers:
        conn.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        conn.execute(sql)


@contextmanager
def room(conn: Connection) -> Iterator[None]:
    """Let the connection keep more pages in memory for a while."""
    (before,) = conn.execute("PRAGMA cache_size").fetchall()[0]
    conn.execute(f"PRAGMA cache_size = -{_CACHE}")
    try:
        yield
    finally:
        conn.execute(f"PRAGMA cache_size = {before}")


def insert(
    conn: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Insert rows, each with its values in the order of `columns`."""
    width = len(columns)
    one = f"({', '.join('?' * width)})"
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {one}"
    flat = list(chain.from_iterable(rows))
    step = _ROWS * width
    whole = len(flat) - len(flat) % step
    if whole:
        many = sql + f", {one}" * (_ROWS - 1)
        conn.executemany(many, (flat[i : i + step] for i in range(0, whole, step)))
    conn.executemany(sql, (flat[i : i + width] for i in range(whole, len(flat), width)))


def update(
    conn: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Set `columns` in rows given as the values and then the id; each gets its next version."""
    changes = ", ".join(f"{column} = ?" for column in (*columns, "version"))
    changes = changes.removesuffix("?") + "version + 1"
    conn.executemany(f"UPDATE {table} SET {changes} WHERE id = ?", rows)


def delete(
    conn: Connection, table: str, by: Sequence[str], keys: Iterable[Sequence[object]]
) -> None:
    """Delete the rows whose `by` columns hold one of `keys`."""
    wanted = " AND ".join(f"{column} = ?" for column in by)
    conn.executemany(f"DELETE FROM {table} WHERE {wanted}", keys)


def note_insert(conn: Connection, table: str, first: int | str, last: int | str) -> None:
    """Tell the audit that the rows with ids `first` to `last` were inserted in bulk."""
    conn.execute(
        "INSERT INTO audit (at, user, action, table_name, row_id, last_row_id)"
        " VALUES (finsam_now(), finsam_user(), 'insert', ?, ?, ?)",
        (table, str(first), str(last) if last != first else None),
    )


def insert_noted(
    conn: Connection, table: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Insert rows of a table of values, each with its own entry in the audit.

    The first column is the owner's id, which names the row; the others are what was added.
    """
    insert(conn, table, columns, rows)
    (at, user) = conn.execute("SELECT finsam_now(), finsam_user()").fetchall()[0]
    first = highest_id(conn, "audit") + 1
    entries = [(entry, at, user, "insert", table, str(r[0])) for entry, r in enumerate(rows, first)]
    insert(conn, "audit", ("id", "at", "user", "action", "table_name", "row_id"), entries)
    values = [
        (entry, column, str(value))
        for entry, row in enumerate(rows, first)
        for column, value in zip(columns[1:], row[1:], strict=True)
        if value is not None
    ]
    insert(conn, "audit_value", ("audit_id", "column_name", "new"), values)
