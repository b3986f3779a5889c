"""Erases records inside a write transaction, with all that belongs to them, and notes each.

Rows go, and with them their old values in the audit, the salts of those, and forms begun about
them. What it reads of the whole register it reads once; `catch_up` adds what others did since.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.forms import catalogue
from finsam_tui.storage import audit, bulk
from finsam_tui.storage.holdings import PARTICIPANT, Holdings, Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from finsam_tui.storage.driver import Connection, Row

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


class Entry(NamedTuple):
    """An erasure as it was noted: when (UTC), by whom, of what kind, of what record, and why."""

    at: str
    user: str
    kind: str
    identity: str
    reason: str


class Eraser:
    """Erases inside a write transaction."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self._holdings = Holdings(conn)
        self._tables = {held.table: held for held in self._holdings.tables}
        self._births: dict[str, dict[int, tuple[int, str]]] = {t: {} for t in _TABLES.values()}
        self._secret = audit.secret(conn, audit.IDENTITY)
        self._astray: list[Row] = []
        self._seen = 0  # the last entry of the audit that has been taken in
        # Rows, and entries of the audit, whose values are to be cleared: all at once is faster.
        self._cleared: list[tuple[str, str]] = []
        self._entries: list[tuple[int]] = []
        self.catch_up()

    def catch_up(self) -> None:
        """Take in what has been done since: to be called in every new transaction."""
        last = bulk.highest_id(self._conn, "audit")
        if last == self._seen:
            return
        for table in self._births:
            self._births[table] |= _births(self._conn, table, self._seen)
        self._holdings.catch_up(self._seen)
        self._astray = self._conn.execute(_ASTRAY).fetchall()
        self._seen = last

    def erase(self, kind: str, ids: Sequence[int], reason: str) -> None:
        """Erase records of a kind."""
        if kind not in _TABLES:
            bulk.delete(self._conn, "draft", ("id",), [(id,) for id in ids])
            return
        (at, user) = self._conn.execute("SELECT finsam_now(), finsam_user()").fetchall()[0]
        about = [(id, Entry(at, user, kind, self._identity(kind, id), reason)) for id in ids]
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


def _births(conn: Connection, table: str, after: int) -> dict[int, tuple[int, str]]:
    """Return id → the audit's entry of its insertion and the time: no two records share it.

    Those that the audit has noted after an entry.
    """
    sql = (
        "SELECT id, at, CAST(row_id AS INTEGER), CAST(coalesce(last_row_id, row_id) AS INTEGER)"
        " FROM audit WHERE table_name = ? AND action = 'insert' AND id > ? ORDER BY id"
    )
    return {
        row: (entry, at)
        for entry, at, first, last in conn.execute(sql, (table, after))
        for row in range(first, last + 1)
    }
