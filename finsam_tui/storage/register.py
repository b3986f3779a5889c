"""The open register: named queries to read with, and one door to write through.

A connection is used in the thread that made it; a worker asks for a `clone` of its own. What the
database says about its file reaches the caller as a RegisterError or CopyError with a Swedish line
(`faults`); faults of a statement pass through as the driver's own errors.
"""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager, nullcontext
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from finsam_tui.errors import Damaged, Locked, RegisterError
from finsam_tui.storage import audit, bulk, driver, files, migrations, place, process
from finsam_tui.storage.driver import Session, explained

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from finsam_tui.forms.codes import Codes
    from finsam_tui.storage.dbapi import Params
    from finsam_tui.storage.driver import Connection, Cursor, Row

_QUERIES = Path(__file__).with_name("queries")
_PAUSE = 0.004  # seconds at most between two tries to begin a write


@cache
def query(name: str) -> str:
    """Return the text of storage/queries/NAME.sql; `name` is never from input.

    `{chosen}` in it stands for the text of queries/parts/chosen.sql. Without that it is no SQL, so
    that a condition cannot be left out unseen; raises FileNotFoundError when there is no such part.
    """
    text = (_QUERIES / f"{name}.sql").read_text(encoding="utf-8").rstrip()
    return re.sub(r"\{(\w+)\}", lambda part: query(f"parts/{part[1]}"), text)


class Register:
    """A register in use by `user`, the name of the key slot that opened it.

    `unaudited` names the audit triggers that are missing: then it can be read but not written.
    """

    def __init__(self, path: Path, session: Session, conn: Connection, raw_key: bytearray) -> None:
        self.path = path
        self.unaudited: tuple[str, ...] = ()
        self._session = session
        self._conn: Connection | None = conn
        conn.path = path  # from here on it explains what its file does
        self._raw_key = raw_key
        self._codes: tuple[int, Codes] | None = None

    @classmethod
    def create(cls, path: Path, *, user: str, raw_key: bytes | bytearray) -> Self:
        """Make a register with the schema and the default codes, and return it open.

        It appears at `path` finished or not at all. The folder is made if need be. Raises
        InputError when there is a file already, and the RegisterErrors of `place.check_folder`.
        """
        path = path.resolve()
        place.make_folder(path.parent)
        place.refuse_existing(path)
        part = path.with_name(path.name + ".part")
        try:
            _remove(part)  # what a killed program left
            files.new_private(part, b"")
            with cls._connected(part, user, raw_key) as unfinished:
                _prepare(unfinished)
            part.rename(path)
        except BaseException:
            _remove(part)
            raise
        try:
            files.sync_folder(path.parent)
            return cls.open(path, user=user, raw_key=raw_key)
        except BaseException:
            _remove(path)  # the caller takes it that there is none, and drops its key
            raise

    @classmethod
    def open(cls, path: Path, *, user: str, raw_key: bytes | bytearray) -> Self:
        """Return the register at `path`, migrated to this program's schema.

        Raises RegisterMissing, LooseMode, NetworkFolder, ReadOnly, Damaged (a wrong raw key, too,
        looks like damage), NewerSchema or Locked; the register is left as it was.
        """
        place.check_register(path)
        register = cls._connected(path.resolve(), user, raw_key)
        try:
            _refuse_empty(register)
            _prepare(register)
        except BaseException:
            register.close()
            raise
        return register

    @classmethod
    def _connected(cls, path: Path, user: str, raw_key: bytes | bytearray) -> Self:
        session = Session(user)
        with explained(path):
            conn = driver.connect(path, raw_key, session)
        return cls(path, session, conn, bytearray(raw_key))

    def clone(self) -> Self:
        """Return another connection to the same register, for the thread that calls this."""
        if not self._raw_key:
            raise _locked()
        twin = self._connected(self.path, self.user, self._raw_key)
        twin.unaudited = self.unaudited
        return twin

    def lend_key(self, to: Callable[[bytearray], object]) -> None:
        """Show the raw key to a function that keeps none of it; raises Locked when closed."""
        if not self._raw_key:
            raise _locked()
        to(self._raw_key)

    def close(self) -> None:
        """Close the connection and wipe the key; a clone lives on until it is closed itself."""
        if self._conn is not None:
            self._conn.close()
        self._conn = None
        self._raw_key[:] = bytes(len(self._raw_key))
        self._raw_key.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def user(self) -> str:
        """Who is working: what the audit notes."""
        return self._session.user

    @property
    def conn(self) -> Connection:
        """The connection, for reads; writes go through `write`. Raises Locked when closed."""
        if self._conn is None:
            raise _locked()
        return self._conn

    @property
    def codes(self) -> Codes:
        """Every code list, programme, colleague and municipality; read anew when one changes."""
        from finsam_tui.storage import code_lists

        (seen,) = self.sql("PRAGMA data_version").fetchall()[0]  # steps at others' writes
        if self._codes is None or self._codes[0] != seen:
            self._codes = seen, code_lists.load(self.conn)
        return self._codes[1]

    def rows(self, name: str, /, **params: object) -> list[Row]:
        """Return all rows of the query storage/queries/NAME.sql."""
        return self.conn.execute(query(name), params).fetchall()

    def one(self, name: str, /, **params: object) -> Row:
        """Return the only row of a query; raises LookupError unless there is exactly one."""
        found = self.rows(name, **params)
        if len(found) != 1:
            raise LookupError(f"{name} gave {len(found)} rows")
        return found[0]

    def sql(self, text: str, params: Params = ()) -> Cursor:
        """Run a statement of storage's own; `text` is never made of input."""
        return self.conn.execute(text, params)

    @contextmanager
    def one_state(self, *, room: bool = True) -> Iterator[None]:
        """Let all reads in the block see the same state, whatever others write meanwhile.

        There is `room` for the pages of a big report as long as it lasts: each is then read, and
        decrypted, once. Their memory is given back after it. Who goes through whole tables has no
        use for that.
        """
        with bulk.room(self.conn) if room else nullcontext():
            self.sql("BEGIN")
            try:
                yield
            finally:
                self.sql("COMMIT")
        process.give_back_memory()

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """Write: all that happens in the block, or nothing if it ends in an exception.

        Waits for other writers; raises Locked after ten seconds, CopyError when the disk is full.
        """
        conn = self.conn
        if conn.in_transaction:
            raise RuntimeError("write() inside write()")
        if self.unaudited:
            raise RegisterError(
                f"registret saknar spårning ({', '.join(self.unaudited)}) och får bara läsas; "
                "lägg tillbaka den senaste säkerhetskopian."
            )
        try:
            _begin(conn)
            before = audit.ends(conn)
            yield conn
            audit.seal(conn, before)
            conn.execute("COMMIT")
        except BaseException:
            _roll_back(conn)
            raise
        finally:
            self._codes = None


