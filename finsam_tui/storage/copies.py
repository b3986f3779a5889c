"""The folder of copies: one job at a time in it, nothing half-made left, the old ones let go.

A copy is `finsam-TIME.db`, an encrypted register of its own, or `finsam-TIME.tar.age`, the same
wrapped for those who hold an age identity. Beside it lie its manifest and, beside the first, its
key file. While it is made its name ends in `.part`; it goes by that name again before it is
removed. So what lies there under a whole name is whole, whenever a program was killed.
"""

from __future__ import annotations

import fcntl
import os
import re
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.domain.copies import kept
from finsam_tui.errors import Busy, CopyError, LooseMode, UsageError
from finsam_tui.storage import files, key_file, manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from finsam_tui.storage.manifest import Manifest

PART = ".part"
PLAIN, WRAPPED = ".db", ".tar.age"
LAST = "last_success.json"
_LOCK = ".finsam-backup.lock"
_TIME = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"finsam-(\d{8}T\d{6}Z)(\.db|\.tar\.age)")


class Copy(NamedTuple):
    """A finished copy: the time in its name, UTC, and its manifest, None where it is not whole."""

    path: Path
    made: datetime
    manifest: Manifest | None

    @property
    def good(self) -> bool:
        """Whether it is whole, and nothing in it was in doubt when it was made."""
        return self.manifest is not None and not self.manifest.doubts


def name(made: datetime, suffix: str) -> str:
    """Return the name of a copy made at a time, UTC."""
    return f"finsam-{made.strftime(_TIME)}{suffix}"


def finished(folder: Path) -> list[Copy]:
    """Return the copies in a folder, oldest first; raises UsageError where there is no folder."""
    if not folder.is_dir():
        raise UsageError(f"det finns ingen katalog {folder}; kontrollera sökvägen till kopiorna.")
    found = [
        Copy(path, made, _whole(path))
        for path in folder.iterdir()
        if (match := _NAME.fullmatch(path.name)) and (made := _time(match[1]))
    ]
    return sorted(found, key=lambda copy: copy.made)


def free_time(folder: Path, now: datetime) -> datetime:
    """Return `now`, UTC and to the second, or the next second that no copy is named by."""
    made = now.astimezone(UTC).replace(microsecond=0)
    while any((folder / name(made, suffix)).exists() for suffix in (PLAIN, WRAPPED)):
        made += timedelta(seconds=1)
    return made


@contextmanager
def job(folder: Path) -> Iterator[None]:
    """Work in a folder of copies, made if need be, without what a killed job left in it.

    Raises Busy where another job is at work there, CopyError where others than its owner get at it.
    """
    with files.told(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _refuse_loose(folder)
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _lock(handle, folder)
        clear(folder)
        yield
    finally:
        os.close(handle)


def clear(folder: Path) -> None:
    """Remove what is half-made, or half removed; for the one job in the folder."""
    with files.told(folder):
        for part in folder.glob(f"finsam-*{PART}"):
            path = part.with_name(part.name.removesuffix(PART))
            if _NAME.fullmatch(path.name):
                _drop(path)


def rotate(copies: Iterable[Copy]) -> list[str]:
    """Remove the copies that need not be kept, and return their names; raises CopyError.

    One that is not whole is left for somebody to look at.
    """
    whole = [copy for copy in copies if copy.manifest]
    stay = kept(c.made for c in whole) | kept(c.made for c in whole if c.good)
    gone = [copy.path for copy in whole if copy.made not in stay]
    for path in gone:
        with files.told(path):
            path.rename(part_of(path))
            files.sync_folder(path.parent)
            _drop(path)
    return [path.name for path in gone]


def part_of(path: Path) -> Path:
    """Return the name of a copy until it is finished."""
    return path.with_name(path.name + PART)


def keys_of(path: Path) -> Path:
    """Return the path of a copy's own key file; key_file.path_of would follow a link."""
    return path.with_name(path.name + key_file.SUFFIX)


def _drop(path: Path) -> None:
    """Remove all of a copy that is `.part`, that name last: until then it is known for one."""
    part = part_of(path)
    if not path.exists():
        keys_of(path).unlink(missing_ok=True)
        manifest.path_of(path).unlink(missing_ok=True)
    for suffix in ("-journal", "-wal", "-shm", ""):
        part.with_name(part.name + suffix).unlink(missing_ok=True)


def _whole(path: Path) -> Manifest | None:
    """Return the manifest of a copy whose files are there with the sizes it tells, else None."""
    try:
        told = manifest.read(path)
        sizes = {path: told.copy.bytes} | ({keys_of(path): told.keys.bytes} if told.keys else {})
        fit = all(p.is_file() and p.stat().st_size == size for p, size in sizes.items())
    except (CopyError, OSError):
        return None
    return told if fit else None


def _time(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _refuse_loose(folder: Path) -> None:
    try:
        files.refuse_loose(folder, folder.stat())
    except LooseMode as error:
        raise CopyError(str(error)) from None


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Busy(
            f"en annan säkerhetskopiering arbetar redan i {folder}; vänta tills den är klar."
        ) from error
