"""Only a slot's own secret opens the register, and only those who can open it decide who else."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from typing import TYPE_CHECKING, Any

import pytest

from finsam_tui.errors import (
    Damaged,
    FieldError,
    InputError,
    Locked,
    LooseMode,
    NewerSchema,
    RegisterError,
    RegisterMissing,
    WrongKey,
)
from finsam_tui.storage import key_file, keys, recovery_code, sealed, slots
from finsam_tui.storage.keys import Ring
from tests.storage.conftest import CHEAP, PASSPHRASE, start, status_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.storage.conftest import Founded

JSON = dict[str, Any]


@pytest.fixture
def ring(path: Path) -> Ring:
    """A key file with a person and a recovery slot, and no register: none is needed."""
    ring = Ring.new()
    ring.add_person("anna", PASSPHRASE, CHEAP)
    ring.add_recovery()
    key_file.save(path, ring.content, ring.raw_keys)
    return ring


def rewrite(path: Path, change: Callable[[JSON], object], *, with_sum: bool = True) -> None:
    """Change the key file as an attacker would, who can reckon its check sum but not its seal."""
    keys_path = key_file.path_of(path)
    content = json.loads(keys_path.read_bytes())
    change(content)
    if with_sum:
        del content["sum"]
        content["sum"] = sealed.sum_of(content)
    keys_path.write_text(json.dumps(content), encoding="ascii")


def test_every_kind_of_slot_gives_the_same_raw_key(founded: Founded) -> None:
    opened = [
        keys.unlock_passphrase(founded.path, PASSPHRASE),
        keys.unlock_recovery(founded.path, founded.code),
        keys.unlock_key_file(founded.path, founded.service_file),
    ]
    assert [o.slot.kind for o in opened] == ["person", "recovery", "service"]
    assert [o.slot.name for o in opened] == ["anna", "återställningskod 1", "natt"]
    assert len({bytes(o.raw_keys[1]) for o in opened}) == 1
    assert len(opened[0].raw_keys[1]) == 32


def test_a_person_costs_what_was_decided() -> None:
    assert slots.Cost(passes=3, memory=64 * 1024, lanes=4) == slots.USUAL
    ring = Ring.new()
    assert ring.add_person("anna", PASSPHRASE).cost == slots.USUAL


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize("passphrase", ["", "korrekt", PASSPHRASE + " ", PASSPHRASE.upper()])
def test_a_wrong_passphrase_is_told(path: Path, passphrase: str) -> None:
    with pytest.raises(WrongKey, match="lösenfrasen stämmer inte"):
        keys.unlock_passphrase(path, passphrase)


@pytest.mark.usefixtures("ring")
def test_a_passphrase_is_the_same_from_every_keyboard(path: Path) -> None:
    decomposed = unicodedata.normalize("NFD", PASSPHRASE)
    assert decomposed != PASSPHRASE
    assert keys.unlock_passphrase(path, decomposed).slot.name == "anna"


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize("passphrase", ["\udcff" * 12, "\x00" * 12])
def test_a_passphrase_of_odd_characters_is_only_wrong(path: Path, passphrase: str) -> None:
    with pytest.raises(WrongKey):
        keys.unlock_passphrase(path, passphrase)


@pytest.mark.parametrize("passphrase", ["", "elva tecken", " " * 20, "a" * 11 + " "])
def test_a_short_passphrase_is_refused(ring: Ring, passphrase: str) -> None:
    with pytest.raises(FieldError, match="minst 12 tecken"):
        ring.add_person("bo", passphrase, CHEAP)


def test_two_persons_open_with_their_own(path: Path, ring: Ring) -> None:
    with keys.changing(path, keys.unlock_passphrase(path, PASSPHRASE)) as changed:
        changed.add_person("bo", "en helt annan lösenfras", CHEAP)
    for first in ("", "anna", "bo"):
        unlocked = keys.unlock_passphrase(path, "en helt annan lösenfras", first)
        assert unlocked.slot.name == "bo"
        assert unlocked.raw_keys == ring.raw_keys
    assert [s.name for s in keys.list_slots(path)] == ["anna", "återställningskod 1", "bo"]


def test_a_new_passphrase_takes_the_place_of_the_old(path: Path, ring: Ring) -> None:
    before = ring.content.find("anna")
    with keys.changing(path, keys.unlock_passphrase(path, PASSPHRASE)) as changed:
        changed.add_person("anna", "en ny lösenfras för anna", CHEAP)
    assert keys.unlock_passphrase(path, "en ny lösenfras för anna").slot.id == before.id
    with pytest.raises(WrongKey):
        keys.unlock_passphrase(path, PASSPHRASE)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "\x1b[31m", "x" * 81, "återställningskod 1"])
def test_a_name_that_cannot_be_shown_or_is_taken_is_refused(ring: Ring, name: str) -> None:
    with pytest.raises(InputError):
        ring.add_person(name, PASSPHRASE, CHEAP)


def test_two_services_do_not_share_a_name(founded: Founded, tmp_path: Path) -> None:
    unlocked = keys.unlock_recovery(founded.path, founded.code)
    with pytest.raises(InputError), keys.changing(founded.path, unlocked) as ring:
        ring.add_service("natt", tmp_path / "ny.nyckel")
    assert not (tmp_path / "ny.nyckel").exists()


def test_a_second_recovery_code_opens_too(founded: Founded) -> None:
    unlocked = keys.unlock_recovery(founded.path, founded.code)
    with keys.changing(founded.path, unlocked) as ring:
        code = ring.add_recovery()
    assert code != founded.code
    for each in (code, founded.code.lower().replace("-", " ")):
        assert keys.unlock_recovery(founded.path, each).raw_keys == unlocked.raw_keys
    assert keys.list_slots(founded.path)[-1].name == "återställningskod 2"


def test_a_code_of_another_register_is_told(founded: Founded) -> None:
    with pytest.raises(WrongKey, match="hör inte till registret"):
        keys.unlock_recovery(founded.path, recovery_code.generate())


def test_a_services_key_file_is_the_owners_alone(founded: Founded) -> None:
    assert founded.service_file.stat().st_mode & 0o777 == 0o600
    founded.service_file.chmod(0o640)
    with pytest.raises(LooseMode):
        keys.unlock_key_file(founded.path, founded.service_file)
    guarded = str(founded.service_file.resolve().parent)
    assert keys.unlock_key_file(founded.path, founded.service_file, guarded).slot.name == "natt"


@pytest.mark.parametrize("content", [b"", b"hej", b"finsam-tjanstenyckel-1 ab zz\n", b"\xff" * 99])
def test_another_file_is_no_service_key(founded: Founded, content: bytes) -> None:
    founded.service_file.write_bytes(content)
    with pytest.raises(WrongKey, match="ingen tjänstenyckel"):
        keys.unlock_key_file(founded.path, founded.service_file)


def test_a_service_key_of_another_register_is_told(founded: Founded, tmp_path: Path) -> None:
    other = tmp_path / "annan.nyckel"
    Ring.new().add_service("natt", other)
    with pytest.raises(WrongKey, match="hör inte till registret"):
        keys.unlock_key_file(founded.path, other)


def test_a_missing_service_key_is_told(founded: Founded, tmp_path: Path) -> None:
    with pytest.raises(RegisterMissing, match="saknas"):
        keys.unlock_key_file(founded.path, tmp_path / "saknas")


def test_a_missing_key_file_is_told(path: Path) -> None:
    with pytest.raises(
        RegisterMissing, match=re.escape(f"nyckelfilen {path}.nycklar saknas; lägg")
    ):
        keys.unlock_passphrase(path, PASSPHRASE)


@pytest.mark.usefixtures("ring")
def test_the_key_file_is_the_owners_alone(path: Path) -> None:
    assert key_file.path_of(path).stat().st_mode & 0o777 == 0o600
    key_file.path_of(path).chmod(0o644)
    with pytest.raises(LooseMode):
        keys.unlock_passphrase(path, PASSPHRASE)


def test_no_key_and_no_secret_stands_in_the_key_file(path: Path, ring: Ring) -> None:
    content = key_file.path_of(path).read_text("ascii")
    raw_key = ring.raw_keys[1]
    for secret in (raw_key.hex(), PASSPHRASE, repr(ring)):
        assert secret not in content
    assert raw_key.hex() not in repr(ring)
    assert raw_key.hex() not in repr(keys.unlock_passphrase(path, PASSPHRASE))


def test_a_wiped_key_is_gone(path: Path, ring: Ring) -> None:
    unlocked = keys.unlock_passphrase(path, PASSPHRASE)
    held = unlocked.raw_keys[1]
    assert held == ring.raw_keys[1]
    unlocked.wipe()
    assert not any(held)
    assert not unlocked.raw_keys


def test_a_flipped_bit_anywhere_is_damage_and_never_a_wrong_passphrase(founded: Founded) -> None:
    keys_path = key_file.path_of(founded.path)
    whole = bytearray(keys_path.read_bytes())
    told = 0
    for place in range(len(whole)):
        flipped = whole.copy()
        flipped[place] ^= 1 << place % 8
        keys_path.write_bytes(flipped)
        try:
            unlocked = keys.unlock_key_file(founded.path, founded.service_file)
        except (Damaged, NewerSchema):
            told += 1
        else:  # white space, or a digit's case: the content is the same
            assert unlocked.slot.name == "natt"
    print(f"{len(whole)} bits flipped, {told} told, 0 taken for another slot")  # noqa: T201
    assert told > len(whole) * 0.7


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize("size", [0, 1, 100, -2])
def test_a_truncated_key_file_is_damage(path: Path, size: int) -> None:
    keys_path = key_file.path_of(path)
    keys_path.write_bytes(keys_path.read_bytes()[:size])
    with pytest.raises(Damaged, match=r"skadad.*kopia"):
        keys.unlock_passphrase(path, PASSPHRASE)


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize("content", [b"[]", b"null", b"{}", b"[" * 100_000, b"\xff", b'{"sum": 1}'])
def test_other_json_is_damage(path: Path, content: bytes) -> None:
    key_file.path_of(path).write_bytes(content)
    with pytest.raises(Damaged):
        keys.list_slots(path)


@pytest.mark.usefixtures("ring")
def test_a_later_format_is_told(path: Path) -> None:
    rewrite(path, lambda content: content.update(finsam_key_file=2))
    with pytest.raises(NewerSchema, match="nyare finsam"):
        keys.list_slots(path)


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize(
    "cost",
    [
        [0, 65536, 4],
        [10_000_000, 65536, 4],
        [3, 16, 4],
        [3, 64 * 1024 * 1024, 4],
        [3, 65536, 0],
        [3, 65536, 1000],
        [-3, 65536, 4],
        [3, 65536],
        ["x", 1, 1],
        None,
    ],
)
def test_absurd_costs_are_refused_before_they_are_paid(path: Path, cost: object) -> None:
    rewrite(path, lambda content: content["slots"][0].update(argon2id=cost))
    with pytest.raises(Damaged):
        keys.unlock_passphrase(path, PASSPHRASE)


@pytest.mark.usefixtures("ring")
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda slot: slot.update(name="chef"), id="name"),
        pytest.param(lambda slot: slot.update(id="00000000"), id="id"),
        pytest.param(lambda slot: slot.update(created="1999-01-01"), id="created"),
        pytest.param(lambda slot: slot["sealed"].update({"1": "AAAA"}), id="sealed"),
    ],
)
def test_a_slot_that_was_tampered_with_does_not_open(
    path: Path, change: Callable[[JSON], None]
) -> None:
    rewrite(path, lambda content: change(content["slots"][0]))
    with pytest.raises(Damaged, match="ändrats av något annat"):
        keys.unlock_passphrase(path, PASSPHRASE)


def test_a_slot_from_outside_is_found_at_the_next_unlocking(path: Path, ring: Ring) -> None:
    # Whoever can write the file but not open the register adds a slot, for the next raw key.
    strange = slots.new_slot("person", "inkräktare", b"x" * 32, "2024-01-01", CHEAP)
    strange = strange.seal(bytes(32), 1, ring.content.register)
    forged = ring.content._replace(slots=(*ring.content.slots, strange))
    key_file.save(path, forged, {1: bytearray(32)})
    with pytest.raises(Damaged, match="ändrats av något annat"):
        keys.unlock_passphrase(path, PASSPHRASE)


def test_a_slot_moved_to_another_register_does_not_open(path: Path, ring: Ring) -> None:
    moved = ring.content._replace(register="0" * 32)
    key_file.save(path, moved, ring.raw_keys)
    with pytest.raises(Damaged):
        keys.unlock_passphrase(path, PASSPHRASE)


def test_a_change_that_fails_leaves_the_file_and_no_service_key(
    founded: Founded, tmp_path: Path
) -> None:
    before = key_file.path_of(founded.path).read_bytes()
    unlocked = keys.unlock_recovery(founded.path, founded.code)

    def change() -> None:
        with keys.changing(founded.path, unlocked) as ring:
            ring.add_service("dag", tmp_path / "dag.nyckel")
            ring.add_person("bo", "kort", CHEAP)

    with pytest.raises(FieldError):
        change()
    assert key_file.path_of(founded.path).read_bytes() == before
    assert not (tmp_path / "dag.nyckel").exists()


def test_changes_at_the_same_time_are_all_kept(founded: Founded) -> None:
    def add(number: int) -> None:
        unlocked = keys.unlock_recovery(founded.path, founded.code)
        with keys.changing(founded.path, unlocked) as ring:
            ring.add_person(f"person {number}", PASSPHRASE, CHEAP)

    children = [start(lambda n=n: add(n)) for n in range(6)]  # type: ignore[misc]
    assert [status_of(child) for child in children] == [0] * 6
    names = {s.name for s in keys.list_slots(founded.path)}
    assert names >= {f"person {n}" for n in range(6)}


def test_no_slot_is_added_while_a_rotation_is_cut_short(path: Path, ring: Ring) -> None:
    key = bytearray(os.urandom(32))
    both = ring.content.with_next(key)
    key_file.save(path, both, {**ring.raw_keys, 2: key})
    unlocked = keys.unlock_passphrase(path, PASSPHRASE)
    assert unlocked.pending
    assert unlocked.raw_keys == {**ring.raw_keys, 2: key}
    with pytest.raises(Locked, match="avbröts"), keys.changing(path, unlocked):
        pass


def test_every_refusal_is_one_line_with_exit_status_4(path: Path) -> None:
    with pytest.raises(RegisterError) as refused:
        keys.unlock_passphrase(path, PASSPHRASE)
    assert refused.value.exit_code == 4
    assert "\n" not in str(refused.value)
