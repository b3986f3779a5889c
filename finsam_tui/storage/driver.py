"""The one door to SQLCipher: every connection is keyed, private, durable and quiet.

Nothing else imports sqlcipher3. sqlite-utils catches the exceptions of the module it finds under
the name `pysqlite3`, so that name is given to sqlcipher3 here, before sqlite-utils is loaded.

A register's pages are of 8 KiB and sealed by HMAC-SHA256, which processors have instructions for:
to read one takes half the time of SQLCipher's own settings, which the first registers have and
keep. The salt follows from the key, so that nothing depends on the file's first bytes.

Never open the register file by other means while a connection lives in the same process: closing
any descriptor of a file drops the locks that SQLite holds on it.
"""

from __future__ import annotations

import hmac
import sys
import time
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

import sqlcipher3
import sqlcipher3.dbapi2

from finsam_tui.errors import Locked
from finsam_tui.storage.faults import Telling, explained

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

    from finsam_tui.storage.dbapi import (
        Connection,
        Cursor,
        DatabaseError,
        Error,
        IntegrityError,
        OperationalError,
        ProgrammingError,
        Row,
    )
else:
    from sqlcipher3 import (
        Connection,
        Cursor,
        DatabaseError,
        Error,
        IntegrityError,
        OperationalError,
        ProgrammingError,
        Row,
    )

__all__ = [
    "BUSY_MS",
    "KEY_BYTES",
    "Connection",
    "Cursor",
    "DatabaseError",
    "Error",
    "IntegrityError",
    "OperationalError",
    "ProgrammingError",
    "Row",
    "Session",
    "connect",
    "database",
    "exclusive",
    "explained",
    "memory",
    "opens",
    "rekey",
    "run_script",
    "utc_now",
]

sys.modules["pysqlite3"] = sqlcipher3
sys.modules["pysqlite3.dbapi2"] = sqlcipher3.dbapi2

KEY_BYTES = 32
_SALT = b"finsam register salt 1"
_SALT_BYTES = 16
BUSY_MS = 10_000  # how long a connection waits for another one's lock

Mode = Literal["read", "write", "create"]
_FLAGS = {
    "read": sqlcipher3.SQLITE_OPEN_READONLY,
    "write": sqlcipher3.SQLITE_OPEN_READWRITE,
    "create": sqlcipher3.SQLITE_OPEN_READWRITE | sqlcipher3.SQLITE_OPEN_CREATE,
}


class _Format(NamedTuple):
    """How the pages of a file are made."""

    settings: tuple[str, ...]
    salt_in_file: bool


_FORMATS = (
    _Format(
        ("PRAGMA cipher_page_size = 8192", "PRAGMA cipher_hmac_algorithm = HMAC_SHA256"),
        salt_in_file=False,
    ),
    _Format((), salt_in_file=True),
)
_SETTINGS = (
    "PRAGMA temp_store = MEMORY",  # temporary files would hold rows in clear
    "PRAGMA synchronous = FULL",  # with NORMAL a power cut loses acknowledged commits
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else a row lost to REPLACE leaves no trace in the audit
    "PRAGMA secure_delete = ON",
)


class Session(NamedTuple):
    """What the SQL functions of a connection answer: who is working."""

    user: str


