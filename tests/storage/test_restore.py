"""A copy is put back only when all of it has been verified, and what lay there is kept."""

from __future__ import annotations

import io
import os
import shutil
import stat
import tarfile
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from pyrage import decrypt, encrypt
from pyrage.x25519 import Identity

from finsam_tui.errors import (
    CopyError,
    FinsamError,
    InputError,
    Locked,
    LooseMode,
    NewerSchema,
    UsageError,
    WrongKey,
)
from finsam_tui.storage import (
    age,
    driver,
    erasure,
    key_file,
    keys,
    manifest,
    migrations,
    opening,
    restore,
    rotation,
)
from tests.backups import NIGHT, PASSPHRASE, Site, contents_of, flip, nights
from tests.storage.conftest import start, status_of
from tests.storage.rows import Rows
from tests.storage.test_migrations import SCHEMA_1

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2024, 3, 20)
KEPT = "register.db.20240315T013000Z"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path)
    site.note("kopierat")
    return site


@pytest.fixture
def copy(site: Site) -> Path:
    """A copy, after which something more was written to the register."""
    path = site.back_up().path
    site.note("senare")
    return path


def test_a_copy_becomes_a_register_on_another_machine_with_the_paper_code(
    site: Site, copy: Path, tmp_path: Path
) -> None:
    there = tmp_path / "annan" / "dator"
    shutil.copytree(site.folder, there / "usb")
    shutil.rmtree(site.folder)
    to = there / "data" / "register.db"
    done = site.restore(there / "usb" / copy.name, to)
    assert done.kept is None
    with opening.open_register(to, keys.unlock_passphrase(to, PASSPHRASE)) as register:
        assert register.user == "anna"
    assert site.notes(to) == ["kopierat"]
    assert {p.name for p in to.parent.iterdir()} == {"register.db", "register.db.nycklar"}
    assert {stat.S_IMODE(p.stat().st_mode) for p in to.parent.iterdir()} == {0o600}
    assert stat.S_IMODE(to.parent.stat().st_mode) == 0o700


def test_what_lay_there_is_kept_as_a_register_of_its_own(site: Site, copy: Path) -> None:
    done = site.restore(copy)
    assert site.notes() == ["kopierat"]
    assert done.kept == site.path.with_name(KEPT)
    assert site.notes(done.kept) == ["kopierat", "senare"]


def test_what_was_not_yet_written_back_is_kept_with_it(site: Site, copy: Path) -> None:
    def killed() -> None:
        unlocked = site.unlock()
        register = opening.open_register(site.path, unlocked)
        with register.write() as conn:
            conn.execute("INSERT INTO setting VALUES ('i loggen', '')")
        os._exit(9)

    assert status_of(start(killed)) == 9
    assert site.path.with_name("register.db-wal").stat().st_size > 0
    done = site.restore(copy)
    assert site.notes() == ["kopierat"]
    assert done.kept
    assert site.notes(done.kept) == ["i loggen", "kopierat", "senare"]


def test_nothing_kept_is_ever_written_over(site: Site, copy: Path) -> None:
    kept = {site.restore(copy).kept for _ in range(3)}
    assert len(kept) == 3
    assert all(k and k.exists() for k in kept)


def test_what_is_left_of_a_lost_register_is_kept_too(site: Site, copy: Path) -> None:
    site.path.unlink()
    done = site.restore(copy)
    assert done.kept
    assert key_file.path_of(done.kept).exists()
    assert not done.kept.exists()
    assert site.notes() == ["kopierat"]


def test_a_damaged_register_is_no_hindrance(site: Site, copy: Path) -> None:
    site.path.write_bytes(b"skrot" * 5000)
    key_file.path_of(site.path).write_bytes(b"{}")
    site.restore(copy)
    assert site.notes() == ["kopierat"]
    assert site.path.with_name(KEPT).read_bytes() == b"skrot" * 5000


