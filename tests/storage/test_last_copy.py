"""The note about the last copy: what it tells, and when another is due."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from finsam_tui.storage import last_copy
from finsam_tui.storage.last_copy import Last

MADE = datetime(2024, 3, 15, 1, 30, tzinfo=UTC)
NOTE = b'{"folder": "/k", "copy": "finsam-x.db", "made": "2024-03-15T01:30:00Z"}'
LAST = Last(Path("/k"), "finsam-x.db", MADE)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Return the path of a register that was last written an hour after MADE."""
    path = tmp_path / "r.db"
    path.write_bytes(b"x")
    written(path, 60)
    return path


def written(path: Path, minutes: int) -> None:
    """Have a file be written so long after MADE."""
    moment = MADE.timestamp() + minutes * 60
    os.utime(path, (moment, moment))


def put(register: Path, content: bytes) -> None:
    note = last_copy.note_of(register)
    note.write_bytes(content)
    note.chmod(0o600)


def test_the_note_tells_where_and_when(register: Path) -> None:
    assert last_copy.read(register) is None
    put(register, NOTE)
    assert last_copy.read(register) == LAST
    assert not LAST.wrapped
    assert LAST._replace(name="finsam-x.tar.age").wrapped


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"null", b"7", b"[]", b'"x"', NOTE[:-1], b"\xff\xfe", bytes(range(256))),
        *(b"[" * 9_000, b" " * 20_000 + NOTE, b'{"made": ' + b"9" * 9_000 + b"}"),
        *(NOTE.replace(b'"/k"', odd) for odd in (b"7", b"null", b'"k"', b'"/\\0"')),
        *(NOTE.replace(b"/k", odd) for odd in (b"/\\u0000", b"/\\ud800")),
        *(NOTE.replace(b"2024-03-15T01:30:00Z", odd) for odd in (b"", b"nyss", b"0001-01-01")),
        NOTE.replace(b'"2024-03-15T01:30:00Z"', b"1e999"),
    ],
)  # fmt: skip
def test_a_note_that_does_not_hold_is_none(register: Path, content: bytes) -> None:
    put(register, content)
    assert last_copy.read(register) is None


def test_what_is_no_file_of_the_owners_alone_is_none(register: Path) -> None:
    note = last_copy.note_of(register)
    put(register, NOTE)
    note.chmod(0o644)
    assert last_copy.read(register) is None
    note.unlink()
    os.mkfifo(note, 0o600)
    assert last_copy.read(register) is None
    note.unlink()
    note.mkdir()
    assert last_copy.read(register) is None
    note.rmdir()
    note.symlink_to(note.name)
    assert last_copy.read(register) is None


@pytest.mark.parametrize(
    ("minutes", "due"), [(-120, True), (-59, False), (0, False), (59, False), (60, True)]
)
def test_one_is_due_an_hour_after_the_last(register: Path, minutes: int, *, due: bool) -> None:
    assert last_copy.is_due(register, LAST, MADE + timedelta(minutes=minutes)) is due


def test_none_is_due_where_nothing_was_written_since(register: Path) -> None:
    log, later = register.with_name("r.db-wal"), MADE + timedelta(days=3)
    written(register, -1)
    log.write_bytes(b"")
    written(log, 5)
    assert not last_copy.is_due(register, LAST, later)  # it was opened
    log.write_bytes(b"x")
    written(log, 5)
    assert last_copy.is_due(register, LAST, later)
