"""Puts a copy in the register's place: only when all of it has been verified, and losing nothing.

The copy is worked on in a folder beside that place. What lay there keeps its content under a name
with the time in it: at any moment there is at the place the old register, none, or the new one,
and never the one with the other's key file or log.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from finsam_tui.errors import CopyError, Damaged, InputError, Locked, RegisterError, UsageError
from finsam_tui.storage import (
    access_log,
    age,
    contents,
    copies,
    erasure,
    files,
    key_file,
    manifest,
    opening,
    place,
    replaying,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from pyrage.x25519 import Identity

    from finsam_tui.storage.keys import Unlocked
    from finsam_tui.storage.manifest import Manifest, Print
    from finsam_tui.storage.replaying import Found, Unlock

_WORK = ".restore"
_BESIDE = ("-wal", "-shm", key_file.SUFFIX, "")  # what belongs to a register, and itself, last
# Where SQLite locks a file for its readers and writers: one who has a register open holds a part.
_LOCK_START, _LOCK_BYTES = 0x40000000, 512


@dataclass(frozen=True, slots=True)
class Restored:
    """What the copy told of itself, and where that lies which it took the place of (None: none).

    `erased` counts the records that had been erased since, and are so again; `unread` is where
    there may be a list of more that could not be read; `another` is whether the copy is of another
    register than that which lay there.
    """

    manifest: Manifest
    kept: Path | None
    erased: int
    unread: tuple[Path, ...]
    another: bool


def restore(
    copy: Path, to: Path, unlock: Unlock, now: datetime, *, identities: Sequence[Identity] = ()
) -> Restored:
    """Put the register in a copy at `to`; a wrapped copy is unwrapped by `identities`.

    `unlock` opens a key slot of the register at a path, as the functions of `keys` do; it is asked
    for the copy, and for what may tell of erasures since. Raises CopyError where the copy is not
    whole, WrongKey, NewerSchema and the like where it cannot be opened, Locked where somebody has
    the register at `to` open, and changes nothing then.
    """
    to = to.resolve()
    place.make_folder(to.parent)
    if to.is_dir():
        raise InputError(f"{to} är en katalog; ange en fil för registret.")
    with files.folder_lock(to.parent), _work_folder(to) as work:
        told = _fetch(copy, work, identities)
        unlocked = unlock(work)
        try:
            _verify(work, told, unlocked)
            later = replaying.find(copy, to, told.register, unlocked.slot, unlock)
            erased = _bring_up_to_date(work, unlocked, later, told)
        finally:
            unlocked.wipe()
        another = _is_another(to, told)
        with _nobody_at(to), _set_aside(to, now) as kept:
            _put_in_place(work, to)
    return Restored(told, kept, erased, later.unread, another)


def _is_another(to: Path, told: Manifest) -> bool:
    """Return whether a register other than the copy's is known to lie at a path."""
    with suppress(RegisterError):
        return key_file.load(to).register != told.register
    return False


@contextmanager
def _work_folder(to: Path) -> Iterator[Path]:
    """Give a place for the register in a folder of its own, gone afterwards."""
    folder = to.with_name(to.name + _WORK)
    with files.told(folder):
        shutil.rmtree(folder, ignore_errors=True)  # what a killed program left
        folder.mkdir(mode=0o700)
    try:
        yield folder / to.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _fetch(copy: Path, work: Path, identities: Sequence[Identity]) -> Manifest:
    """Copy or unwrap the copy to `work`; return its manifest, which the files are like."""
    if not copy.is_file():
        raise CopyError(f"det finns ingen kopia {copy}; kontrollera sökvägen.")
    room = work.parent.parent  # a name that is still there when this is told
    if not age.is_wrapped(copy):
        files.refuse_full(room, copy.stat().st_size, "registret")
        told = manifest.read(copy)
        _copy_file(copy, work, told.copy)
        _copy_file(copies.keys_of(copy), copies.keys_of(work), told.keys)
    else:
        if not identities:
            raise UsageError("kopian är gjord för en mottagare med age; ange --identity FIL.")
        # The archive in it, and what is in that.
        files.refuse_full(room, 2 * copy.stat().st_size, "registret")
        _look_at_wrapped(copy)
        paths = (work, copies.keys_of(work), manifest.path_of(work))
        age.unwrap(copy, paths, identities)
        told = manifest.read(work)
    prints = manifest.print_of(work), manifest.print_of(copies.keys_of(work))
    if prints != (told.copy, told.keys):
        raise CopyError(f"kopian {copy} är inte som den skrevs; ta en annan.")
    return told