def _refuse_empty(register: Register) -> None:
    """Raise Damaged for a file without a schema: migrating it would hide that all is lost."""
    if migrations.version(register.conn) == 0:
        raise Damaged(
            f"registret {register.path} är tomt; lägg tillbaka den senaste säkerhetskopian."
        )


def _prepare(register: Register) -> None:
    """Bring the schema up to date, which also proves the key, and look for the audit triggers."""
    migrations.migrate(register.conn)
    register.conn.execute("PRAGMA journal_mode = WAL").fetchall()
    register.unaudited = tuple(migrations.missing_triggers(register.conn))


def _begin(conn: Connection) -> None:
    """Begin to write as soon as no other does; raises Locked after `driver.BUSY_MS`.

    SQLite's own waiting grows from try to try: in a crowd, whoever has waited longest comes last.
    """
    until = time.monotonic() + driver.BUSY_MS / 1000
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                conn.execute("BEGIN IMMEDIATE")
            except Locked:
                if time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE * os.urandom(1)[0] / 255)
            else:
                return
    finally:
        conn.execute(f"PRAGMA busy_timeout = {driver.BUSY_MS}")


def _roll_back(conn: Connection) -> None:
    if conn.in_transaction:  # where the disk is full, the database has done it already
        conn.execute("ROLLBACK")


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _locked() -> Locked:
    return Locked("registret är låst; lås upp det igen.")
