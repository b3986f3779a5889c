"""Which rows are about a participant: what a card, an erasure or a copy's list has to reach.

Found by the links of the tables, so that a new table is among them from its first day. Rows that
were deleted are known by what the audit kept of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.storage import bulk
from finsam_tui.storage.audit_triggers import audited

if TYPE_CHECKING:
    from collections.abc import Mapping

    from finsam_tui.storage.driver import Connection

PARTICIPANT = "participant"


class Held(NamedTuple):
    """A table of rows about participants: `column` is the id of a row of `parent`.

    `key` names the row in the audit: its id or, in a table of values, the column itself.
    """

    table: str
    column: str
    parent: str
    key: str


def tables(conn: Connection) -> tuple[Held, ...]:
    """Return all tables of rows about participants but their own, parents first."""
    known = audited(conn)
    links = {table: [(row["from"], row["table"]) for row in _links(conn, table)] for table in known}
    found: dict[str, Held] = {}
    level = {PARTICIPANT}
    while level:
        reached = {
            table: Held(table, column, parent, known[table][0])
            for table, own in links.items()
            for column, parent in own
            if parent in level and table not in found and table != PARTICIPANT
        }
        found |= reached
        level = set(reached)
    return tuple(found.values())


class Rows(NamedTuple):
    """Rows by table, parents first: those there are, and those that were deleted.

    Of a table of values it is the rows they belong to. A deleted row's id may be another's by now.
    """

    current: dict[str, set[int]]
    gone: dict[str, set[int]]


class Holdings:
    """The rows about participants in a register; what was deleted is read at once.

    `catch_up` reads what has been deleted after an entry of the audit.
    """

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.tables = tables(conn)
        self._deleted: dict[tuple[str, int], list[int]] = {}  # (table, parent's id) → rows' ids
        self.catch_up(0)

    def of(self, participant: int) -> Rows:
        """Return all rows about a participant, the own one first."""
        rows = Rows({PARTICIPANT: {participant}}, {PARTICIPANT: set()})
        for held in self.tables:
            current, gone = rows.current[held.parent], rows.gone[held.parent]
            rows.current[held.table] = self._current(held, current)
            if held.key == held.column:
                rows.gone[held.table] = gone
            else:
                deleted = (self._deleted.get((held.table, id), ()) for id in current | gone)
                rows.gone[held.table] = set().union(*deleted) - rows.current[held.table]
        return rows

    def _current(self, held: Held, parents: set[int]) -> set[int]:
        if held.key == held.column:
            return parents
        wanted = [(parent,) for parent in parents]
        found = bulk.find(self._conn, held.table, (held.key,), (held.column,), wanted)
        return {key for (key,) in found}

    def catch_up(self, after: int) -> None:
        """Take in the rows that have been deleted after an entry of the audit."""
        links = {held.table: held.column for held in self.tables if held.key != held.column}
        sql = (
            "SELECT table_name, row_id, column_name, old"
            " FROM audit JOIN audit_value ON audit_id = id"
            " WHERE action = 'delete' AND old IS NOT NULL AND id > ?"
        )
        for table, row_id, column, old in self._conn.execute(sql, (after,)):
            if links.get(table) == column:
                self._deleted.setdefault((table, int(old)), []).append(int(row_id))


def _links(conn: Connection, table: str) -> list[Mapping[str, str]]:
    return conn.execute(f"PRAGMA foreign_key_list({table})").fetchall()  # type: ignore[return-value]
