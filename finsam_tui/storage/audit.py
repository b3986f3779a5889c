"""The logs are sealed: an entry that was changed or removed is found, even by those who may write.

There are three: what was changed, what was opened, what was erased. Every transaction seals its own
entries as it is committed (`Register.write`). Each seal covers its entry, a digest of the entry's
values, and the seal before. What the chain cannot tell is that its end is missing: `head`, told
in the manifest of every copy, does.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from finsam_tui.errors import Damaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from finsam_tui.storage.driver import Connection

    Cells = tuple[Any, ...]

_BYTES = 16  # of a salt, a digest and a seal
_ROWS = 200  # inserted by one statement
SEAL, IDENTITY = "seal", "identity"  # purposes of a secret


class Log(NamedTuple):
    """A log's columns, and the table of its entries' values: whose column `owner` is the entry."""

    columns: tuple[str, ...]
    values: str = ""
    owner: str = ""
    kept: tuple[str, ...] = ()


LOGS = {
    "audit": Log(
        ("id", "at", "user", "action", "table_name", "row_id", "last_row_id"),
        *("audit_value", "audit_id", ("column_name", "old", "new")),
    ),
    "access": Log(("id", "at", "user", "kind", "participant_id", "detail")),
    "erasure": Log(
        ("id", "at", "user", "kind", "identity", "reason", "audit_id"),
        *("erased_row", "erasure_id", ("table_name", "row_id")),
    ),
}
_ENDS = "SELECT " + ", ".join(f"(SELECT max(id) FROM {log}) AS {log}" for log in LOGS)


class Fault(NamedTuple):
    """Where a log is not what was written; `removed` is of the entry that is not there."""

    log: str
    entry: int
    what: Literal["changed", "values", "removed", "unsealed"]


def begin(conn: Connection) -> None:
    """Give a register its secrets, and seal what its logs hold already as it stands."""
    made = [(purpose, os.urandom(32)) for purpose in (SEAL, IDENTITY)]
    conn.executemany("INSERT INTO secret (purpose, secret) VALUES (?, ?)", made)
    seal(conn, dict.fromkeys(LOGS, 0))


def secret(conn: Connection, purpose: str) -> bytes:
    """Return a secret of the register; raises Damaged where somebody took it away."""
    sql = "SELECT secret FROM secret WHERE purpose = ?"
    for (found,) in conn.execute(sql, (purpose,)).fetchall():
        return bytes(found)
    raise Damaged("spårningens nyckel är borta ur registret; lägg tillbaka en säkerhetskopia.")


def ends(conn: Connection) -> dict[str, int]:
    """Return the last entry of each log, 0 where there is none."""
    row = conn.execute(_ENDS).fetchall()[0]
    return {log: row[log] or 0 for log in LOGS}


def seal(conn: Connection, before: Mapping[str, int]) -> None:
    """Seal what came after the entries `before`, inside the transaction that wrote it."""
    for log, last in ends(conn).items():
        if last > before[log]:
            sealed = _seals(conn, log, before[log])
            while batch := list(islice(sealed, _ROWS)):
                # A seal that is there already is that of an entry taken away: the chain shows it.
                rows = ", ".join(["(?, ?, ?, ?, ?)"] * len(batch))
                sql = f"INSERT OR REPLACE INTO seal (log, entry, salt, digest, mac) VALUES {rows}"
                conn.execute(sql, list(chain.from_iterable(batch)))


def head(conn: Connection) -> dict[str, str]:
    """Return log → "ENTRY:SEAL" of its last one, in hexadecimal; of an older schema nothing."""
    known = conn.execute("SELECT 1 FROM sqlite_master WHERE name = 'seal'").fetchone()
    sql = "SELECT entry, mac FROM seal WHERE log = ? ORDER BY entry DESC LIMIT 1"
    last = {log: conn.execute(sql, (log,)).fetchone() for log in LOGS} if known else {}
    return {log: f"{row['entry']}:{row['mac'].hex()}" for log, row in last.items() if row}


def parted(conn: Connection, told: Mapping[str, str]) -> list[str]:
    """Return the logs that no longer hold the entry that `head` has told of: they were cut."""
    return [log for log in LOGS if log in told and not _holds(conn, log, told[log])]


def _holds(conn: Connection, log: str, last: str) -> bool:
    """Whether a log has a seal, "ENTRY:SEAL"; what is not even written like one it has not."""
    entry, _, mac = last.partition(":")
    sql = "SELECT 1 FROM seal WHERE log = ? AND entry = ? AND mac = ?"
    try:
        return bool(conn.execute(sql, (log, int(entry), bytes.fromhex(mac))).fetchone())
    except (ValueError, OverflowError):
        return False


def verify(conn: Connection) -> Iterator[Fault]:
    """Go through all logs and yield what is not as it was written."""
    key = secret(conn, SEAL)
    erased = _erased(conn)
    for log in LOGS:
        yield from _verify(conn, key, log, erased)


def _verify(
    conn: Connection, key: bytes, log: str, erased: Mapping[tuple[str, str], int]
) -> Iterator[Fault]:
    sealed = conn.execute(
        f"SELECT salt, digest, mac FROM {log} LEFT JOIN seal ON log = ? AND entry = id ORDER BY id",
        (log,),
    )
    last, before = 0, b""
    for (entry, values), (salt, digest, mac) in zip(_entries(conn, log, 0), sealed, strict=True):
        if mac is None:
            yield Fault(log, entry[0], "unsealed")
        elif mac != _mac(key, before, log, entry, digest):
            gap = entry[0] > last + 1
            yield Fault(log, last + 1, "removed") if gap else Fault(log, entry[0], "changed")
        elif digest != _digest(key, salt, values) and not (
            salt is None and not values and entry[0] <= erased.get((entry[4], entry[5]), 0)
        ):
            yield Fault(log, entry[0], "values")
        last, before = entry[0], mac or before
    left = conn.execute("SELECT min(entry) FROM seal WHERE log = ? AND entry > ?", (log, last))
    for (entry,) in left.fetchall():
        if entry is not None:
            yield Fault(log, entry, "removed")


def _seals(conn: Connection, log: str, after: int) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of `seal` for a log's entries after one."""
    key = secret(conn, SEAL)
    sql = "SELECT mac FROM seal WHERE log = ? ORDER BY entry DESC LIMIT 1"
    mac = next((bytes(last) for (last,) in conn.execute(sql, (log,)).fetchall()), b"")
    for entry, values in _entries(conn, log, after):
        salt = os.urandom(_BYTES) if values else None
        digest = _digest(key, salt, values)
        mac = _mac(key, mac, log, entry, digest)
        yield log, entry[0], salt, digest, mac