def spoil_copy(copy: Path) -> None:
    flip(copy, copy.stat().st_size // 2)


def spoil_first_page(copy: Path) -> None:
    flip(copy, 20)


def truncate_copy(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes()[:-4096])


def spoil_manifest(copy: Path) -> None:
    flip(copy.with_name(copy.name + ".json"), 200)


def spoil_keys(copy: Path) -> None:
    flip(copy.with_name(copy.name + ".nycklar"), 300)


def lose_manifest(copy: Path) -> None:
    copy.with_name(copy.name + ".json").unlink()


def lose_keys(copy: Path) -> None:
    copy.with_name(copy.name + ".nycklar").unlink()


def lose_copy(copy: Path) -> None:
    copy.unlink()


@pytest.mark.parametrize(
    "harm",
    [
        *(spoil_copy, spoil_first_page, truncate_copy, spoil_manifest, spoil_keys),
        *(lose_manifest, lose_keys, lose_copy),
    ],
)
def test_a_copy_that_is_not_as_written_changes_nothing(
    site: Site, copy: Path, harm: Callable[[Path], None]
) -> None:
    harm(copy)
    before = contents_of(site.path.parent)
    with pytest.raises(CopyError):
        site.restore(copy)
    assert contents_of(site.path.parent) == before
    assert site.notes() == ["kopierat", "senare"]


def resealed(copy: Path, key: bytes, **other: object) -> None:
    """Write the copy's manifest anew with other content, as one with a key could."""
    told = manifest.read(copy)._replace(**other)  # type: ignore[arg-type] # its own fields
    manifest.path_of(copy).write_bytes(told.to_bytes(key))


def test_a_manifest_made_up_without_the_key_changes_nothing(site: Site, copy: Path) -> None:
    resealed(copy, bytes(32), made="2030-01-01T00:00:00Z")
    with pytest.raises(CopyError, match="manifestet är ändrat"):
        site.restore(copy)
    assert site.notes() == ["kopierat", "senare"]


def test_a_copy_that_holds_something_else_than_its_manifest_changes_nothing(
    site: Site, copy: Path
) -> None:
    told = manifest.read(copy).contents._replace(counts={"participant": 5})
    resealed(copy, site.raw_key(), contents=told)
    with pytest.raises(CopyError, match="håller inte det"):
        site.restore(copy)


def test_a_wrong_code_changes_nothing(site: Site, copy: Path) -> None:
    other = keys.Ring.new().add_recovery()
    before = contents_of(site.path.parent)
    with pytest.raises(WrongKey):
        restore.restore(copy, site.path, lambda path: keys.unlock_recovery(path, other), NIGHT)
    assert contents_of(site.path.parent) == before


def test_a_copy_opens_with_the_slots_it_was_made_with(site: Site, copy: Path) -> None:
    rotation.remove(site.path, site.by_code(site.path), "natt")
    site.restore(copy)
    assert site.notes() == ["kopierat"]  # with the slot that the register has no longer


def test_a_copy_of_a_newer_schema_changes_nothing(site: Site) -> None:
    site.sql(site.path, "PRAGMA user_version = 99")
    known = migrations.MIGRATIONS
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", known * 50)  # the newer program
        copy = site.back_up().path
    before = contents_of(site.path.parent)
    with pytest.raises(NewerSchema, match="schemaversion 99"):
        site.restore(copy)
    assert contents_of(site.path.parent) == before


def test_a_copy_of_an_older_schema_is_migrated_and_the_copy_is_not(
    site: Site, tmp_path: Path
) -> None:
    site.path.unlink()
    older = driver.connect(
        site.path, bytes(site.unlock().raw_keys[1]), driver.Session("anna"), "create"
    )
    driver.run_script(older, SCHEMA_1.read_text(encoding="utf-8"))
    older.execute("PRAGMA user_version = 1")
    older.execute("INSERT INTO setting VALUES ('gammal', '')")
    older.close()
    site.path.chmod(0o600)
    copy = site.back_up().path
    before = contents_of(site.folder)
    site.restore(copy, tmp_path / "ny" / "register.db")
    with site.opened(tmp_path / "ny" / "register.db") as register:
        assert migrations.version(register.conn) == len(migrations.MIGRATIONS)
    assert site.notes(tmp_path / "ny" / "register.db") == ["gammal"]
    assert contents_of(site.folder) == before


def test_where_somebody_has_a_register_open_nothing_is_changed(site: Site, copy: Path) -> None:
    opened, closing = os.pipe(), os.pipe()

    def colleague() -> None:
        with site.opened() as register:
            assert register.user
            os.write(opened[1], b".")
            os.read(closing[0], 1)

    child = start(colleague)
    os.read(opened[0], 1)
    try:
        with pytest.raises(Locked, match="be alla avsluta"):
            site.restore(copy)
    finally:
        os.write(closing[1], b".")
    assert status_of(child) == 0
    assert site.notes() == ["kopierat", "senare"]
    assert not site.path.with_name(KEPT).exists()
    site.restore(copy)
    assert site.notes() == ["kopierat"]


def test_one_who_opens_a_register_while_another_takes_its_place_is_told(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = site.path.parent / "ny.db"
    site.restore(copy, new)
    prepare = vars(driver)["_prepare"]

    def late(conn: driver.Connection, session: driver.Session) -> None:
        prepare(conn, session)
        if new.exists():
            new.rename(site.path)

    key = site.raw_key()
    monkeypatch.setattr(driver, "_prepare", late)
    with pytest.raises(Locked, match="ett annat"):
        driver.connect(site.path, key, driver.Session(""))


def test_what_fails_at_the_last_step_is_undone(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents_of(site.path.parent)

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(restore, "_put_in_place", interrupted)
    with pytest.raises(KeyboardInterrupt):
        site.restore(copy)
    assert contents_of(site.path.parent) == before
    assert site.notes() == ["kopierat", "senare"]


def test_a_folder_is_not_a_place_for_a_register(site: Site, copy: Path) -> None:
    (site.path.parent / "mapp").mkdir(mode=0o700)
    with pytest.raises(InputError, match="katalog"):
        site.restore(copy, site.path.parent / "mapp")


def test_a_loose_folder_gets_no_register(site: Site, copy: Path, tmp_path: Path) -> None:
    (tmp_path / "öppen").mkdir(mode=0o755)
    with pytest.raises(LooseMode):
        site.restore(copy, tmp_path / "öppen" / "register.db")
    assert list((tmp_path / "öppen").iterdir()) == []


def test_a_restore_is_refused_where_there_is_no_room(
    site: Site, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("finsam_tui.storage.files._free", lambda _: 1000)
    with pytest.raises(CopyError, match="frigör utrymme"):
        site.restore(copy)
    assert site.notes() == ["kopierat", "senare"]


@pytest.fixture
def two_people(site: Site) -> Path:
    """A copy with two people, one of them long gone and erased since."""
    with site.opened() as register:
        rows = Rows(register)
        rows.association()
        rows.enrolment(rows.person("Gunnar", "Gallrad"), "2015-01-10", end_date="2016-01-10")
        rows.person("Eva", "Ek")
    copy = site.back_up().path
    with site.opened() as register:
        erasure.apply(register, TODAY, "tiden är ute")
    return copy


def names(site: Site) -> list[str]:
    with site.opened() as register:
        return [n for (n,) in register.sql("SELECT last_name FROM participant ORDER BY id")]


def test_what_was_erased_since_the_copy_is_erased_again(site: Site, two_people: Path) -> None:
    assert names(site) == ["Ek"]
    done = site.restore(two_people)
    assert names(site) == ["Ek"]
    assert (done.erased, done.unread) == (1, ())
    assert names_in(two_people, site) == ["Gallrad", "Ek"]


def names_in(copy: Path, site: Site) -> list[str]:
    """Return who is in a copy, which is not changed by that."""
    conn = driver.connect(copy, site.raw_key(), driver.Session(""), "read")
    found = [n for (n,) in conn.execute("SELECT last_name FROM participant ORDER BY id")]
    conn.close()
    return found


def test_the_list_is_read_with_the_new_key_where_that_was_changed(
    site: Site, two_people: Path
) -> None:
    rotation.rotate(site.path, site.by_code(site.path))
    assert site.restore(two_people).erased == 1
    assert names(site) == ["Ek"]


def test_of_a_lost_register_the_list_is_in_a_later_copy(site: Site, two_people: Path) -> None:
    site.back_up(nights(2)[1])
    site.path.unlink()
    key_file.path_of(site.path).unlink()
    done = site.restore(two_people)
    assert (done.erased, done.unread) == (1, ())
    assert names(site) == ["Ek"]


def test_a_list_that_cannot_be_read_is_told_and_stops_nobody(site: Site, two_people: Path) -> None:
    site.path.write_bytes(b"skrot" * 5000)
    done = site.restore(two_people)
    assert (done.erased, done.unread) == (0, (site.path,))
    assert names(site) == ["Gallrad", "Ek"]


def test_a_later_copy_that_was_spoilt_gives_no_list(site: Site, two_people: Path) -> None:
    later = site.back_up(nights(2)[1]).path
    flip(later, 50_000)
    site.path.unlink()
    assert site.restore(two_people).unread == (later,)


def test_anothers_register_gives_no_list_and_is_kept(
    site: Site, two_people: Path, tmp_path: Path
) -> None:
    other = Site(tmp_path / "annat", stranger=True)
    done = site.restore(two_people, other.path)
    assert (done.erased, done.unread) == (0, ())
    assert done.kept


def test_a_slot_that_has_been_given_away_is_not_tried(site: Site, two_people: Path) -> None:
    """Nor is that counted as somebody guessing."""
    with keys.changing(site.path, site.unlock()) as ring:
        ring.add_recovery()
    rotation.remove(site.path, site.unlock(), "återställningskod 1")
    done = site.restore(two_people)
    assert done.unread == (site.path,)
    assert not list(site.path.parent.glob("*.forsok"))


def test_erasures_are_no_reason_to_keep_older_copies(site: Site, two_people: Path) -> None:
    done = site.back_up(NIGHT + timedelta(hours=1))
    assert done.manifest.contents.counts["participant"] == 1
    assert done.manifest.doubts == ()
    assert not two_people.exists()


@pytest.fixture
def holders() -> list[Identity]:
    return [Identity.generate(), Identity.generate()]


@pytest.fixture
def wrapped(site: Site, holders: list[Identity]) -> Path:
    return site.back_up(to=age.recipients(str(h.to_public()) for h in holders)).path


def test_a_wrapped_copy_is_alone_with_its_manifest(site: Site, wrapped: Path) -> None:
    assert wrapped.name == "finsam-20240315T013000Z.tar.age"
    assert site.copies() == [wrapped]
    assert site.half_made() == []
    assert not wrapped.with_name(wrapped.name + ".nycklar").exists()
    assert stat.S_IMODE(wrapped.stat().st_mode) == 0o600
    assert b"nycklar" not in wrapped.read_bytes()


def test_age_and_tar_alone_get_at_a_wrapped_copy(
    site: Site, wrapped: Path, holders: list[Identity], tmp_path: Path
) -> None:
    plain = decrypt(wrapped.read_bytes(), [holders[1]])
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        tar.extractall(tmp_path / "ut", filter="data")
    copy = tmp_path / "ut" / "finsam-20240315T013000Z.db"
    assert {p.name for p in copy.parent.iterdir()} == {
        copy.name + end for end in ("", ".nycklar", ".json")
    }
    site.restore(copy, tmp_path / "ny" / "r.db")
    assert site.notes(tmp_path / "ny" / "r.db") == ["kopierat"]


@pytest.mark.parametrize("holder", [0, 1])
def test_each_recipient_can_have_a_wrapped_copy_put_back(
    site: Site, wrapped: Path, holders: list[Identity], holder: int
) -> None:
    site.note("senare")
    site.restore(wrapped, identities=[holders[holder]])
    assert site.notes() == ["kopierat"]
    assert site.notes(site.path.with_name(KEPT)) == ["kopierat", "senare"]


def test_a_wrapped_copy_without_an_identity_or_with_anothers_changes_nothing(
    site: Site, wrapped: Path
) -> None:
    before = contents_of(site.path.parent)
    with pytest.raises(UsageError, match="--identity"):
        site.restore(wrapped)
    with pytest.raises(WrongKey, match="identiteten"):
        site.restore(wrapped, identities=[Identity.generate()])
    assert contents_of(site.path.parent) == before


@pytest.mark.parametrize("with_manifest", [True, False])
@pytest.mark.parametrize("place", [0, 30, 100, 5000, -1])
def test_a_wrapped_copy_that_is_not_as_written_changes_nothing(
    site: Site, wrapped: Path, holders: list[Identity], place: int, *, with_manifest: bool
) -> None:
    if not with_manifest:
        wrapped.with_name(wrapped.name + ".json").unlink()
    flip(wrapped, place)
    before = contents_of(site.path.parent)
    with pytest.raises((CopyError, WrongKey)):
        site.restore(wrapped, identities=holders)
    assert contents_of(site.path.parent) == before


def test_a_truncated_wrapped_copy_changes_nothing(
    site: Site, wrapped: Path, holders: list[Identity]
) -> None:
    content = wrapped.read_bytes()
    wrapped.with_name(wrapped.name + ".json").unlink()
    for length in (0, 10, 150, 70_000, len(content) - 1):
        wrapped.write_bytes(content[:length])
        with pytest.raises(CopyError):
            site.restore(wrapped, identities=holders)
    assert site.notes() == ["kopierat"]


def hostile(kind: bytes, name: str) -> bytes:
    """Return an archive with a member that is not one of a copy."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"inget arkiv", hostile(tarfile.SYMTYPE, "x"), hostile(tarfile.DIRTYPE, "x")),
        hostile(tarfile.REGTYPE, "../../utanför"),
    ],
)
def test_what_somebody_else_has_wrapped_for_the_recipients_changes_nothing(
    site: Site, wrapped: Path, holders: list[Identity], content: bytes
) -> None:
    wrapped.with_name(wrapped.name + ".json").unlink()
    wrapped.write_bytes(encrypt(content, [h.to_public() for h in holders]))
    before = contents_of(site.path.parent)
    with pytest.raises(FinsamError):
        site.restore(wrapped, identities=holders)
    assert contents_of(site.path.parent) == before


def test_wrapped_copies_are_let_go_by_the_same_rule(site: Site, wrapped: Path) -> None:
    done = site.back_up()
    assert done.removed == (wrapped.name,)
    assert site.half_made() == []
