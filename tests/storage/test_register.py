"""A register opens at once or says why not; what is written is there, or nothing of it."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import (
    CopyError,
    Damaged,
    FinsamError,
    InputError,
    Locked,
    LooseMode,
    NewerSchema,
    ReadOnly,
    RegisterError,
    RegisterMissing,
)
from finsam_tui.storage import driver, migrations, place
from finsam_tui.storage import register as module
from finsam_tui.storage.driver import Session
from finsam_tui.storage.register import Register
from tests.storage.conftest import RAW_KEY, kill, note, notes, start, status_of
from tests.storage.test_files import full_disk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from finsam_tui.storage.driver import Connection

NOBODY = 65534


def reopen(path: Path) -> Register:
    return Register.open(path, user="bo", raw_key=RAW_KEY)


@pytest.fixture
def closed(register: Register) -> Path:
    """The path of a register with a few pages of rows, that nobody has open."""
    with register.write() as conn:
        rows = ((f"{number:04}", "x" * 500) for number in range(200))
        conn.executemany("INSERT INTO setting VALUES (?, ?)", rows)
    register.close()
    return register.path


@pytest.fixture
def raw(closed: Path) -> Iterator[Connection]:
    """A connection that goes past the register."""
    with closing(driver.connect(closed, RAW_KEY, Session("anna"))) as conn:
        yield conn


# Making


def test_a_new_register_is_ready_and_the_owners_alone(register: Register) -> None:
    assert register.user == "anna"
    assert register.path.stat().st_mode & 0o777 == 0o600
    assert register.codes.options("sex")
    assert register.unaudited == ()
    assert {p.name for p in register.path.parent.iterdir()} <= {
        "register.db",
        "register.db-wal",
        "register.db-shm",
    }


def test_the_log_beside_it_is_the_owners_alone(register: Register) -> None:
    usual = os.umask(0)
    try:
        with reopen(register.path) as other:
            note(other, "hej")
            for path in register.path.parent.iterdir():
                assert path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(usual)


def test_the_folder_is_made_and_is_the_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "finsam" / "register.db"
    Register.create(path, user="anna", raw_key=RAW_KEY).close()
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_a_register_takes_nobodys_place(closed: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(InputError, match="finns redan"):
        Register.create(closed, user="anna", raw_key=RAW_KEY)
    assert closed.read_bytes() == before


def test_a_making_that_fails_leaves_nothing(path: Path) -> None:
    with full_disk(20_000), pytest.raises(CopyError):
        Register.create(path, user="anna", raw_key=RAW_KEY)
    assert list(path.parent.iterdir()) == []


def test_what_a_killed_making_left_is_no_hindrance(path: Path) -> None:
    for name in ("register.db.part", "register.db.part-wal", "register.db.part-journal"):
        (path.parent / name).write_bytes(b"halv")
    with Register.create(path, user="anna", raw_key=RAW_KEY) as register:
        assert register.codes.options("sex")
    assert [p.name for p in path.parent.iterdir()] == ["register.db"]


# Opening


def test_an_opened_register_has_its_rows_and_its_new_user(closed: Path) -> None:
    with reopen(closed) as register:
        assert register.user == "bo"
        assert len(notes(register)) == 200


def test_a_missing_register_is_told_and_not_made(path: Path) -> None:
    with pytest.raises(RegisterMissing):
        reopen(path)
    assert list(path.parent.iterdir()) == []


def test_a_wrong_raw_key_is_told(closed: Path) -> None:
    with pytest.raises(Damaged, match="hör inte ihop med sin nyckelfil"):
        Register.open(closed, user="anna", raw_key=bytes(32))


def fill_with_noise(content: bytearray) -> None:
    content[:] = os.urandom(len(content))


def flip_in_the_first_page(content: bytearray) -> None:
    content[place.PAGE // 2] ^= 1


def flip_in_every_other_page(content: bytearray) -> None:
    for start_of_page in range(place.PAGE, len(content), place.PAGE):
        content[start_of_page + 1000] ^= 1


def cut_to_half(content: bytearray) -> None:
    del content[len(content) // 2 // place.PAGE * place.PAGE :]


def cut_amid_a_page(content: bytearray) -> None:
    del content[-100:]


def empty(content: bytearray) -> None:
    content.clear()


@pytest.mark.parametrize(
    "damage",
    [
        fill_with_noise,
        flip_in_the_first_page,
        flip_in_every_other_page,
        cut_to_half,
        cut_amid_a_page,
        empty,
    ],
)
def test_a_damaged_file_is_told_and_left_as_it_was(
    closed: Path, damage: Callable[[bytearray], None], capfd: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(closed.read_bytes())
    damage(content)
    closed.write_bytes(content)
    with pytest.raises(Damaged, match="säkerhetskopian"):
        reopen(closed)
    assert closed.read_bytes() == content
    assert capfd.readouterr() == ("", "")


def test_damage_further_in_is_told_where_it_is_read(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    told = read = 0
    for start_of_page in range(place.PAGE, len(content), place.PAGE):
        flipped = content.copy()
        flipped[start_of_page + 1000] ^= 1
        closed.write_bytes(flipped)
        try:
            with reopen(closed) as register, driver.explained(closed):
                faults = register.conn.execute("PRAGMA integrity_check").fetchall()
        except Damaged:
            told += 1
        else:
            told += faults[0][0] != "ok"
            read += faults[0][0] == "ok"
    print(f"{told + read} pages damaged, {told} told, {read} taken for whole")  # noqa: T201
    assert told > 20
    assert read == 0


def test_an_empty_database_is_damage_and_not_migrated(path: Path) -> None:
    with closing(driver.connect(path, RAW_KEY, Session("anna"), "create")) as conn:
        conn.execute("CREATE TABLE t (x)")
    path.chmod(0o600)
    with pytest.raises(Damaged, match="tomt"):
        reopen(path)


def test_a_newer_schema_is_refused_and_left(closed: Path, raw: Connection) -> None:
    newer = len(migrations.MIGRATIONS) + 1
    raw.execute(f"PRAGMA user_version = {newer}")
    with pytest.raises(NewerSchema, match=f"schemaversion {newer}"):
        reopen(closed)


def test_an_older_schema_is_migrated(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def add(conn: Connection) -> None:
        conn.execute("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, add))
    with reopen(closed) as register:
        assert register.sql("SELECT count(*) FROM later").fetchall()[0][0] == 0


def test_a_register_left_without_its_log_gets_it_back(closed: Path, raw: Connection) -> None:
    # Where a program was killed between leaving WAL and entering it again, see driver.exclusive.
    raw.execute("PRAGMA journal_mode = DELETE")
    with reopen(closed) as register:
        assert register.sql("PRAGMA journal_mode").fetchall()[0][0] == "wal"


@pytest.mark.parametrize(("loose", "mode"), [("file", 0o640), ("folder", 0o750)])
def test_a_loose_mode_is_refused(closed: Path, loose: str, mode: int) -> None:
    (closed if loose == "file" else closed.parent).chmod(mode)
    with pytest.raises(LooseMode):
        reopen(closed)


@pytest.mark.parametrize("fixed", ["file", "folder"])
def test_what_cannot_be_written_is_refused(closed: Path, fixed: str) -> None:
    # Root may write anywhere: as root, the opening is done by somebody else in a child.
    folder = Path(tempfile.mkdtemp(prefix="finsam-"))
    file = folder / closed.name
    shutil.copy(closed, file)
    file.chmod(0o400 if fixed == "file" else 0o600)
    folder.chmod(0o500 if fixed == "folder" else 0o700)
    as_root = os.geteuid() == 0

    def work() -> None:
        if as_root:
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        with pytest.raises(ReadOnly, match="du får inte"):
            reopen(file)

    if as_root:
        for path in (file, folder):
            os.chown(path, NOBODY, NOBODY)
    try:
        assert status_of(start(work)) == 0
    finally:
        folder.chmod(0o700)
        shutil.rmtree(folder)


def test_a_register_held_by_another_program_is_told(
    closed: Path, raw: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.exclusive(raw)
    monkeypatch.setattr(driver, "BUSY_MS", 0)
    with pytest.raises(Locked, match="upptaget"):
        reopen(closed)


def test_a_register_behind_a_link_is_the_same(closed: Path, tmp_path: Path) -> None:
    link = tmp_path / "länk.db"
    link.symlink_to(closed)
    with reopen(link) as register:
        assert register.path == closed


# Reading


def test_a_named_query_gives_rows_by_name(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_QUERIES", tmp_path)
    (tmp_path / "echo.sql").write_text(
        "-- One row: what was asked.\nSELECT :a AS a, :b AS å UNION ALL SELECT :b, :a", "utf-8"
    )
    (first, second) = register.rows("echo", a=1, b="två")
    assert dict(first) == {"a": 1, "å": "två"}
    assert (second["a"], second[1]) == ("två", 1)
    with pytest.raises(LookupError):
        register.one("echo", a=1, b=2)


def test_one_gives_the_only_row(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_QUERIES", tmp_path)
    (tmp_path / "only.sql").write_text("SELECT :name AS name", "utf-8")
    assert register.one("only", name="Ö")["name"] == "Ö"


def test_the_codes_follow_the_register(register: Register) -> None:
    assert not register.codes.options("programme")
    add = "INSERT INTO programme (id, name, type) VALUES (?, ?, 'individual')"
    with register.write() as conn:
        conn.execute(add, ("A", "Arbetslinjen"))
    assert [code.key for code in register.codes.options("programme")] == ["A"]
    with reopen(register.path) as other, other.write() as conn:
        conn.execute(add, ("B", "Balans"))
    assert [code.key for code in register.codes.options("programme")] == ["A", "B"]
    assert register.codes is register.codes


# Writing


def test_a_write_is_kept_and_audited(register: Register) -> None:
    with register.write() as conn:
        conn.execute("INSERT INTO association (id, name) VALUES (1, 'Förbundet')")
    with reopen(register.path) as other:
        entry = other.sql("SELECT user, action, table_name FROM audit").fetchall()
    assert [tuple(row) for row in entry] == [("anna", "insert", "association")]


def test_one_state_is_read_whatever_others_write(register: Register) -> None:
    size = register.sql("PRAGMA cache_size").fetchall()
    with register.one_state(), register.clone() as other:
        before = notes(register)
        note(other, "skrivet under tiden")
        assert notes(register) == before
        assert register.sql("PRAGMA cache_size").fetchall() != size
    assert notes(register) == [*before, "skrivet under tiden"]
    assert register.sql("PRAGMA cache_size").fetchall() == size
    with register.one_state(room=False):
        assert register.sql("PRAGMA cache_size").fetchall() == size


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_write_that_ends_in_an_exception_is_taken_back(
    register: Register, error: type[BaseException]
) -> None:
    def write() -> None:
        with register.write() as conn:
            conn.execute("INSERT INTO setting VALUES ('a', 'b')")
            driver.database(conn).table("setting").insert({"key": "c", "value": "d"})
            raise error

    with pytest.raises(error):
        write()
    assert notes(register) == []
    note(register, "efter")
    assert notes(register) == ["efter"]


def test_a_row_that_is_refused_takes_the_whole_write_back(register: Register) -> None:
    def write() -> None:
        with register.write() as conn:
            conn.execute("INSERT INTO setting VALUES ('a', 'b')")
            conn.execute("INSERT INTO setting VALUES ('a', 'b')")

    with pytest.raises(driver.IntegrityError):
        write()
    assert notes(register) == []


def test_a_write_inside_a_write_is_a_fault_of_the_program(register: Register) -> None:
    with pytest.raises(RuntimeError, match="inside"), register.write(), register.write():
        pass
    assert not register.conn.in_transaction


def test_a_full_disk_leaves_the_register_as_it_was(register: Register) -> None:
    note(register, "före")
    size = register.path.stat().st_size + 200_000

    def write() -> None:
        with register.write() as conn:
            rows = ((str(number), "x" * 1000) for number in range(2000))
            conn.executemany("INSERT INTO setting VALUES (?, ?)", rows)

    with full_disk(size), pytest.raises(CopyError, match="inget sparades"):
        write()
    assert notes(register) == ["före"]
    register.close()
    with reopen(register.path) as again:
        note(again, "senare")
        assert notes(again) == ["före", "senare"]
        assert again.sql("PRAGMA integrity_check").fetchall()[0][0] == "ok"


def test_a_register_without_its_audit_is_read_only(closed: Path, raw: Connection) -> None:
    raw.execute("DROP TRIGGER audit_plan_delete")
    with reopen(closed) as register:
        assert len(notes(register)) == 200
        with pytest.raises(RegisterError, match="audit_plan_delete"), register.write():
            pass


def test_a_writer_who_waits_in_vain_is_told(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(driver, "BUSY_MS", 0)
    with reopen(register.path) as other, register.write():
        with pytest.raises(Locked), other.write():
            pass
        assert notes(other) == []


def test_a_write_that_has_begun_waits_for_others_as_any_connection_does(
    register: Register,
) -> None:
    with register.write() as conn:
        assert conn.execute("PRAGMA busy_timeout").fetchall()[0][0] == driver.BUSY_MS


def test_many_processes_write_and_no_write_is_lost(register: Register) -> None:
    processes, each = 8, 25
    note(register, "0")
    with register.write() as conn:
        conn.execute("UPDATE setting SET value = 0")

    def count() -> None:
        with reopen(register.path) as mine:
            for _ in range(each):
                with mine.write() as conn:
                    (value,) = conn.execute("SELECT value FROM setting").fetchall()[0]
                    conn.execute("UPDATE setting SET value = ?", (int(value) + 1,))

    register.close()  # a connection is not carried into a child
    children = [start(count) for _ in range(processes)]
    failed = sum(status_of(child) != 0 for child in children)
    with reopen(register.path) as after:
        lost = processes * each - int(notes(after)[0])
    print(f"{processes * each} writes, {failed} processes failed, {lost} lost")  # noqa: T201
    assert (failed, lost) == (0, 0)


def test_a_killed_writer_loses_nothing_that_was_acknowledged(closed: Path) -> None:
    acknowledged = lost = 0
    for kept in (1, 7, 40):
        reader, writer = os.pipe()

        def work(out: int = writer, round_: int = kept) -> None:
            with reopen(closed) as register:
                for number in range(10_000):
                    note(register, f"{round_}/{number:05}")
                    os.write(out, b".")

        child = start(work)
        os.close(writer)
        for _ in range(kept):
            assert os.read(reader, 1) == b"."
        kill(child)
        acknowledged += kept
        with reopen(closed) as register:
            there = set(notes(register))
            lost += sum(f"{kept}/{number:05}" not in there for number in range(kept))
            assert register.sql("PRAGMA integrity_check").fetchall()[0][0] == "ok"
        os.close(reader)
    print(f"{acknowledged} acknowledged rows, {lost} lost")  # noqa: T201
    assert lost == 0


# Workers, and locking


def test_a_clone_works_in_another_thread(register: Register) -> None:
    note(register, "hej")
    seen: list[object] = []

    def work() -> None:
        with register.clone() as twin:
            seen.extend([notes(twin), twin.user, twin.conn is register.conn])

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [["hej"], "anna", False]


def test_a_closed_register_has_no_key_and_says_so(register: Register) -> None:
    held = register._raw_key  # noqa: SLF001 - where it would be found
    assert held == RAW_KEY
    twin = register.clone()
    register.close()
    assert not held
    uses: list[Callable[[], object]] = [
        register.clone,
        lambda: register.conn,
        lambda: register.sql("SELECT 1"),
        lambda: register.codes,
    ]
    for use in uses:
        with pytest.raises(Locked, match="lås upp"):
            use()
    register.close()  # again, to no harm
    with twin:
        assert notes(twin) == []


def test_every_refusal_is_one_line(path: Path) -> None:
    with pytest.raises(FinsamError) as refused:
        reopen(path)
    assert "\n" not in str(refused.value)
