"""Finds what was erased since a copy was made, so that it stays erased when the copy is put back.

The list is in the register that the copy takes the place of, and in copies that were made later.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.errors import CopyError, FinsamError, WrongKey
from finsam_tui.storage import copies, driver, erasure, key_file, manifest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from finsam_tui.storage.driver import Connection, Mode
    from finsam_tui.storage.erasure import Taken
    from finsam_tui.storage.keys import Unlocked
    from finsam_tui.storage.slots import Slot

    Unlock = Callable[[Path], Unlocked]


class Found(NamedTuple):
    """The erasure lists that could be read, and where there may be one that could not."""

    lists: tuple[Taken, ...]
    unread: tuple[Path, ...]


def find(copy: Path, to: Path, register: str, slot: Slot, unlock: Unlock) -> Found:
    """Look where there may be a later list than that of a copy which is to be put at `to`.

    `register` and `slot` are the id in its key file and what opened it: no other is tried.
    """
    places: list[tuple[Path, Mode]] = [(to, "write")] if to.exists() else []
    places += [(later, "read") for later in _last_of(copy)]
    lists: list[Taken] = []
    unread: list[Path] = []
    for path, mode in places:
        try:
            content = key_file.load(path)
            if content.register != register:
                continue
            if slot.public not in {s.public for s in content.slots}:
                raise WrongKey("the slot is another")
            found = _read(path, unlock(path), mode)
            lists += [found] if found else []
        except (FinsamError, OSError):
            unread.append(path)
    return Found(tuple(lists), tuple(unread))


def _last_of(copy: Path) -> list[Path]:
    """Return the last whole copy beside this one, if that is another; wrapped ones are passed."""
    whole = (c.path for c in copies.finished(copy.parent) if c.manifest)
    plain = [path for path in whole if path.suffix == copies.PLAIN]
    return [path for path in plain[-1:] if path.name > copy.name]


def _read(path: Path, unlocked: Unlocked, mode: Mode) -> Taken | None:
    """Return the list at a path, None where the schema has none yet."""
    try:
        if mode == "read" and manifest.read(path).copy != manifest.print_of(path):
            raise CopyError("not as it was written")
        with closing(_opened(path, unlocked, mode)) as conn, driver.explained(path):
            known = "SELECT 1 FROM sqlite_master WHERE name = 'erasure'"
            return erasure.taken(conn) if conn.execute(known).fetchone() else None
    finally:
        unlocked.wipe()


def _opened(path: Path, unlocked: Unlocked, mode: Mode) -> Connection:
    for raw_key in unlocked.raw_keys.values():
        if driver.opens(path, raw_key):
            return driver.connect(path, raw_key, driver.Session(""), mode)
    raise WrongKey("no key opens it")
