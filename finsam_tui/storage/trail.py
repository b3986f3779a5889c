"""The logs read back: who changed, opened and erased what, in the order it happened."""

from __future__ import annotations

import heapq
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from finsam_tui.storage.holdings import PARTICIPANT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.holdings import Rows

_BATCH = 1000


class Event(NamedTuple):
    """An entry of a log; `at` is UTC.

    `action` is insert, update or delete, the kind of what was opened, or "erase". `row` to
    `last_row` are the rows of `table`; `detail` of a code is what it is called now. `values` is
    column → (old, new), for those that may see it.
    """

    log: str
    id: int
    at: str
    user: str
    action: str
    table: str = ""
    row: str = ""
    last_row: str = ""
    participant: int | None = None
    detail: str = ""
    values: Mapping[str, tuple[str | None, str | None]] = {}


def events(conn: Connection, since: str = "", about: Rows | None = None) -> Iterator[Event]:
    """Yield what was noted from a moment (UTC, ISO) on, of one participant's rows or of all."""
    logs = [_changes(conn, since, about), _openings(conn, since, about)]
    if about is None:
        logs.append(_erasures(conn, since))
    return heapq.merge(*logs, key=attrgetter("at"))


def _changes(conn: Connection, since: str, about: Rows | None) -> Iterator[Event]:
    columns = "id, at, user, action, table_name, row_id, last_row_id"
    rows = conn.execute(f"SELECT {columns} FROM audit WHERE at >= ? ORDER BY id", (since,))
    codes = {("code", str(id)): label for id, label in conn.execute("SELECT id, label FROM code")}
    while batch := rows.fetchmany(_BATCH):
        values = _values(conn, batch[0][0], batch[-1][0])
        for id, at, user, action, table, row, last in batch:
            called = codes.get((table, row), "")
            event = Event("audit", id, at, user, action, table, row, last or row, detail=called)
            if about is None or _is_about(event, about):
                yield event._replace(values=values.get(id, {}))


def _values(conn: Connection, first: int, last: int) -> dict[int, dict[str, tuple[Any, Any]]]:
    sql = (
        "SELECT audit_id, column_name, old, new FROM audit_value WHERE audit_id BETWEEN ? AND ?"
        " ORDER BY audit_id, column_name"
    )
    found: dict[int, dict[str, tuple[Any, Any]]] = {}
    for id, column, old, new in conn.execute(sql, (first, last)):
        found.setdefault(id, {})[column] = (old, new)
    return found


def _is_about(event: Event, about: Rows) -> bool:
    ids = about.current.get(event.table, set()) | about.gone.get(event.table, set())
    if event.row == event.last_row:
        return event.row.isdecimal() and int(event.row) in ids
    return any(int(event.row) <= id <= int(event.last_row) for id in ids)


def _openings(conn: Connection, since: str, about: Rows | None) -> Iterator[Event]:
    sql = "SELECT id, at, user, kind, participant_id, detail FROM access WHERE at >= ? ORDER BY id"
    whom = None if about is None else about.current[PARTICIPANT]
    for id, at, user, kind, participant, detail in conn.execute(sql, (since,)):
        if whom is None or participant in whom:
            yield Event("access", id, at, user, kind, participant=participant, detail=detail or "")


def _erasures(conn: Connection, since: str) -> Iterator[Event]:
    sql = "SELECT id, at, user, kind, reason FROM erasure WHERE at >= ? ORDER BY id"
    for id, at, user, kind, reason in conn.execute(sql, (since,)):
        yield Event("erasure", id, at, user, "erase", table=kind, detail=reason)
