"""Erases what is past its retention time, so that no text of it is left in the file.

What is erased is gone from the tables, from the old values in the audit and from drafts. What stays
is an entry that says when, who and why, with a digest by which a copy that still has the record can
be told to erase it, too (`replay`). Copies that were made before keep what they hold until then.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain import retention
from finsam_tui.errors import CopyError
from finsam_tui.storage import audit
from finsam_tui.storage.eraser import Entry, Eraser
from finsam_tui.storage.register import query

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from finsam_tui.domain.retention import Rule
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register

_STEP = 10  # records erased by one transaction
_LULL = 0.005  # seconds between two of them, for others to save in: they try more often


class Due(NamedTuple):
    """A kind of data with what has fallen due: `ids` of participants, screenings or drafts.

    `months` is None where the kind is kept for ever, and then nothing is due.
    """

    rule: Rule
    months: int | None
    cutoff: date | None
    ids: tuple[int, ...]


class Taken(NamedTuple):
    """All erasures of a register, with what their identities are keyed by: keep it secret."""

    secret: bytes
    entries: tuple[Entry, ...]


def due(register: Register, today: date) -> tuple[Due, ...]:
    """Return what is past its time on a day, kind by kind."""
    chosen = choices(register)
    return tuple(_due(register, rule, chosen, today) for rule in retention.RULES)


def choices(register: Register) -> dict[str, str]:
    """Return the association's own choices, setting → value."""
    return {str(row["key"]): str(row["value"]) for row in register.rows("retention_choices")}


def choose(register: Register, rule: Rule, value: str) -> None:
    """Have a kind kept so many months ("aldrig": never erased), and note it in the access log."""
    with register.write() as conn:
        conn.execute(
            "INSERT INTO setting (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (rule.setting, value),
        )
        conn.execute(
            "INSERT INTO access (at, user, kind, detail)"
            " VALUES (finsam_now(), finsam_user(), 'retention', ?)",
            (f"{rule.kind} {value}",),
        )


def apply(register: Register, today: date, reason: str) -> tuple[Due, ...]:
    """Erase all that is due, and then its traces in the file; return what was.

    It is done in steps, each whole and noted, so that others can save in between; what is broken
    off leaves the rest for the next call. `reason` is noted and holds no personal data. Raises
    Locked or CopyError where the file could not be packed afterwards: the rows are gone, and the
    next call packs it.
    """
    eraser = Eraser(register.conn)
    erased = []
    for rule in retention.RULES:
        # Each is looked up when the ones before are gone: their answers and drafts went along.
        found = _due(register, rule, choices(register), today)
        steps = (found.ids[i : i + _STEP] for i in range(0, len(found.ids), _STEP))
        gone = [id for ids in steps for id in _step(register, eraser, found, ids, reason)]
        erased.append(found._replace(ids=tuple(gone)))
    compact(register)
    return tuple(erased)


def _step(
    register: Register, eraser: Eraser, found: Due, ids: Sequence[int], reason: str
) -> list[int]:
    """Erase some of what was found, unless it is due no more, and return it."""
    with register.write() as conn:
        eraser.catch_up()
        still = (
            f"SELECT id FROM ({query(_name(found.rule))}) WHERE id IN ({', '.join(map(str, ids))})"
        )
        rows = conn.execute(still, {"cutoff": str(found.cutoff)})
        left = [int(id) for (id,) in rows]
        eraser.erase(found.rule.kind, left, reason)
    time.sleep(_LULL)
    return left


def taken(conn: Connection) -> Taken:
    """Return the erasure list of a register, to be replayed in a copy of it."""
    rows = conn.execute("SELECT at, user, kind, identity, reason FROM erasure ORDER BY id")
    return Taken(audit.secret(conn, audit.IDENTITY), tuple(Entry(*row) for row in rows))


def replay(register: Register, list_: Taken) -> int:
    """Erase from a copy put back what was erased since it was made; return how many records.

    Raises CopyError where the list is not of this register; nothing is changed then.
    """
    with register.write() as conn:
        _adopt(conn, list_.secret)
        known = {(entry.identity, entry.at) for entry in taken(conn).entries}
        missing = [entry for entry in list_.entries if (entry.identity, entry.at) not in known]
        erased = Eraser(conn).again(missing)
    if erased:
        compact(register)
    return erased


def compact(register: Register) -> None:
    """Write the file anew without what was deleted, and empty its log."""
    for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
        register.sql(statement).fetchall()


def _due(register: Register, rule: Rule, chosen: Mapping[str, str], today: date) -> Due:
    months = retention.months(rule, chosen)
    if months is None:
        return Due(rule, None, None, ())
    cutoff = retention.cutoff(today, months)
    rows = register.rows(_name(rule), cutoff=cutoff.isoformat())
    return Due(rule, months, cutoff, tuple(row["id"] for row in rows))


def _name(rule: Rule) -> str:
    """Return the query that finds what is due of a kind."""
    return f"retention_{rule.kind}"


def _adopt(conn: Connection, secret: bytes) -> None:
    """Take the list's secret, which a copy of an older schema has none of; raises CopyError."""
    if audit.secret(conn, audit.IDENTITY) == secret:
        return
    if conn.execute("SELECT 1 FROM erasure").fetchone():
        raise CopyError("gallringslistan hör till ett annat register; ta en annan kopia.")
    sql = "UPDATE secret SET secret = ? WHERE purpose = ?"
    conn.execute(sql, (secret, audit.IDENTITY))
