"""Damage is told as damage wherever it is met, by a statement or by a row that is read later."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import CopyError, Damaged
from finsam_tui.storage import driver, faults
from finsam_tui.storage.register import Register
from tests.storage.conftest import RAW_KEY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from finsam_tui.storage.driver import Cursor

ROWS, HARMED = 200, 40_000  # rows of half a KiB, and how many bytes at the end of the file


@pytest.fixture
def harmed(register: Register) -> Iterator[Register]:
    """A register that opens, whose last pages are not as they were written."""
    with register.write() as conn:
        rows = ((f"{number:04}", "x" * 500) for number in range(ROWS))
        conn.executemany("INSERT INTO setting VALUES (?, ?)", rows)
    register.close()
    content = bytearray(register.path.read_bytes())
    for place in range(len(content) - HARMED, len(content), 500):
        content[place] ^= 1
    register.path.write_bytes(content)
    with Register.open(register.path, user="bo", raw_key=RAW_KEY) as again:
        yield again


def one_by_one(cursor: Cursor, seen: list[object]) -> None:
    while row := cursor.fetchone():
        seen.append(row)


def some(cursor: Cursor, seen: list[object]) -> None:
    while rows := cursor.fetchmany(10):
        seen.extend(rows)


def loop(cursor: Cursor, seen: list[object]) -> None:
    seen.extend(row for row in cursor)


@pytest.mark.parametrize("read", [one_by_one, some, loop])
def test_damage_that_a_later_row_meets_is_told(
    harmed: Register, read: Callable[[Cursor, list[object]], None]
) -> None:
    seen: list[object] = []
    rows = harmed.sql("SELECT value FROM setting NOT INDEXED")
    with pytest.raises(Damaged, match=r"register\.db är skadat"):
        read(rows, seen)
    assert 0 < len(seen) < ROWS


def test_damage_is_told_by_the_bare_connection_too(harmed: Register) -> None:
    with pytest.raises(Damaged):
        harmed.conn.execute("SELECT value FROM setting NOT INDEXED").fetchall()
    with pytest.raises(Damaged):
        harmed.conn.execute("SELECT sum(length(value)) FROM setting NOT INDEXED")


def test_a_row_that_is_refused_is_the_statements_own_fault(register: Register) -> None:
    twice = [("a", "b"), ("a", "b")]
    with pytest.raises(driver.IntegrityError), register.write() as conn:
        conn.executemany("INSERT INTO setting VALUES (?, ?)", twice)
    with pytest.raises(driver.OperationalError):
        register.sql("SELECT nothing FROM nowhere")


@pytest.mark.parametrize(("free", "told"), [(0, "disken är full"), (2**30, "svarar med fel")])
def test_a_disk_without_room_is_told_however_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, told: str
) -> None:
    """A file that is mapped into memory has no room to grow: an input/output error to SQLite."""
    monkeypatch.setattr("finsam_tui.storage.files._free", lambda _: free)
    error = driver.OperationalError("disk I/O error")
    error.sqlite_errorcode = 10 | 19 << 8  # SQLITE_IOERR_SHMSIZE
    with pytest.raises(CopyError, match=told), faults.explained(tmp_path / "register.db"):
        raise error


@pytest.mark.skipif(sys.platform != "linux", reason="looks at what is open in /proc")
def test_after_many_faults_a_closed_register_is_closed_at_once(register: Register) -> None:
    (pages,) = register.sql("PRAGMA page_count").fetchall()[0]
    register.sql(f"PRAGMA max_page_count = {pages}").fetchall()
    gc.disable()
    try:
        for _ in range(50):
            with pytest.raises(CopyError), register.write() as conn:
                conn.execute("INSERT INTO setting VALUES ('a', ?)", ("x" * 1_000_000,))
        register.close()
        entries = [entry for entry in Path("/proc/self/fd").iterdir() if entry.exists()]
        opened = [str(entry.readlink()) for entry in entries]
    finally:
        gc.enable()
    assert not [name for name in opened if name.startswith(str(register.path))]
