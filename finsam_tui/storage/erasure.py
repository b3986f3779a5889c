"""Erases what is past its retention time, so that no text of it is left in the file.

What is erased is gone from the tables, from the old values in the audit and from drafts. What stays
is an entry that says when, who and why, with a digest by which a copy that still has the record can
be told to erase it, too (`replay`). Copies that were made before keep what they hold until then.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain import retention
from finsam_tui.errors import CopyError
from finsam_tui.forms import catalogue
from finsam_tui.storage import audit, bulk
from finsam_tui.storage.holdings import PARTICIPANT, Holdings, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from finsam_tui.domain.retention import Rule
    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.register import Register

ANSWERS = "answers"
_ANSWER_TABLE = "screening_answer"
_SCREENING = "screening"
# Kind → the table of the records that an erasure of it is about.
_TABLES = {"person": PARTICIPANT, "unstarted": PARTICIPANT, ANSWERS: _SCREENING}

_ENTRIES = "SELECT id FROM audit WHERE table_name = :table AND row_id = :row"
# Of a row that was deleted: a later one with the same id is another's.
_UNTIL_DELETED = f"{_ENTRIES} AND id <= ({_ENTRIES} AND action = 'delete' ORDER BY id DESC LIMIT 1)"
# One row: an enrolment with a referral that is not of the same participant.
_ASTRAY = (
    "SELECT enrolment.id, referral.id FROM enrolment JOIN referral ON referral.id = referral_id"
    " WHERE referral.participant_id IS NOT enrolment.participant_id"
)
_LET_GO = "UPDATE enrolment SET referral_id = NULL, version = version + 1 WHERE id = ?"


class Due(NamedTuple):
    """A kind of data with what has fallen due: `ids` of participants, screenings or drafts.

    `months` is None where the kind is kept for ever, and then nothing is due.
    """

    rule: Rule
    months: int | None
    cutoff: date | None
    ids: tuple[int, ...]


class Entry(NamedTuple):
    """An erasure as it was noted: when (UTC), by whom, of what kind, of what record, and why."""

    at: str
    user: str
    kind: str
    identity: str
    reason: str


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
    """Erase all that is due, in one transaction, and then its traces in the file; return what was.

    `reason` is noted and holds no personal data. Raises Locked or CopyError where the file could
    not be packed afterwards: the rows are gone, and the next call packs it.
    """
    with register.write() as conn:
        eraser = _Eraser(conn)
        erased = []
        for rule in retention.RULES:
            # Each is looked up when the ones before are gone: their answers and drafts went along.
            erased.append(_due(register, rule, choices(register), today))
            eraser.erase(erased[-1], reason)
    compact(register)
    return tuple(erased)


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
        erased = _Eraser(conn).again(missing)
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
    rows = register.rows(f"retention_{rule.kind}", cutoff=cutoff.isoformat())
    return Due(rule, months, cutoff, tuple(row["id"] for row in rows))


class _Eraser:
    """Erases inside a write transaction."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._holdings = Holdings(conn)
        self._tables = {held.table: held for held in self._holdings.tables}
        self._births = {table: _births(conn, table) for table in {*_TABLES.values()}}
        self._secret = audit.secret(conn, audit.IDENTITY)
        self._astray = conn.execute(_ASTRAY).fetchall()
        # Rows, and entries of the audit, whose values are to be cleared: all at once is faster.
        self._cleared: list[tuple[str, str]] = []
        self._entries: list[tuple[int]] = []

    def erase(self, what: Due, reason: str) -> None:
        """Erase what is due of a kind."""
        if what.rule.kind not in _TABLES:
            bulk.delete(self._conn, "draft", ("id",), [(id,) for id in what.ids])
            return
        (at, user) = self._conn.execute("SELECT finsam_now(), finsam_user()").fetchall()[0]
        kind = what.rule.kind
        about = [(id, Entry(at, user, kind, self._identity(kind, id), reason)) for id in what.ids]
        self._erase(about)

    def again(self, entries: Sequence[Entry]) -> int:
        """Erase what earlier erasures were about, and note these; return how many records."""
        found = {
            self._identity(kind, id): id
            for kind in _TABLES
            for id in self._births[_TABLES[kind]]
        } if entries else {}  # fmt: skip
        present = self._present()
        about = [(found.get(entry.identity, 0), entry) for entry in entries]
        self._erase(about)
        return sum((_TABLES[entry.kind], id) in present for id, entry in about)

    def _present(self) -> set[tuple[str, int]]:
        return {
            (table, id)
            for table in {*_TABLES.values()}
            for (id,) in self._conn.execute(f"SELECT id FROM {table}")
        }

    def _erase(self, about: Iterable[tuple[int, Entry]]) -> None:
        tables = [PARTICIPANT, *self._tables]
        self._conn.execute("PRAGMA defer_foreign_keys = ON")
        with bulk.unnoted(self._conn, tables, "delete"):
            for id, entry in about:
                self._one(id, entry)
        self._clear_values()

    def _one(self, id: int, entry: Entry) -> None:
        """Erase a record and all that belongs to it; 0 is one that is not here, which is noted."""
        rows = Rows({}, {})
        if id and entry.kind == ANSWERS:
            rows = Rows({_ANSWER_TABLE: {id}}, {})
        elif id:
            rows = self._holdings.of(id)
            # Somebody else's enrolment, tied to one of the referrals by mistake, is let go.
            astray = [(e,) for e, r in self._astray if r in rows.current["referral"]]
            self._conn.executemany(_LET_GO, astray)
        for table, ids in reversed(rows.current.items()):
            key = self._tables[table].key if table != PARTICIPANT else "id"
            bulk.delete(self._conn, table, (key,), [(id,) for id in ids])
            self._cleared += [(table, str(id)) for id in ids]
        for table, ids in rows.gone.items():
            gone = [{"table": table, "row": str(id)} for id in ids]
            found = (self._conn.execute(_UNTIL_DELETED, row) for row in gone)
            self._entries += [(entry,) for each in found for (entry,) in each]
        self._remove_drafts(rows.current)
        self._note(entry, rows)

    def _clear_values(self) -> None:
        """Delete what the audit keeps of the rows: the values, and the salts of their digests."""
        by = ("table_name", "row_id")
        entries = [*self._entries, *bulk.find(self._conn, "audit", ("id",), by, self._cleared)]
        bulk.delete(self._conn, "audit_value", ("audit_id",), entries)
        sql = "UPDATE seal SET salt = NULL WHERE log = 'audit' AND entry = ?"
        self._conn.executemany(sql, entries)
        self._cleared.clear()
        self._entries.clear()

    def _remove_drafts(self, rows: Mapping[str, set[int]]) -> None:
        """Delete the forms begun about what is erased."""
        if not rows:
            return
        for draft in self._conn.execute("SELECT id, form, owner_id, record_id FROM draft"):
            form = catalogue.form(draft["form"])
            owned = draft["owner_id"] in rows.get(form.owner, ())
            if owned or draft["record_id"] in rows.get(form.table, ()):
                bulk.delete(self._conn, "draft", ("id",), [(draft["id"],)])

    def _note(self, entry: Entry, rows: Rows) -> None:
        last = bulk.highest_id(self._conn, "audit")
        columns = "at, user, kind, identity, reason, audit_id"
        sql = f"INSERT INTO erasure ({columns}) VALUES (?, ?, ?, ?, ?, ?)"
        erasure = self._conn.execute(sql, (*entry, last)).lastrowid
        gone = {
            (table, str(id), erasure)
            for some in rows
            for table, ids in some.items()
            for id in ids
        }  # fmt: skip
        of_row = ("table_name", "row_id", "erasure_id")
        bulk.insert(self._conn, "erased_row", of_row, sorted(gone))

    def _identity(self, kind: str, id: int) -> str:
        table = _TABLES[kind]
        born = (kind, table, id, self._births[table].get(id))
        return hmac.digest(self._secret, ascii(born).encode("ascii"), "sha256").hex()


def _births(conn: Connection, table: str) -> dict[int, tuple[int, str]]:
    """Return id → the audit's entry of its insertion and the time: no two records share it."""
    sql = (
        "SELECT id, at, CAST(row_id AS INTEGER), CAST(coalesce(last_row_id, row_id) AS INTEGER)"
        " FROM audit WHERE table_name = ? AND action = 'insert' ORDER BY id"
    )
    return {
        row: (entry, at)
        for entry, at, first, last in conn.execute(sql, (table,))
        for row in range(first, last + 1)
    }


def _adopt(conn: Connection, secret: bytes) -> None:
    """Take the list's secret, which a copy of an older schema has none of; raises CopyError."""
    if audit.secret(conn, audit.IDENTITY) == secret:
        return
    if conn.execute("SELECT 1 FROM erasure").fetchone():
        raise CopyError("gallringslistan hör till ett annat register; ta en annan kopia.")
    sql = "UPDATE secret SET secret = ? WHERE purpose = ?"
    conn.execute(sql, (secret, audit.IDENTITY))
