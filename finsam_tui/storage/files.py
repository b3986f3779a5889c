"""Small private files, written whole or not at all, and durable once the call returns."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from finsam_tui.errors import CopyError, InputError, LooseMode, RegisterMissing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_MB = 1_000_000
_SPARE = 1 << 20  # bytes that are to stay free
_OTHERS = 0o077  # the mode bits by which somebody else than the owner gets at a file

_REASONS = {
    errno.EACCES: "du har inte rätt att skriva där",
    errno.EDQUOT: "din del av disken är full",
    errno.EEXIST: "där finns redan en fil",
    errno.ENAMETOOLONG: "namnet är för långt",
    errno.ENOENT: "katalogen finns inte",
    errno.ENOSPC: "disken är full",
    errno.ENOTDIR: "en del av sökvägen är ingen katalog",
    errno.EPERM: "du har inte rätt att skriva där",
    errno.EROFS: "disken är skrivskyddad",
}


def replace_private(path: Path, content: bytes) -> None:
    """Put `content` in the place of the file at `path`, mode 0600; raises CopyError.

    Killed or out of space at any moment, the file is either the old or the new one.
    """
    part = path.with_name(path.name + ".part")
    with told(path):
        part.unlink(missing_ok=True)  # what a killed program left
        try:
            _write_new(part, content)
            part.replace(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def new_private(path: Path, content: bytes) -> None:
    """Make a file that does not exist, mode 0600; raises InputError if it does, or CopyError."""
    with told(path):
        try:
            _write_new(path, content)
            sync_folder(path.parent)
        except FileExistsError:
            raise InputError(f"{path} finns redan; välj ett annat namn.") from None
        except BaseException:
            path.unlink(missing_ok=True)
            raise


def read_private(path: Path, limit: int, guarded: str = "") -> bytes:
    """Return up to `limit` bytes of a file that is its owner's alone.

    In the folder `guarded` a group may read, too: systemd lets a service at its credentials by an
    access list, which shows as the group's permission. Raises RegisterMissing where there is no
    regular file and LooseMode where others can read it.
    """

    def check(status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise RegisterMissing(f"nyckelfilen {path} är ingen fil; kontrollera sökvägen.")
        granted = stat.S_IRGRP if guarded and path.resolve().parent == Path(guarded) else 0
        refuse_loose(path, status, granted)

    try:
        return read_limited(path, limit, check)
    except OSError as error:
        reason = "saknas" if error.errno == errno.ENOENT else "går inte att läsa"
        raise RegisterMissing(f"nyckelfilen {path} {reason}; kontrollera sökvägen.") from error


def read_limited(
    path: Path, limit: int, check: Callable[[os.stat_result], None] = lambda _: None
) -> bytes:
    """Return up to `limit` bytes of a file whose status passes `check`; raises OSError."""
    # Not blocking: a named pipe in the file's place would otherwise be waited for.
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        check(os.fstat(handle))
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(limit)
    finally:
        os.close(handle)


def refuse_full(folder: Path, needed: int, what: str) -> None:
    """Raise CopyError where `what`, `needed` bytes with some to spare, has no room in a folder."""
    needed += _SPARE
    with told(folder):
        free = _free(folder)
    if free < needed:
        raise CopyError(
            f"i {folder} finns {free // _MB} MB ledigt, men {what} behöver {-(-needed // _MB)}; "
            "frigör utrymme."
        )


def is_full(folder: Path) -> bool:
    """Return whether the disk of a folder has no room left for what a database works with."""
    try:
        return _free(folder) < _SPARE
    except OSError:
        return False


def _free(folder: Path) -> int:
    found = os.statvfs(folder)  # as shutil.disk_usage, which takes time to load
    return found.f_bavail * found.f_frsize


def refuse_loose(path: Path, status: os.stat_result, granted: int = 0) -> None:
    """Raise LooseMode where others than the owner get at a file or folder, but for `granted`."""
    if status.st_mode & _OTHERS & ~granted:
        # A folder may be everybody's, as /tmp is, and must not be closed then.
        remedy = (
            "ta en annan katalog, eller kör chmod 700 på den om bara finsam använder den"
            if stat.S_ISDIR(status.st_mode)
            else "kör chmod 600 på den"
        )
        raise LooseMode(f"andra än ägaren kommer åt {path}; {remedy}.")


def sync_folder(folder: Path) -> None:
    """Make names in `folder` durable: a power cut undoes a rename whose folder is not synced."""
    sync(folder)


def sync(path: Path) -> None:
    """Make what has been written to a file durable; raises OSError."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def folder_lock(folder: Path) -> Iterator[None]:
    """Let one process at a time change what lies in `folder`; waits for the others.

    The folder itself is locked: a file would be another one after each rename, and any descriptor
    of the register would, when closed, drop SQLite's locks.
    """
    import fcntl

    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _write_new(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(handle)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what the disk says about a file being written into a CopyError."""
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, "disken svarar med fel")
        raise CopyError(f"{path} kunde inte skrivas: {reason}; inget har ändrats.") from error
