"""A copy holds what the register held, is whole, private and encrypted, and stands by itself."""

from __future__ import annotations

import hashlib
import json
import os
import stat
from typing import TYPE_CHECKING

import pytest
from pyrage.x25519 import Identity

from finsam_tui.errors import CopyError, Damaged, NewerSchema, WrongKey
from finsam_tui.storage import (
    audit,
    backup,
    copies,
    driver,
    key_file,
    keys,
    last_copy,
    migrations,
    snapshot,
)
from finsam_tui.storage import manifest as manifests
from finsam_tui.storage.last_copy import Last
from tests.backups import NIGHT, PASSPHRASE, Site, contents_of, flip, nights
from tests.storage.test_files import full_disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pyrage.x25519 import Recipient


PAGE = 8192  # bytes


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(tmp_path)


def test_a_copy_is_a_register_that_every_slot_opens(site: Site) -> None:
    site.note("en", "två")
    done = site.back_up()
    for unlocked in (
        site.unlock(done.path),
        site.by_code(done.path),
        keys.unlock_passphrase(done.path, PASSPHRASE),
    ):
        (raw_key,) = unlocked.raw_keys.values()
        conn = driver.connect(done.path, raw_key, driver.Session(""), "read")
        assert [k for (k,) in conn.execute("SELECT key FROM setting ORDER BY key")] == ["en", "två"]
        conn.close()


@pytest.mark.parametrize("to", [(), (Identity.generate().to_public(),)], ids=["plain", "wrapped"])
def test_a_copy_is_put_on_the_disk_once_before_its_name_is(
    site: Site, monkeypatch: pytest.MonkeyPatch, to: tuple[Recipient, ...]
) -> None:
    synced: list[tuple[int, int, list[Path]]] = []
    sync = os.fsync

    def watched(handle: int) -> None:
        status = os.fstat(handle)
        synced.append((status.st_ino, status.st_size, site.copies()))
        sync(handle)

    monkeypatch.setattr(os, "fsync", watched)
    whole = site.back_up(to=to).path.stat()
    found = [
        named for inode, size, named in synced if (inode, size) == (whole.st_ino, whole.st_size)
    ]
    assert found == [[]]


def test_to_read_a_copy_makes_no_log_beside_it(site: Site) -> None:
    done = site.back_up()
    before = contents_of(site.folder)
    conn = driver.connect(done.path, site.raw_key(), driver.Session(""), "read")
    assert conn.execute("PRAGMA journal_mode").fetchall()[0][0] == "delete"
    conn.execute("SELECT count(*) FROM audit").fetchall()
    assert contents_of(site.folder) == before
    conn.close()


def test_a_copy_is_encrypted_and_its_owners_alone(site: Site) -> None:
    site.note("Hemligheten")
    site.back_up()
    for content in contents_of(site.folder).values():
        assert b"Hemligheten" not in content
        assert b"SQLite format 3" not in content
    assert stat.S_IMODE(site.folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(p.stat().st_mode) for p in site.folder.iterdir()} == {0o600}


def test_the_manifest_tells_what_is_in_the_copy(site: Site) -> None:
    site.people(3)
    done = site.back_up()
    told = json.loads((site.folder / "finsam-20240315T013000Z.db.json").read_bytes())
    assert told["made"] == "2024-03-15T01:30:00Z"
    assert told["copy"] == {
        "bytes": done.path.stat().st_size,
        "sha256": hashlib.sha256(done.path.read_bytes()).hexdigest(),
    }
    own_keys = site.folder / "finsam-20240315T013000Z.db.nycklar"
    assert own_keys.read_bytes() == key_file.path_of(site.path).read_bytes()
    assert told["keys"]["sha256"] == hashlib.sha256(own_keys.read_bytes()).hexdigest()
    assert told["schema"] == len(migrations.MIGRATIONS)
    with site.opened() as register:
        for table, rows in told["counts"].items():
            assert register.sql(f"SELECT count(*) FROM {table}").fetchall()[0][0] == rows
        last = register.sql("SELECT entry, mac FROM seal WHERE log = 'audit' ORDER BY entry DESC")
        entry, mac = last.fetchall()[0]
        assert told["audit"]["audit"] == f"{entry}:{mac.hex()}"
        assert audit.parted(register.conn, told["audit"]) == []
    assert told["counts"]["participant"] == 3


