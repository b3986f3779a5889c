"""Unlocks the register for a person, a service or a recovery code, and changes who can.

The key file is read with its register's path. To take a key away, see `rotation`: a slot that is
merely deleted leaves its owner with a raw key that still opens the register.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from finsam_tui.errors import InputError, Locked, WrongKey
from finsam_tui.storage import attempts, files, key_file, recovery_code, slots
from finsam_tui.storage.key_file import KeyFile, RawKeys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from finsam_tui.storage.slots import Cost, Slot

RAW_BYTES = 32
_SERVICE = "finsam-tjanstenyckel-1"
_SERVICE_LIMIT = 4096  # bytes of a service's own key file


class Unlocked:
    """The slot that opened, and the raw keys it gave: the current one and perhaps the next.

    `pending` tells that a rotation is under way, or was cut short.
    """

    def __init__(self, slot: Slot, raw_keys: RawKeys, *, pending: bool = False) -> None:
        self.slot = slot
        self.raw_keys = raw_keys
        self.pending = pending

    def wipe(self) -> None:
        """Overwrite the keys; copies that Python made on the way are out of reach."""
        for key in self.raw_keys.values():
            key[:] = bytes(len(key))
        self.raw_keys.clear()


def list_slots(register: Path) -> tuple[Slot, ...]:
    """Return every slot of a register's key file; needs no key."""
    return key_file.load(register).slots


def unlock_passphrase(register: Path, passphrase: str, first: str = "") -> Unlocked:
    """Return the person's slot that opens with `passphrase`; raises WrongKey or TooSoon.

    Each try takes a fifth of a second: the slot with the id or name `first` is tried first.
    """
    content = key_file.load(register)
    persons = [s for s in content.slots if s.kind == "person"]
    persons.sort(key=lambda s: first not in (s.id, s.name))
    with slots.secret_of(passphrase) as secret, attempts.counted(register):
        return _unlock(
            content,
            persons,
            secret,
            "lösenfrasen stämmer inte; skriv om den, eller gör en ny: finsam nyckel recover.",
        )


def unlock_recovery(register: Path, code: str) -> Unlocked:
    """Return the recovery slot that opens with a printed code; raises WrongKey or TooSoon."""
    content = key_file.load(register)
    papers = [s for s in content.slots if s.kind == "recovery"]
    secret = recovery_code.read(code)
    with attempts.counted(register):
        return _unlock(
            content,
            papers,
            secret,
            "återställningskoden hör inte till registret, eller gäller inte mer; pröva en annan.",
        )


def unlock_key_file(register: Path, service_file: Path, guarded: str = "") -> Unlocked:
    """Return the slot of the service whose own key file is at a path.

    `guarded` is the folder where systemd puts a service's credentials (CREDENTIALS_DIRECTORY).
    Raises RegisterMissing, LooseMode (others than the owner can read the file) or WrongKey.
    """
    content = key_file.load(register)
    slot_id, secret = _read_service(service_file, guarded)
    services = [s for s in content.slots if s.kind == "service" and s.id == slot_id]
    return _unlock(
        content,
        services,
        secret,
        f"nyckeln i {service_file} hör inte till registret, eller har tagits bort; "
        "gör en ny med finsam nyckel add.",
    )


def _unlock(content: KeyFile, candidates: Iterable[Slot], secret: bytes, refusal: str) -> Unlocked:
    for slot in candidates:
        private = slot.private_key(secret)
        if private is not None:
            held = [g for g in content.generations if g in slot.sealed]
            raw_keys = {g: slot.unseal(private, g, content.register) for g in held}
            content.verify(raw_keys)
            return Unlocked(slot, raw_keys, pending=content.next is not None)
    raise WrongKey(refusal)


