"""Whether the logs are what was written: by their own seals, and by what copies have told of them.

Somebody who has a key and knows finsam can write a whole log anew, with seals that fit. The last
seals that a copy's manifest tells are then no longer in it.
"""

from __future__ import annotations

import subprocess
import threading
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.errors import RegisterError, UsageError
from finsam_tui.storage import audit, copies, key_file, last_copy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from finsam_tui.storage.audit import Fault
    from finsam_tui.storage.copies import Copy
    from finsam_tui.storage.dbapi import Connection
    from finsam_tui.storage.register import Register

PATIENCE = 5.0  # seconds for a disk to answer; a share that is gone never does


class Cut(NamedTuple):
    """A copy, and the logs whose last entry of that time is no longer in the register."""

    copy: str
    made: datetime
    logs: tuple[str, ...]


class Compared(NamedTuple):
    """What comparing with the copies in a folder found, of those that were made before now.

    `number` is None where the folder cannot be reached. `passed` copies hold what a restore has
    undone, and `odd` ones are not whole; they are not compared with. `last` is when the newest of
    the others was made.
    """

    folder: Path
    number: int | None = None
    passed: int = 0
    odd: int = 0
    last: datetime | None = None
    cut: tuple[Cut, ...] = ()


class Checked(NamedTuple):
    """The last entry of each log, what is wrong in them, and the copies; None if there was none."""

    ends: Mapping[str, int]
    faults: tuple[Fault, ...]
    copies: Compared | None

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults and not (self.copies and self.copies.cut)


def check(register: Register) -> Checked:
    """Go through all logs, and the manifests of the copies where the last one is.

    A manifest need not be sealed by the register's key of today: it was changed, perhaps, since.
    """
    last = last_copy.read(register.path)
    compared = _compare(register, last.folder) if last else None
    return Checked(audit.ends(register.conn), tuple(audit.verify(register.conn)), compared)


def _compare(register: Register, folder: Path) -> Compared:
    if not _answers(folder):
        return Compared(folder)
    try:
        own = key_file.load(register.path).register
        there = copies.finished(folder)
    except (RegisterError, UsageError, OSError):
        return Compared(folder)
    found = [c for c in there if c.manifest and c.manifest.register == own]
    odd = sum(c.manifest is None for c in there)
    undone = list(_undone(register.conn))
    held = [c for c in found if not any(first < c.made <= until for first, until in undone)]
    last = max((c.made for c in held), default=None)
    cut = tuple(_cuts(register.conn, held))
    return Compared(folder, len(held), len(found) - len(held), odd, last, cut)


def _answers(folder: Path) -> bool:
    """Return whether a folder can be read; another process finds out, for it may wait for ever."""
    command = ["ls", "--", str(folder)]
    try:
        asked = subprocess.Popen(  # noqa: S603 - a path of our own
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
    except FileNotFoundError:
        return True  # no ls on PATH: nothing is known against it
    try:
        return asked.wait(PATIENCE) == 0
    except subprocess.TimeoutExpired:
        asked.kill()  # it goes when the disk lets it
        threading.Thread(target=asked.wait, daemon=True).start()
        return False


def _undone(conn: Connection) -> Iterator[tuple[datetime, datetime]]:
    """Yield the times that restores have undone: that of the copy, and that of the restore."""
    for told, at in conn.execute("SELECT detail, at FROM access WHERE kind = 'restore'"):
        try:
            yield datetime.fromisoformat(told or ""), datetime.fromisoformat(at)
        except ValueError:
            continue  # not written by finsam; its seal tells


def _cuts(conn: Connection, held: list[Copy]) -> Iterator[Cut]:
    for copy in held:
        if copy.manifest and (logs := audit.parted(conn, copy.manifest.contents.audit)):
            yield Cut(copy.path.name, copy.made, tuple(logs))
