"""A register, a folder for its copies, and what a test asks of them."""

from __future__ import annotations

import functools
import os
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from finsam_tui.storage import backup, copies, driver, keys, opening, restore, slots
from finsam_tui.storage.backup import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pytest
    from pyrage.x25519 import Identity, Recipient

    from finsam_tui.storage.backup import Done
    from finsam_tui.storage.keys import Unlocked
    from finsam_tui.storage.register import Register
    from finsam_tui.storage.restore import Restored

# As little work as a key file may ask for: the tests are not about how long guessing takes.
QUICK = slots.Cost(passes=1, memory=8 * 1024, lanes=1)
PASSPHRASE = "korrekt häst batteri klammer"
NIGHT = datetime(2024, 3, 15, 1, 30, tzinfo=UTC)
KILLED = 9  # how a child ends that dies at a step
REGISTER, SERVICE = "register.db", "natt.nyckel"


def _found(folder: Path) -> str:
    """Make a register and its keys in a folder; return its code."""
    ring = keys.Ring.new()
    code = ring.add_recovery()
    ring.add_service("natt", folder / SERVICE)
    ring.add_person("anna", PASSPHRASE, QUICK)
    opening.create_register(folder / REGISTER, ring, "anna").close()
    return code


@functools.cache
def _founded() -> tuple[str, dict[str, bytes]]:
    """Return the code and the files of a register that was made."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        return _found(folder), contents_of(folder)


class Site:
    """A register that PASSPHRASE, `code` and `service` open; `folder` is where its copies are.

    All are copies of one that was made, keys and all, but a `stranger`, whose keys are its own.
    """

    def __init__(self, folder: Path, *, stranger: bool = False) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        self.path, self.service = folder / REGISTER, folder / SERVICE
        self.folder = folder / "kopior"
        if stranger:
            self.code = _found(folder)
            return
        self.code, files = _founded()
        for name, content in files.items():
            (folder / name).write_bytes(content)
            (folder / name).chmod(0o600)

    def unlock(self, path: Path | None = None) -> Unlocked:
        return keys.unlock_key_file(path or self.path, self.service)

    def by_code(self, path: Path) -> Unlocked:
        return keys.unlock_recovery(path, self.code)

    @contextmanager
    def opened(self, path: Path | None = None) -> Iterator[Register]:
        with opening.open_register(path or self.path, self.unlock(path)) as register:
            yield register

    def note(self, *texts: str) -> None:
        with self.opened() as register, register.write() as conn:
            conn.executemany("INSERT INTO setting VALUES (?, ?)", ((t, t) for t in texts))

    def notes(self, path: Path | None = None) -> list[str]:
        with self.opened(path) as register:
            return [t for (t,) in register.sql("SELECT key FROM setting ORDER BY key")]

    def people(self, count: int) -> None:
        """Have exactly so many participants, without anybody's data."""
        sql = "INSERT INTO participant (registration, sex, search_key) VALUES ('anonymous', ?, '')"
        with self.opened() as register, register.write() as conn:
            conn.execute("DELETE FROM participant")
            conn.executemany(sql, [("woman",)] * count)

    def back_up(self, now: datetime = NIGHT, **order: bool | Sequence[Recipient]) -> Done:
        wanted = Order(self.folder, **order)  # type: ignore[arg-type] # as Order has them
        return backup.back_up(self.path, self.unlock(), wanted, now)

    def restore(
        self, copy: Path, to: Path | None = None, identities: Sequence[Identity] = ()
    ) -> Restored:
        to = to or self.path
        return restore.restore(copy, to, self.by_code, NIGHT, identities=identities)

    def copies(self) -> list[Path]:
        """Return what goes by the name of a finished copy, oldest first."""
        if not self.folder.exists():
            return []
        return sorted(p for p in self.folder.iterdir() if p.suffix in {".db", ".age"})

    def half_made(self) -> list[str]:
        """Return what a job has left that belongs to no finished copy."""
        known = {copies.LAST, ".finsam-backup.lock"}
        for copy in self.copies():
            known |= {copy.name, f"{copy.name}.nycklar", f"{copy.name}.json"}
        return sorted(p.name for p in self.folder.iterdir() if p.name not in known)

    def raw_key(self) -> bytes:
        unlocked = self.unlock()
        return bytes(unlocked.raw_keys[opening.find_generation(self.path, unlocked)])

    def sql(self, path: Path, text: str) -> None:
        """Run statements on a register or copy behind the back of finsam."""
        conn = driver.connect(path, self.raw_key(), driver.Session("någon"))
        conn.executescript(text)
        conn.close()


def nights(count: int) -> list[datetime]:
    return [NIGHT + timedelta(days=n) for n in range(count)]


def flip(path: Path, place: int) -> None:
    """Turn one bit of a file."""
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(content)


def contents_of(folder: Path) -> dict[str, bytes]:
    """Return name → content of all files below a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


# What changes names and makes them durable: between two of these, a kill finds the same on disk.
STEPS = ("fsync", "link", "mkdir", "open", "rename", "replace", "unlink")


def dying_at(step: int, patch: pytest.MonkeyPatch) -> None:
    """Have this process die at its step number `step`, as kill -9 would; see STEPS."""
    left = iter(range(step, -1, -1))

    def fatal(usual: Callable[..., object]) -> Callable[..., object]:
        def called(*args: object, **more: object) -> object:
            if next(left) == 0:
                os._exit(KILLED)
            return usual(*args, **more)

        return called

    for name in STEPS:
        patch.setattr(os, name, fatal(getattr(os, name)))