class Ring:
    """A key file being changed, with the raw key that new slots get.

    `made` are the services' own key files written on the way, gone again if the change fails.
    """

    def __init__(self, content: KeyFile, raw_keys: RawKeys) -> None:
        self.content = content
        self.raw_keys = raw_keys
        self.made: list[Path] = []

    @classmethod
    def new(cls) -> Ring:
        """Return a ring without slots, for a register to be made, with a random raw key."""
        content = KeyFile(os.urandom(16).hex(), current=1, next=None, slots=(), seals={})
        return cls(content, {1: bytearray(os.urandom(RAW_BYTES))})

    def add_person(self, name: str, passphrase: str, cost: Cost = slots.USUAL) -> Slot:
        """Add a person, or give the one of that name a new passphrase; the slot's id stays.

        Raises FieldError for a passphrase that is too short and InputError for the name.
        """
        slots.check_passphrase(passphrase)
        secret = slots.passphrase_secret(passphrase)
        name = self._free_name(name, "person")
        slot = slots.new_slot("person", name, secret, _today(), cost)
        same = [s.id for s in self.content.slots if s.name == name]
        return self._add(slot._replace(id=same[0]) if same else slot)

    def add_service(self, name: str, service_file: Path) -> Slot:
        """Add a service and write its own key file, which must not exist; raises InputError."""
        secret = os.urandom(RAW_BYTES)
        slot = slots.new_slot("service", self._free_name(name, "service"), secret, _today())
        line = f"{_SERVICE} {slot.id} {secret.hex()}\n"
        files.new_private(service_file, line.encode("ascii"))
        self.made.append(service_file)
        return self._add(slot)

    def add_recovery(self) -> str:
        """Add a recovery code and return it, to be printed and locked away."""
        code = recovery_code.generate()
        taken = {s.name for s in self.content.slots}
        numbers = range(1, len(taken) + 2)
        name = next(n for i in numbers if (n := f"återställningskod {i}") not in taken)
        self._add(slots.new_slot("recovery", name, recovery_code.read(code), _today()))
        return code

    def undo(self) -> None:
        """Remove the services' own key files that were written."""
        for path in self.made:
            path.unlink(missing_ok=True)

    def _add(self, slot: Slot) -> Slot:
        self.content = self.content.with_slot(slot, self.raw_keys)
        return slot

    def _free_name(self, name: str, kind: slots.Kind) -> str:
        """Return `name` trimmed; raises InputError where it is empty, too long or taken."""
        name = name.strip()
        if not 0 < len(name) <= slots.MAX_NAME or not name.isprintable():
            raise InputError(f"nyckelns namn ska ha 1–{slots.MAX_NAME} tecken på en rad.")
        taken = [s for s in self.content.slots if s.name == name]
        if any(s.kind != kind or kind == "service" for s in taken):
            raise InputError("det finns redan en nyckel med det namnet; välj ett annat namn.")
        return name


@contextmanager
def changing(register: Path, unlocked: Unlocked) -> Iterator[Ring]:
    """Change the key file of a register: what was added is written when the block ends well.

    One process at a time; raises Locked when a rotation was cut short, which opening puts right.
    """
    with files.folder_lock(key_file.path_of(register).parent):
        content = key_file.load(register)
        content.verify(unlocked.raw_keys)
        if content.next is not None or content.current not in unlocked.raw_keys:
            raise Locked("ett byte av registrets nyckel avbröts; öppna registret och försök igen.")
        ring = Ring(content, unlocked.raw_keys)
        try:
            yield ring
            key_file.save(register, ring.content, ring.raw_keys)
        except BaseException:
            ring.undo()
            raise


def _read_service(path: Path, guarded: str) -> tuple[str, bytes]:
    """Return the slot's id and the secret in a service's own key file."""
    words = files.read_private(path, _SERVICE_LIMIT, guarded).split()
    try:
        mark, slot_id, secret = (w.decode("ascii") for w in words)
        if mark == _SERVICE:
            return slot_id, bytes.fromhex(secret)
    except ValueError:
        pass
    raise WrongKey(f"{path} är ingen tjänstenyckel från finsam; kontrollera --key-file.")


def _today() -> str:
    return time.strftime("%Y-%m-%d")
