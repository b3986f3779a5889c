"""Gives the register a new raw key, without the others' secrets, and takes key slots away.

A killed program must not leave a register that nobody can open. So the new key is sealed to every
slot, beside the old one, before the register is encrypted anew, and the old one goes only once the
register has been opened with the new. In between, an opening tries both (`opening`).

The register is locked before the key file, here and in `opening`, so that neither waits in vain.
"""

from __future__ import annotations

import secrets
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from finsam_tui.errors import CopyError, InputError, Locked
from finsam_tui.storage import driver, files, key_file, opening
from finsam_tui.storage.keys import RAW_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from finsam_tui.storage.driver import Connection
    from finsam_tui.storage.key_file import KeyFile, RawKeys
    from finsam_tui.storage.keys import Unlocked


def rotate(path: Path, unlocked: Unlocked, without: str = "") -> None:
    """Encrypt the register with a new raw key, sealed to every slot but `without` (id or name).

    The register must not be open elsewhere, not by this process either. `unlocked` is of no use
    afterwards. Raises Locked, InputError where no such slot is or the last recovery code would go,
    and CopyError, with the old key in force, where the disk is full.
    """
    path = path.resolve()
    generation = opening.find_generation(path, unlocked)
    raw_keys = {generation: unlocked.raw_keys[generation]}
    with closing(_alone(path, raw_keys[generation])) as conn, files.folder_lock(path.parent):
        content = key_file.load(path)
        content.verify(raw_keys)
        _rotate(path, conn, content.settled(generation), raw_keys, without)


def remove(path: Path, unlocked: Unlocked, slot: str) -> None:
    """Take a slot (id or name) away, and the raw key it knew with it; raises as `rotate`."""
    rotate(path, unlocked, without=slot)


def _rotate(
    path: Path, conn: Connection, settled: KeyFile, raw_keys: RawKeys, without: str
) -> None:
    leaving = _leaving(settled, without) if without else ""
    raw_key = bytearray(secrets.token_bytes(RAW_BYTES))
    both = settled.with_next(raw_key, leaving)
    (following,) = set(both.generations) - set(raw_keys)
    key_file.save(path, both, {**raw_keys, following: raw_key})
    with driver.explained(path):
        driver.rekey(conn, raw_key)
        if driver.opens(path, raw_key):
            key_file.save(path, both.settled(following), {following: raw_key})
            return
    with suppress(CopyError):  # both keys stay in the file: nothing is lost by that
        key_file.save(path, settled, raw_keys)
    raise CopyError(
        f"nyckelbytet vid {path} gick inte, troligen är disken full; den gamla nyckeln gäller och "
        "registret är oskadat. Frigör utrymme och försök igen."
    )


def _leaving(content: KeyFile, name: str) -> str:
    """Return the id of the slot to take away."""
    slot = content.find(name)
    papers = [s for s in content.slots if s.kind == "recovery"]
    if papers == [slot]:
        raise InputError(
            "den enda återställningskoden får inte tas bort; gör en ny först med finsam nyckel add."
        )
    return slot.id


def _alone(path: Path, raw_key: bytearray) -> Connection:
    """Return a connection that shuts all others out; raises Locked where there is one."""
    with driver.explained(path):
        conn = driver.connect(path, raw_key, driver.Session(""))
    try:
        with driver.explained(path):
            driver.exclusive(conn)
    except BaseException as error:
        conn.close()
        if isinstance(error, Locked):
            raise Locked(
                f"registret {path} är öppet på fler håll; be alla avsluta finsam och försök igen."
            ) from error
        raise
    return conn
