"""A new raw key for everybody who stays; killed at any moment, the register still opens."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Protocol

import pytest

from finsam_tui.errors import CopyError, Damaged, InputError, Locked, WrongKey
from finsam_tui.storage import driver, key_file, keys, opening, rotation
from finsam_tui.storage.register import Register
from tests.storage.conftest import PASSPHRASE, note, notes, start, status_of
from tests.storage.test_files import full_disk

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finsam_tui.storage.keys import Unlocked
    from tests.storage.conftest import Founded

KILLED = 9


def by_code(founded: Founded) -> Unlocked:
    return keys.unlock_recovery(founded.path, founded.code)


def by_service(founded: Founded) -> Unlocked:
    return keys.unlock_key_file(founded.path, founded.service_file)


def by_passphrase(founded: Founded) -> Unlocked:
    return keys.unlock_passphrase(founded.path, PASSPHRASE)


def read(founded: Founded, unlocked: Unlocked) -> list[str]:
    with opening.open_register(founded.path, unlocked) as register:
        return notes(register)


def raw_key_of(founded: Founded) -> bytes:
    unlocked = by_code(founded)
    return bytes(unlocked.raw_keys[max(unlocked.raw_keys)])


def test_everybody_opens_the_register_after_a_rotation(founded: Founded) -> None:
    before = raw_key_of(founded)
    rotation.rotate(founded.path, by_service(founded))
    assert raw_key_of(founded) != before
    for unlocked in (by_code(founded), by_service(founded), by_passphrase(founded)):
        assert not unlocked.pending
        assert read(founded, unlocked) == ["före"]


def test_the_old_raw_key_opens_no_longer(founded: Founded) -> None:
    old = by_code(founded)
    rotation.rotate(founded.path, by_code(founded))
    with pytest.raises(Damaged):
        opening.open_register(founded.path, old)
    content = founded.path.read_bytes()
    rotation.rotate(founded.path, by_code(founded))
    pages = range(0, len(content), 4096)
    again = founded.path.read_bytes()
    assert all(content[p : p + 4096] != again[p : p + 4096] for p in pages)


@pytest.mark.parametrize(("name", "unlock"), [("natt", by_service), ("anna", by_passphrase)])
def test_a_removed_slot_opens_neither_the_key_file_nor_the_register(
    founded: Founded, name: str, unlock: Callable[[Founded], Unlocked]
) -> None:
    old = raw_key_of(founded)
    rotation.remove(founded.path, by_code(founded), name)
    assert name not in {s.name for s in keys.list_slots(founded.path)}
    with pytest.raises(WrongKey):
        unlock(founded)
    with pytest.raises(Damaged):
        Register.open(founded.path, user=name, raw_key=old)
    assert read(founded, by_code(founded)) == ["före"]


def test_a_slot_is_removed_by_its_id(founded: Founded) -> None:
    (slot,) = (s for s in keys.list_slots(founded.path) if s.name == "natt")
    rotation.remove(founded.path, by_code(founded), slot.id)
    assert slot.id not in {s.id for s in keys.list_slots(founded.path)}


@pytest.mark.parametrize("name", ["finns inte", "återställningskod 1"])
def test_no_unknown_slot_and_no_last_recovery_code_is_removed(founded: Founded, name: str) -> None:
    before = key_file.path_of(founded.path).read_bytes()
    with pytest.raises(InputError):
        rotation.remove(founded.path, by_code(founded), name)
    assert key_file.path_of(founded.path).read_bytes() == before
    assert read(founded, by_code(founded)) == ["före"]


def test_a_recovery_code_is_removed_once_there_is_another(founded: Founded) -> None:
    with keys.changing(founded.path, by_code(founded)) as ring:
        ring.add_recovery()
    rotation.remove(founded.path, by_service(founded), "återställningskod 1")
    with pytest.raises(WrongKey):
        by_code(founded)


def test_a_register_in_use_is_not_rotated(
    founded: Founded, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_file.path_of(founded.path).read_bytes()
    with opening.open_register(founded.path, by_service(founded)) as register:
        monkeypatch.setattr(driver, "BUSY_MS", 0)
        with pytest.raises(Locked, match="be alla avsluta"):
            rotation.rotate(founded.path, by_code(founded))
        note(register, "sen")
    assert key_file.path_of(founded.path).read_bytes() == before
    assert read(founded, by_code(founded)) == ["före", "sen"]


def test_a_full_disk_leaves_the_old_key_in_force(founded: Founded) -> None:
    grow(founded, rows=500)
    before = raw_key_of(founded)
    with full_disk(founded.path.stat().st_size // 2), pytest.raises(CopyError, match="gamla"):
        rotation.rotate(founded.path, by_code(founded))
    assert raw_key_of(founded) == before
    assert not by_code(founded).pending
    assert len(read(founded, by_service(founded))) == 501


def grow(founded: Founded, rows: int) -> None:
    values = ((f"x{number}", "x" * 1000) for number in range(rows))
    opened = opening.open_register(founded.path, by_service(founded))
    with opened as register, register.write() as conn:
        conn.executemany("INSERT INTO setting VALUES (?, ?)", values)


class Fatal(Protocol):
    """Arm a child process: it dies before or after a certain step of a rotation."""

    def __call__(self, patch: pytest.MonkeyPatch) -> None: ...


def dying(module: object, name: str, *, call: int, after: bool) -> Fatal:
    """Return what makes the process die around a call of a function, as kill -9 would."""

    def arm(patch: pytest.MonkeyPatch) -> None:
        step: Callable[..., object] = getattr(module, name)
        calls = iter(range(1, 100))

        def fatal(*args: object) -> object:
            last = next(calls) == call
            if last and not after:
                os._exit(KILLED)
            result = step(*args)
            if last:
                os._exit(KILLED)
            return result

        patch.setattr(module, name, fatal)

    return arm


# In order: the file with both keys, the register encrypted anew, opened, the file with one key.
STEPS = {
    "before both keys are kept": dying(key_file, "save", call=1, after=False),
    "both keys kept": dying(key_file, "save", call=1, after=True),
    "before the register": dying(driver, "rekey", call=1, after=False),
    "the register done": dying(driver, "rekey", call=1, after=True),
    "the register opened": dying(key_file, "save", call=2, after=False),
    "one key kept": dying(key_file, "save", call=2, after=True),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("without", ["", "natt"])
@pytest.mark.parametrize("unlock", [by_code, by_service])
def test_killed_at_any_step_the_register_opens(
    founded: Founded,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    without: str,
    unlock: Callable[[Founded], Unlocked],
) -> None:
    def work() -> None:
        STEPS[step](monkeypatch)
        rotation.rotate(founded.path, by_code(founded), without)

    assert status_of(start(work)) == KILLED
    done = step in {"the register done", "the register opened", "one key kept"}
    if done and without and unlock is by_service:
        with pytest.raises(WrongKey):
            read(founded, by_service(founded))
    else:
        assert read(founded, unlock(founded)) == ["före"]
        # Opened once, the key file has one key again, and slots can be added.
        with keys.changing(founded.path, by_code(founded)) as ring:
            assert [s.name for s in ring.content.slots if s.kind == "service"] == (
                [] if done and without else ["natt"]
            )
    # And the rotation can be done over, by whoever is left.
    rotation.rotate(founded.path, by_code(founded))
    assert read(founded, by_code(founded)) == ["före"]
    assert not by_code(founded).pending


def test_killed_amid_the_encryption_the_register_opens(founded: Founded) -> None:
    grow(founded, rows=8000)
    log = founded.path.with_name(founded.path.name + "-wal")
    killed = lost = 0
    for share in (0.02, 0.3, 0.7, 0.99):
        limit = founded.path.stat().st_size * share
        child = start(lambda: rotation.rotate(founded.path, by_code(founded)))
        # Watch the log grow, and strike where it has become long enough.
        while (status := os.waitpid(child, os.WNOHANG)) == (0, 0):
            if size_of(log) > limit:
                os.kill(child, signal.SIGKILL)
                status = os.waitpid(child, 0)
                break
        killed += os.waitstatus_to_exitcode(status[1]) == -signal.SIGKILL
        lost += len(read(founded, by_code(founded))) != 8001
        lost += len(read(founded, by_service(founded))) != 8001
    print(f"{killed} of 4 rotations killed under way, {lost} registers lost")  # noqa: T201
    assert killed > 0
    assert lost == 0


def size_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
