"""What is in a register or a copy of it, counted, and whether a copy is one that can be used."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from finsam_tui.errors import CopyError, Damaged
from finsam_tui.storage import audit, driver, integrity, migrations
from finsam_tui.storage.manifest import Contents
from finsam_tui.storage.register import Register

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.integrity import Integrity

_Found = TypeVar("_Found")

_CACHE = 256_000  # KiB: following links in a file read anew each time takes twice as long


def contents(conn: Connection) -> Contents:
    """Count what a connection sees; inside a transaction that is one state of the register."""
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
    counts = {
        table: int(conn.execute(f'SELECT count(*) FROM "{table}"').fetchall()[0][0])
        for table in sorted(name for (name,) in conn.execute(tables).fetchall())
    }
    erased = "SELECT table_name, count(*) FROM erased_row GROUP BY table_name ORDER BY table_name"
    return Contents(
        migrations.version(conn),
        counts,
        dict(map(tuple, conn.execute(erased))) if "erased_row" in counts else {},
        audit.head(conn),
    )


def refuse_spoilt(path: Path, raw_key: bytes | bytearray) -> None:
    """Raise Damaged where a page of the register is not what was written.

    SQLCipher does not: to whoever reads or copies such a page, it is full of noughts.
    """
    with _opened(path, raw_key) as register:
        try:
            integrity.check_pages(register)
        except Damaged:
            integrity.check_pages(register)  # another may just have been writing the page


def verify(
    path: Path, raw_key: bytes | bytearray, heads: Mapping[str, str] | None = None
) -> tuple[Contents, tuple[str, ...]]:
    """Read all of a copy that lies at `path`; return what is in it, and its doubts.

    Doubts as in Manifest: "broken:TABLE", "unaudited:TRIGGER". Raises CopyError where a page is not
    what was written, the contents do not fit together, or a log lacks the entry that `heads` (as
    of `audit.head`) tell. The file is opened to be read only.
    """
    from concurrent.futures import ThreadPoolExecutor

    def looked(look: Callable[[Register], _Found]) -> _Found:
        with _opened(path, raw_key) as copy:
            return look(copy)

    try:
        with ThreadPoolExecutor(1) as beside:  # it takes as long as all the others together
            fitting = beside.submit(looked, integrity.check_contents)
            found, links = looked(lambda copy: _read_through(copy, heads or {}))
            fitting.result()
    except Damaged as error:
        raise CopyError(f"kopian {path} är inte hel; ta en annan.") from error
    broken = tuple(f"broken:{table}" for table in links.broken)
    return found, broken + tuple(f"unaudited:{trigger}" for trigger in links.unaudited)


def _read_through(copy: Register, heads: Mapping[str, str]) -> tuple[Contents, Integrity]:
    integrity.check_pages(copy)
    with driver.explained(copy.path):
        if audit.parted(copy.conn, heads):
            raise CopyError(f"kopian {copy.path} är äldre än registret var; försök igen.")
        return contents(copy.conn), integrity.check_links(copy)


def _opened(path: Path, raw_key: bytes | bytearray) -> Register:
    """Return a copy, as it is: nothing is migrated, and no journal is made."""
    session = driver.Session("")
    with driver.explained(path):
        conn = driver.connect(path, raw_key, session, "read")
        conn.execute(f"PRAGMA cache_size = -{_CACHE}")
        copy = Register(path, session, conn, bytearray(raw_key))
        copy.unaudited = tuple(migrations.missing_triggers(conn))
    return copy
