"""From a key slot to an open register, and from nothing to a register with its key file."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from finsam_tui.errors import CopyError, WrongKey
from finsam_tui.storage import driver, files, key_file, place
from finsam_tui.storage.register import Register

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.storage.key_file import RawKeys
    from finsam_tui.storage.keys import Ring, Unlocked


def open_register(path: Path, unlocked: Unlocked) -> Register:
    """Return the register, open with the raw key of a slot; raises what Register.open does.

    The user is the slot's name. Where a rotation was cut short, the register has one of two keys:
    the one that opens it is the one the key file keeps.
    """
    generation = find_generation(path, unlocked) if unlocked.pending else min(unlocked.raw_keys)
    register = Register.open(path, user=unlocked.slot.name, raw_key=unlocked.raw_keys[generation])
    if unlocked.pending:
        with suppress(CopyError):  # a full disk: both keys stay, and the next opening tries again
            _settle(path, unlocked.raw_keys, generation)
    return register


def create_register(path: Path, ring: Ring, user: str) -> Register:
    """Make a register that opens with the slots of `ring`, and return it open.

    The register appears last: until then a failure leaves nothing, neither key file nor the
    services' own. Raises InputError where there is a register or a key file already, and ValueError
    for a ring without a recovery code, which no register may lack.
    """
    if not any(slot.kind == "recovery" for slot in ring.content.slots):
        raise ValueError("a register needs a recovery code")
    try:
        return _create(path, ring, user)
    except BaseException:
        ring.undo()
        raise


def _create(path: Path, ring: Ring, user: str) -> Register:
    keys = key_file.path_of(path)
    place.make_folder(keys.parent)
    place.refuse_existing(path)
    files.new_private(keys, ring.content.to_bytes(ring.raw_keys))
    try:
        return Register.create(path, user=user, raw_key=ring.raw_keys[ring.content.current])
    except BaseException:
        keys.unlink(missing_ok=True)
        raise


def find_generation(path: Path, unlocked: Unlocked) -> int:
    """Return the generation of the raw key that opens the register, the first if none does.

    Raises WrongKey where the slot was taken away, and the RegisterErrors of `check_register`.
    """
    place.check_register(path)
    with driver.explained(path):
        for generation, raw_key in unlocked.raw_keys.items():
            if driver.opens(path.resolve(), raw_key):
                return generation
    if len(unlocked.raw_keys) == 1:
        raise WrongKey(
            "nyckeln passar inte: den har tagits bort ur registret, eller också är det skadat; "
            "lås upp med en annan, eller kör finsam kontroll."
        )
    return min(unlocked.raw_keys)


def _settle(path: Path, raw_keys: RawKeys, generation: int) -> None:
    """Drop the generation that did not open the register, which is open and so cannot rotate."""
    with files.folder_lock(key_file.path_of(path).parent):
        content = key_file.load(path)
        if content.next is not None:
            content.verify(raw_keys)
            key_file.save(path, content.settled(generation), raw_keys)