def test_a_manifest_is_sealed_by_the_key_of_its_copy(site: Site) -> None:
    told = site.back_up().manifest
    again = manifests.read(site.copies()[0])
    assert again._replace(seal="") == told
    assert again.sealed_by(site.raw_key())
    assert not again.sealed_by(bytes(32))


def write(site: Site, name: str) -> None:
    site.note(name)


def write_and_write_back(site: Site, name: str) -> None:
    site.note(name)
    site.sql(site.path, "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)")
    site.note(f"{name} igen")


def begin_a_new_log(site: Site, name: str) -> None:
    site.sql(site.path, "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)")
    site.note(name)


@pytest.mark.parametrize("amid", ["register.db", "register.db-wal"])
@pytest.mark.parametrize("log", ["kept", "written back"])
@pytest.mark.parametrize("meanwhile", [write, write_and_write_back, begin_a_new_log])
def test_what_is_written_while_the_file_and_the_log_are_copied_breaks_nothing(
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    amid: str,
    log: str,
    meanwhile: Callable[[Site, str], None],
) -> None:
    written: list[str] = []

    def half_and_half(path: Path, part: Path) -> None:
        """Copy one half of a file before something is written, the other after it."""
        half = path.stat().st_size // 2
        first = path.read_bytes()[:half]
        if path.name == amid and not written:
            written.append("under")
            meanwhile(site, "under")
        part.write_bytes(first + path.read_bytes()[half:])

    with site.opened() as register, register.clone():  # the last to leave would take the log away
        for n in range(20):
            with register.write() as conn:
                conn.execute("INSERT INTO setting VALUES (?, '')", (f"före {n}" * 500,))
        if log == "written back":
            register.sql("PRAGMA wal_checkpoint").fetchall()
        before = site.notes()
        monkeypatch.setattr(snapshot, "copy_file", half_and_half)
        done = site.back_up()
        after = site.notes()
    assert set(before) < set(after)
    site.restore(done.path, site.path.parent / "ny.db")
    assert set(before) <= set(site.notes(site.path.parent / "ny.db")) <= set(after)


def test_what_another_has_not_yet_written_back_is_in_the_copy(site: Site) -> None:
    with site.opened() as register:
        with register.write() as conn:
            conn.execute("INSERT INTO setting VALUES ('logg', 'logg')")
        assert site.path.with_name("register.db-wal").stat().st_size > 0
        done = site.back_up()
    assert done.manifest.contents.counts["setting"] == 1


def test_a_register_of_an_older_schema_is_copied_as_it_is(site: Site) -> None:
    site.sql(site.path, "PRAGMA user_version = 1")
    assert site.back_up().manifest.contents.schema == 1
    conn = driver.connect(site.path, site.raw_key(), driver.Session(""))
    assert migrations.version(conn) == 1
    conn.close()


def test_a_register_of_a_newer_schema_is_refused(site: Site) -> None:
    site.sql(site.path, "PRAGMA user_version = 99")
    with pytest.raises(NewerSchema, match="schemaversion 99"):
        site.back_up()
    assert contents_of(site.folder).keys() == {".finsam-backup.lock"}


def test_there_is_one_job_at_a_time_in_a_folder(site: Site) -> None:
    with copies.job(site.folder), pytest.raises(CopyError, match="arbetar redan"):
        site.back_up()
    assert site.back_up().path.exists()


def test_what_a_killed_job_left_is_removed_and_nothing_else(site: Site) -> None:
    done = site.back_up()
    stale = site.folder / "finsam-20240314T013000Z.db"
    for end in (".part", ".part-journal", ".nycklar", ".json"):
        stale.with_name(stale.name + end).write_bytes(b"halv")
    other = site.folder / "anteckning.part"
    other.write_bytes(b"min")
    site.back_up(nights(2)[1])
    assert site.half_made() == ["anteckning.part"]
    assert done.path in site.copies()


