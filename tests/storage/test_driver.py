"""Every connection is keyed, private, durable and quiet."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import sqlcipher3

from finsam_tui.errors import CopyError, Damaged, Locked, ReadOnly
from finsam_tui.storage import driver
from finsam_tui.storage.driver import Session
from tests.storage.conftest import RAW_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from finsam_tui.storage.driver import Connection

OTHER_KEY = bytes(32)
SECRET = "Ann-Britt Hemlig"
NEW_FORMAT = ("PRAGMA cipher_page_size = 8192", "PRAGMA cipher_hmac_algorithm = HMAC_SHA256")


def connect(path: Path, mode: driver.Mode = "write") -> Connection:
    return driver.connect(path, RAW_KEY, Session("anna"), mode)


def make_first(path: Path) -> None:
    """Make a file as SQLCipher's own settings do, which the first registers had."""
    path.touch(0o600)
    with closing(sqlcipher3.connect(str(path))) as first:
        first.execute(f"PRAGMA key = \"x'{RAW_KEY.hex()}'\"")
        first.execute("CREATE TABLE person (name TEXT NOT NULL)")


@pytest.fixture
def conn(path: Path) -> Iterator[Connection]:
    """A connection to a new file with one table and one secret row."""
    with closing(connect(path, "create")) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("CREATE TABLE person (name TEXT NOT NULL)")
        conn.execute("INSERT INTO person VALUES (?)", (SECRET,))
        yield conn


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no connection made in the test wait for a lock."""
    monkeypatch.setattr(driver, "BUSY_MS", 0)


def test_sqlite_utils_works_with_sqlcipher_and_catches_its_exceptions(conn: Connection) -> None:
    # `alter` adds the column once the insert has failed: with an exception that has to be caught.
    table = driver.database(conn).table("person")
    table.insert({"name": "Bo", "phone": "070"}, alter=True)
    assert [dict(row) for row in conn.execute("SELECT * FROM person WHERE name = 'Bo'")] == [
        {"name": "Bo", "phone": "070"}
    ]


def test_sqlite_utils_leaves_the_transaction_at_hand_open(conn: Connection) -> None:
    conn.execute("BEGIN IMMEDIATE")
    driver.database(conn).table("person").insert_all([{"name": "Bo"}, {"name": "Cilla"}])
    assert conn.in_transaction
    conn.execute("ROLLBACK")
    assert conn.execute("SELECT count(*) FROM person").fetchall()[0][0] == 1


@pytest.mark.parametrize("suffix", ["", "-wal"])
def test_nothing_on_the_disk_is_plain(conn: Connection, path: Path, suffix: str) -> None:
    if not suffix:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = path.with_name(path.name + suffix).read_bytes()
    assert len(content) >= 4096
    for plain in (SECRET.encode(), b"SQLite format 3", b"person"):
        assert plain not in content


@pytest.mark.parametrize("form", ["new", "first"])
def test_the_key_is_raw_and_not_taken_for_a_passphrase(path: Path, form: str) -> None:
    if form == "first":
        make_first(path)
    else:
        with closing(connect(path, "create")) as conn:
            conn.execute("CREATE TABLE person (name TEXT)")
    with closing(sqlcipher3.connect(str(path))) as other:
        other.execute(f"PRAGMA key = \"x'{RAW_KEY.hex()}'\"")
        for setting in NEW_FORMAT if form == "new" else ():
            other.execute(setting)
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("person",)]


def test_a_file_of_the_first_format_is_read_written_and_given_a_new_key(path: Path) -> None:
    make_first(path)
    with closing(connect(path)) as conn:
        conn.execute("PRAGMA journal_mode = WAL")
        conn.execute("INSERT INTO person VALUES (?)", (SECRET,))
    with closing(connect(path)) as conn:
        driver.exclusive(conn)
        driver.rekey(conn, OTHER_KEY)
    with closing(driver.connect(path, OTHER_KEY, Session("anna"))) as conn:
        assert conn.execute("SELECT name FROM person").fetchall()[0][0] == SECRET
        assert conn.execute("PRAGMA page_size").fetchall()[0][0] == "4096"
        assert not conn.execute("PRAGMA cipher_integrity_check").fetchall()


def left_by_a_kill(path: Path, conn: Connection) -> None:
    """Put the file as it lies there, with the log that nobody wrote back, in its own place."""
    files = (path, path.with_name(path.name + "-wal"))
    killed = [file.read_bytes() for file in files]
    conn.close()
    for file, content in zip(files, killed, strict=True):
        file.touch(0o600)
        file.write_bytes(content)


@pytest.mark.parametrize("form", ["new", "first"])
def test_a_log_that_was_not_written_back_outlives_a_wrong_key(path: Path, form: str) -> None:
    if form == "first":
        make_first(path)
    conn = connect(path, "create")
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("CREATE TABLE IF NOT EXISTS person (name TEXT)")
    conn.execute("INSERT INTO person VALUES (?)", (SECRET,))
    left_by_a_kill(path, conn)
    assert not driver.opens(path, OTHER_KEY)
    with closing(connect(path)) as again:
        assert again.execute("SELECT name FROM person").fetchall()[0][0] == SECRET
        assert again.execute("PRAGMA integrity_check").fetchall()[0][0] == "ok"


def test_no_byte_of_the_first_sixteen_is_needed(conn: Connection, path: Path) -> None:
    conn.close()
    content = bytearray(path.read_bytes())
    content[:16] = bytes(16)
    path.write_bytes(content)
    with closing(connect(path)) as again:
        assert again.execute("SELECT name FROM person").fetchall()[0][0] == SECRET
        again.execute("INSERT INTO person VALUES ('Bo')")
        again.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with closing(connect(path)) as again:
        assert again.execute("SELECT count(*) FROM person").fetchall()[0][0] == 2


@pytest.mark.parametrize("size", [0, 16, 31, 33, 48, 64])
def test_a_key_of_another_length_is_refused(path: Path, size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        driver.connect(path, bytes(size), Session("anna"), "create")


def test_a_wrong_key_is_told_and_writes_nothing_on_the_screen(
    conn: Connection, path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    conn.close()
    with pytest.raises(Damaged), driver.explained(path):
        driver.connect(path, OTHER_KEY, Session("anna"))
    assert capfd.readouterr() == ("", "")


def test_opens_tells_whether_a_key_fits(conn: Connection, path: Path) -> None:
    conn.close()
    assert driver.opens(path, RAW_KEY)
    assert not driver.opens(path, OTHER_KEY)


def test_a_file_that_is_missing_is_not_made(path: Path) -> None:
    with pytest.raises(driver.OperationalError):
        connect(path)
    assert not path.exists()


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("busy_timeout", 10_000),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("secure_delete", 1),
        ("synchronous", 2),  # FULL
        ("temp_store", 2),  # memory
        ("journal_mode", "wal"),
    ],
)
def test_every_connection_has_the_settings(
    conn: Connection, path: Path, pragma: str, value: object
) -> None:
    with closing(connect(path)) as second:
        for each in (conn, second):
            assert each.execute(f"PRAGMA {pragma}").fetchall()[0][0] == value


def test_the_sql_functions_tell_who_and_when() -> None:
    session = Session("anna")
    with closing(driver.memory(session)) as conn:
        user, now = conn.execute("SELECT finsam_user(), finsam_now()").fetchall()[0]
        assert user == "anna"
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", now)


def test_a_script_stays_inside_the_transaction(conn: Connection) -> None:
    conn.execute("BEGIN")
    driver.run_script(
        conn,
        """
        -- A comment; with a semicolon.
        CREATE TABLE seen (name TEXT);
        CREATE TRIGGER watch AFTER INSERT ON person BEGIN
            INSERT INTO seen VALUES (NEW.name);
            INSERT INTO seen VALUES ('a; b');
        END;
        INSERT INTO person VALUES ('Bo')
        """,
    )
    assert [row[0] for row in conn.execute("SELECT name FROM seen")] == ["Bo", "a; b"]
    conn.execute("ROLLBACK")
    tables = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    assert [row[0] for row in tables] == ["person"]


@pytest.mark.usefixtures("_impatient")
def test_a_lock_held_by_another_is_told(conn: Connection, path: Path) -> None:
    conn.execute("BEGIN IMMEDIATE")
    refused = pytest.raises(Locked, match="upptaget")
    with closing(connect(path)) as other, refused, driver.explained(path):
        other.execute("BEGIN IMMEDIATE")


def test_a_full_disk_is_told(conn: Connection, path: Path) -> None:
    conn.execute("PRAGMA max_page_count = 10")
    with pytest.raises(CopyError, match="disken är full"), driver.explained(path):
        conn.executemany("INSERT INTO person VALUES (?)", [("x" * 4000,)] * 20)


@pytest.mark.usefixtures("conn")
def test_a_connection_for_reading_does_not_write(path: Path) -> None:
    with closing(connect(path, "read")) as reader:
        assert reader.execute("SELECT name FROM person").fetchall()[0][0] == SECRET
        with pytest.raises(ReadOnly), driver.explained(path):
            reader.execute("DELETE FROM person")


@pytest.mark.parametrize(
    ("sql", "error"),
    [
        ("INSERT INTO person VALUES (NULL)", driver.IntegrityError),
        ("SELECT * FROM finns_inte", driver.OperationalError),
        ("SELECT ?", driver.ProgrammingError),
    ],
)
def test_faults_of_a_statement_pass_through(
    conn: Connection, path: Path, sql: str, error: type[Exception]
) -> None:
    with pytest.raises(error), driver.explained(path):
        conn.execute(sql)


@pytest.mark.usefixtures("_impatient")
def test_exclusive_waits_for_nobody_and_lets_nobody_in(conn: Connection, path: Path) -> None:
    with closing(connect(path)) as alone:
        with pytest.raises(driver.OperationalError):
            driver.exclusive(alone)
        conn.close()
        driver.exclusive(alone)
        with pytest.raises(driver.OperationalError):
            connect(path)
    with closing(connect(path)) as after:
        assert after.execute("SELECT name FROM person").fetchall()[0][0] == SECRET


def test_rekey_leaves_only_the_new_key(conn: Connection, path: Path) -> None:
    driver.rekey(conn, OTHER_KEY)
    assert driver.opens(path, OTHER_KEY)
    assert not driver.opens(path, RAW_KEY)