def _look_at_wrapped(copy: Path) -> None:
    """Raise CopyError where a wrapped copy is not what the manifest beside it tells, if any is."""
    if manifest.path_of(copy).exists() and manifest.read(copy).copy != manifest.print_of(copy):
        raise CopyError(f"kopian {copy} är inte som den skrevs; ta en annan.")


def _copy_file(source: Path, target: Path, told: Print | None) -> None:
    """Copy a file of which it is told how large it is: what is larger is not begun with."""
    if not source.exists():
        raise CopyError(f"till kopian hör {source.name}, som saknas; hämta den.")
    if not source.is_file() or told is None or source.stat().st_size != told.bytes:
        raise CopyError(f"kopian {source} är inte som den skrevs; ta en annan.")
    files.new_private(target, b"")
    with files.told(target):
        shutil.copyfile(source, target)


def _verify(work: Path, told: Manifest, unlocked: Unlocked) -> None:
    """Read all of the copy; raises CopyError where it is not what its manifest tells."""
    try:
        raw_key = unlocked.raw_keys[opening.find_generation(work, unlocked)]
        found, _ = contents.verify(work, raw_key)
    except Damaged as error:
        raise CopyError("kopian är skadad; ta en annan.") from error
    if not told.sealed_by(raw_key):
        raise CopyError("manifestet är ändrat av något annat än finsam; ta en annan kopia.")
    if found != told.contents or key_file.load(work).register != told.register:
        raise CopyError("kopian håller inte det som manifestet säger; ta en annan.")


def _bring_up_to_date(work: Path, unlocked: Unlocked, later: Found, told: Manifest) -> int:
    """Give the register this program's schema, and erase what was erased since; return how many.

    That it was restored, and from a copy of which time, is noted: its log is shorter than later
    copies tell.
    """
    with opening.open_register(work, unlocked) as register:
        if not register.unaudited:  # then it is but to be read
            access_log.log_access(register, "restore", detail=told.made)
        return sum(erasure.replay(register, list_) for list_ in later.lists)


@contextmanager
def _nobody_at(to: Path) -> Iterator[None]:
    """Hold the register at a path as its one user; raises Locked where there is another.

    A connection, which would be the usual way, needs a key, and what lies there may be damaged.
    """
    if not to.exists():
        yield
        return
    handle = os.open(to, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB, _LOCK_BYTES, _LOCK_START)
    except OSError as error:
        os.close(handle)
        raise Locked(
            f"registret {to} är öppet i finsam; be alla avsluta och försök igen."
        ) from error
    try:
        yield
    finally:
        os.close(handle)


@contextmanager
def _set_aside(to: Path, now: datetime) -> Iterator[Path | None]:
    """Give all that lies at a register's place other names; it is put back if the block fails.

    Only when it has them all are the old ones taken away, the register's own first.
    """
    there = [end for end in _BESIDE if _ends(to, end).exists()]
    kept = _free_name(to, now)
    try:
        with files.told(kept):
            for end in there:
                _ends(kept, end).hardlink_to(_ends(to, end))
            files.sync_folder(to.parent)
            for end in reversed(there):
                _ends(to, end).unlink()
        yield kept if there else None
    except BaseException:
        for end in there:
            _put_back(_ends(kept, end), _ends(to, end))
        raise


def _put_back(kept: Path, to: Path) -> None:
    with suppress(FileNotFoundError):
        kept.replace(to)
        kept.unlink()  # to rename one name of a file to another of its names does nothing


def _put_in_place(work: Path, to: Path) -> None:
    with files.told(to):
        for end in (key_file.SUFFIX, ""):
            files.sync(_ends(work, end))
        for end in (key_file.SUFFIX, ""):
            _ends(work, end).rename(_ends(to, end))
            files.sync_folder(to.parent)


def _free_name(to: Path, now: datetime) -> Path:
    moment = now.astimezone(UTC)
    while True:
        kept = to.with_name(f"{to.name}.{moment:%Y%m%dT%H%M%SZ}")
        if not any(_ends(kept, end).exists() for end in _BESIDE):
            return kept
        moment += timedelta(seconds=1)


def _ends(path: Path, end: str) -> Path:
    return path.with_name(path.name + end)