def utc_now() -> str:
    """Return the time as "2024-03-15T13:30:05Z"."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def connect(
    path: Path, raw_key: bytes | bytearray, session: Session, mode: Mode = "write"
) -> Connection:
    """Return a connection to the file at `path`, with the key proven; raises DatabaseError.

    A wrong key and a damaged first page look the same; `explained` tells them. Raises ValueError
    unless the key is 32 bytes: SQLCipher takes none for "not encrypted", and one of another length
    for a passphrase, and says nothing. Raises Locked where another file took the place of this one
    meanwhile: two registers would share one log.
    """
    opened = _file_at(path)
    conn = _keyed(path, raw_key, mode)
    try:
        _prepare(conn, session)
        _refuse_another(path, opened)
    except BaseException:
        conn.close()
        raise
    return conn


def _keyed(path: Path, raw_key: bytes | bytearray, mode: Mode) -> Connection:
    """Return a connection that has read the file; one that is not there yet is of the new format.

    A file of the first format looks like one with another key until it is read as such.
    """
    new, first = _FORMATS
    try:
        return _read(path, raw_key, mode, new)
    except DatabaseError as error:
        if error.sqlite_errorcode != sqlcipher3.SQLITE_NOTADB:
            raise
    return _read(path, raw_key, mode, first)


def _read(path: Path, raw_key: bytes | bytearray, mode: Mode, form: _Format) -> Connection:
    spec = _spec(raw_key, b"" if form.salt_in_file else _salt(raw_key))
    conn = cast(
        "Connection",
        sqlcipher3.connect(
            str(path),
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            flags=_FLAGS[mode],
            factory=Telling,
        ),
    )
    try:
        conn.execute("PRAGMA cipher_log_level = NONE")  # else faults are written over the screen
        conn.set_key(spec)
        for setting in form.settings:
            conn.execute(setting)
        conn.execute("SELECT count(*) FROM sqlite_master").fetchall()
    except BaseException:
        conn.close()
        raise
    finally:
        _wipe(spec)
    return conn


def memory(session: Session | None = None) -> Connection:
    """Return a connection to an empty database that exists in memory only, and has no key."""
    conn = cast("Connection", sqlcipher3.connect(":memory:", isolation_level=None))
    _prepare(conn, session or Session("finsam"))
    return conn


def _prepare(conn: Connection, session: Session) -> None:
    for setting in _SETTINGS:
        conn.execute(setting)
    conn.row_factory = Row
    conn.create_function("finsam_user", 0, lambda: session.user)
    conn.create_function("finsam_now", 0, utc_now)


def _spec(raw_key: bytes | bytearray, salt: bytes) -> bytearray:
    """Return a key as SQLCipher wants a raw one: x'…'. Bare bytes would be a passphrase."""
    if len(raw_key) != KEY_BYTES:
        raise ValueError(f"a raw key has {KEY_BYTES} bytes")
    return bytearray(b"x'" + (raw_key + salt).hex().encode("ascii") + b"'")


def _salt(raw_key: bytes | bytearray) -> bytes:
    return hmac.digest(raw_key, _SALT, "sha256")[:_SALT_BYTES]


def _refuse_another(path: Path, opened: tuple[int, int] | None) -> None:
    if opened is not None and _file_at(path) != opened:
        raise Locked(f"registret {path} byttes just ut mot ett annat; försök igen.")


def _file_at(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at a path from any other, None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _wipe(secret: bytearray) -> None:
    secret[:] = bytes(len(secret))


def opens(path: Path, raw_key: bytes | bytearray) -> bool:
    """Whether the file at `path` opens with a raw key; a damaged first page opens with none."""
    try:
        connect(path, raw_key, Session("")).close()
    except DatabaseError as error:
        if error.sqlite_errorcode != sqlcipher3.SQLITE_NOTADB:
            raise
        return False
    return True


def exclusive(conn: Connection) -> None:
    """Shut every other connection out until `conn` closes; OperationalError if there is one.

    Leaving WAL needs the file alone, and a WAL entered under an exclusive lock keeps it.
    """
    for setting in ("journal_mode = DELETE", "locking_mode = EXCLUSIVE", "journal_mode = WAL"):
        conn.execute(f"PRAGMA {setting}").fetchall()
    conn.executescript("BEGIN EXCLUSIVE; COMMIT;")


def rekey(conn: Connection, raw_key: bytes | bytearray) -> None:
    """Encrypt the whole file anew, as one transaction of an `exclusive` connection, and close it.

    SQLCipher does not tell when this fails (a full disk): open the file to find out which key it
    has now.
    """
    spec = _spec(raw_key, _salt(raw_key))
    conn.reset_key(spec)
    _wipe(spec)
    conn.close()


def database(conn: Connection) -> Database:
    """Return `conn` as sqlite-utils sees it; loading that takes a fifth of a second."""
    from sqlite_utils import Database

    return Database(conn, execute_plugins=False)  # type: ignore[arg-type] # sqlite3's twin


def run_script(conn: Connection, sql: str) -> None:
    """Run several statements inside the transaction at hand; `executescript` would commit it."""
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if ";" in line and sqlcipher3.complete_statement(statement):
            conn.execute(statement)
            statement = ""
    if statement.strip():
        conn.execute(statement)