def test_a_job_is_refused_where_there_is_no_room(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finsam_tui.storage.files._free", lambda _: 1000)
    with pytest.raises(CopyError, match="frigör utrymme"):
        site.back_up()
    assert site.copies() == []
    assert site.half_made() == []


@pytest.mark.parametrize("share", [0.01, 0.5, 0.99])
def test_a_disk_that_fills_leaves_no_copy_and_an_unharmed_register(
    site: Site, share: float
) -> None:
    site.note("före")
    first = site.back_up()
    before = first.path.read_bytes()
    with full_disk(int(site.path.stat().st_size * share)), pytest.raises(CopyError):
        site.back_up(nights(2)[1])
    assert site.copies() == [first.path]
    assert site.half_made() == []
    assert first.path.read_bytes() == before
    assert site.notes() == ["före"]


def test_a_page_of_the_register_that_is_not_as_written_is_told_wherever_it_is(site: Site) -> None:
    site.note(
        *(f"{n:04}" * 2500 for n in range(4))
    )  # long texts, which go on in pages of their own
    done = site.back_up()
    whole = site.path.read_bytes()
    last = len(whole) // PAGE - 1
    for page in {*range(1, last, 9), *range(last - 12, last + 1)}:
        site.path.write_bytes(whole)
        flip(site.path, page * PAGE + 2000)
        with pytest.raises(Damaged, match=r"register\.db är skadat"):
            site.back_up(nights(2)[1])
    assert site.copies() == [done.path]
    assert site.half_made() == []


def test_a_copy_without_what_was_in_the_log_gets_no_name(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = snapshot.copy_file

    def without_log(path: Path, part: Path) -> None:
        copy(path, part)
        if path.suffix == ".db-wal":
            part.write_bytes(b"")
            monkeypatch.setattr(snapshot, "_head", lambda _: b"")

    monkeypatch.setattr(snapshot, "copy_file", without_log)
    with site.opened() as register, register.clone() as reader:
        reader.sql("BEGIN")
        reader.sql("SELECT count(*) FROM participant").fetchall()
        site.people(3)
        with pytest.raises(CopyError, match="äldre än registret"):
            site.back_up()
    assert site.copies() == []
    assert site.half_made() == []


def test_where_nothing_copies_files_it_is_told(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CopyError, match="cat saknas på PATH"):
        site.back_up()
    assert site.half_made() == []


def test_a_page_spoilt_on_its_way_is_found(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = snapshot.copy_file

    def spoilt(path: Path, part: Path) -> None:
        copy(path, part)
        if path == site.path:
            flip(part, part.stat().st_size // 2)

    monkeypatch.setattr(snapshot, "copy_file", spoilt)
    with pytest.raises(CopyError, match="inte hel"):
        site.back_up()
    assert site.copies() == []
    assert site.half_made() == []


def test_a_key_that_was_taken_away_makes_no_copy(site: Site) -> None:
    stolen = site.unlock()
    stolen.raw_keys[1] = bytearray(32)
    with pytest.raises(WrongKey):
        backup.back_up(site.path, stolen, backup.Order(site.folder), NIGHT)


def test_a_folder_that_others_get_at_is_refused(site: Site) -> None:
    site.folder.mkdir(mode=0o700)
    site.folder.chmod(0o750)
    with pytest.raises(CopyError, match="chmod 700"):
        site.back_up()


def test_a_folder_with_another_registers_copies_is_refused(site: Site, tmp_path: Path) -> None:
    site.back_up()
    other = Site(tmp_path / "annat", stranger=True)
    other.folder = site.folder
    with pytest.raises(CopyError, match="annat register"):
        other.back_up(nights(2)[1])
    assert len(site.copies()) == 1
    assert site.half_made() == []


def test_two_copies_of_one_second_get_different_names(site: Site) -> None:
    assert site.back_up().path != site.back_up().path


def test_where_the_last_copy_is_stands_beside_the_register(site: Site) -> None:
    assert last_copy.read(site.path) is None
    done = site.back_up()
    assert last_copy.read(site.path) == Last(site.folder, done.path.name, NIGHT)
    told = json.loads((site.folder / "last_success.json").read_bytes())
    assert (told["copy"], told["made"]) == (done.path.name, "2024-03-15T01:30:00Z")


def test_the_latest_copy_is_the_last_whole_one(site: Site) -> None:
    first, second = (site.back_up(night).path for night in nights(2))
    latest = backup.latest(site.folder)
    assert latest is not None
    assert latest.path == second
    second.write_bytes(second.read_bytes()[:-4096])
    latest = backup.latest(site.folder)
    assert latest is not None
    assert latest.path == first
