"""A register is made whole with its key file, and opened by every slot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from finsam_tui.errors import CopyError, Damaged, InputError, RegisterMissing
from finsam_tui.storage import key_file, keys, opening
from finsam_tui.storage.keys import Ring
from tests.storage.conftest import CHEAP, PASSPHRASE, note, notes
from tests.storage.test_files import full_disk

if TYPE_CHECKING:
    from pathlib import Path

    from tests.storage.conftest import Founded


@pytest.fixture
def ring(tmp_path: Path) -> Ring:
    ring = Ring.new()
    ring.add_recovery()
    ring.add_service("natt", tmp_path / "natt.nyckel")
    return ring


def test_every_slot_opens_the_register_as_its_user(founded: Founded) -> None:
    users = []
    for unlocked in (
        keys.unlock_passphrase(founded.path, PASSPHRASE),
        keys.unlock_recovery(founded.path, founded.code),
        keys.unlock_key_file(founded.path, founded.service_file),
    ):
        with opening.open_register(founded.path, unlocked) as register:
            users.append(register.user)
            assert notes(register) == ["före"]
    assert users == ["anna", "återställningskod 1", "natt"]


def test_the_register_outlives_the_wiped_key(founded: Founded) -> None:
    unlocked = keys.unlock_key_file(founded.path, founded.service_file)
    with opening.open_register(founded.path, unlocked) as register:
        unlocked.wipe()
        with register.clone() as twin:
            note(twin, "sen")


def test_a_recovery_code_makes_a_new_passphrase(founded: Founded) -> None:
    unlocked = keys.unlock_recovery(founded.path, founded.code)
    with keys.changing(founded.path, unlocked) as ring:
        ring.add_person("anna", "den nya lösenfrasen", CHEAP)
    unlocked = keys.unlock_passphrase(founded.path, "den nya lösenfrasen")
    with opening.open_register(founded.path, unlocked) as register:
        assert notes(register) == ["före"]


def test_the_key_file_of_another_register_does_not_open_this_one(
    founded: Founded, tmp_path: Path
) -> None:
    folder = tmp_path / "annan"
    other = Ring.new()
    code = other.add_recovery()
    opening.create_register(folder / "register.db", other, "bo").close()
    (folder / "register.db.nycklar").replace(key_file.path_of(founded.path))
    unlocked = keys.unlock_recovery(founded.path, code)
    with pytest.raises(Damaged, match="hör inte ihop med sin nyckelfil"):
        opening.open_register(founded.path, unlocked)


def test_a_register_that_is_gone_is_told_though_its_keys_are_there(founded: Founded) -> None:
    founded.path.unlink()
    unlocked = keys.unlock_recovery(founded.path, founded.code)
    with pytest.raises(RegisterMissing, match="inget register"):
        opening.open_register(founded.path, unlocked)


def test_a_register_without_a_recovery_code_is_not_made(path: Path, tmp_path: Path) -> None:
    ring = Ring.new()
    ring.add_service("natt", tmp_path / "natt.nyckel")
    with pytest.raises(ValueError, match="recovery"):
        opening.create_register(path, ring, "natt")
    assert not path.exists()


@pytest.mark.parametrize("there", ["register.db", "register.db.nycklar"])
def test_what_is_there_is_left_and_nothing_is_added(path: Path, ring: Ring, there: str) -> None:
    (path.parent / there).write_bytes(b"gammal")
    with pytest.raises(InputError, match="finns redan"):
        opening.create_register(path, ring, "natt")
    assert [p.name for p in path.parent.iterdir()] == [there]
    assert (path.parent / there).read_bytes() == b"gammal"


def test_a_making_that_fails_leaves_nothing(path: Path, ring: Ring) -> None:
    with full_disk(20_000), pytest.raises(CopyError):
        opening.create_register(path, ring, "natt")
    assert list(path.parent.iterdir()) == []