def _entries(conn: Connection, log: str, after: int) -> Iterator[tuple[Cells, list[Cells]]]:
    """Yield each entry after one, with its values."""
    about = LOGS[log]
    sql = f"SELECT {', '.join(about.columns)} FROM {log} WHERE id > ? ORDER BY id"
    groups = _values(conn, about, after)
    owner, own = next(groups, (None, []))
    for row in conn.execute(sql, (after,)):
        entry = tuple(row)
        while owner is not None and owner < entry[0]:
            owner, own = next(groups, (None, []))
        yield entry, own if owner == entry[0] else []


def _values(conn: Connection, about: Log, after: int) -> Iterator[tuple[int | None, list[Cells]]]:
    if not about.values:
        return
    columns = ", ".join((about.owner, *about.kept))
    order = ", ".join((about.owner, *about.kept[:2]))
    sql = f"SELECT {columns} FROM {about.values} WHERE {about.owner} > ? ORDER BY {order}"
    rows: Iterable[Cells] = map(tuple, conn.execute(sql, (after,)))
    for owner, own in groupby(rows, key=itemgetter(0)):
        yield owner, [cells[1:] for cells in own]


# `ascii` writes any tuple of text, numbers and bytes in one way only, and in every Python the same.


def _digest(key: bytes, salt: bytes | None, values: list[Cells]) -> bytes | None:
    if not values:
        return None
    covered = ascii((salt, values)).encode("ascii")
    return hashlib.blake2b(covered, key=key, digest_size=_BYTES).digest()


def _mac(key: bytes, before: bytes, log: str, entry: Cells, digest: bytes | None) -> bytes:
    covered = ascii((before, log, entry, digest)).encode("ascii")
    return hmac.digest(key, covered, "sha256")[:_BYTES]


def _erased(conn: Connection) -> dict[tuple[str, str], int]:
    """Return (table, row id) → the audit's last entry when it was last erased."""
    sql = (
        "SELECT table_name, row_id, max(audit_id) FROM erased_row"
        " JOIN erasure ON erasure.id = erasure_id GROUP BY table_name, row_id"
    )
    return {(table, row_id): last for table, row_id, last in conn.execute(sql)}
