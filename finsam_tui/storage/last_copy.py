"""What is known of the register's last copy without a key and without the disk that it lies on.

A note beside the register tells of the last verified copy, whoever made it. That disk may be
unplugged, and a share that is gone makes whoever asks for it wait.
"""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from finsam_tui.errors import RegisterError
from finsam_tui.storage import files, place

NOTE = ".kopia"  # beside the register
OFTEN = timedelta(hours=1)  # a copy that is younger is as good as a new one
_LIMIT = 10_000  # bytes of a note; it takes some four hundred
_WRAPPED = ".age"


class Last(NamedTuple):
    """The last verified copy: where it was put, its name, and when it was made, UTC."""

    folder: Path
    name: str
    made: datetime

    @property
    def wrapped(self) -> bool:
        """Whether it was made for those who hold an age identity."""
        return self.name.endswith(_WRAPPED)


def read(register: Path) -> Last | None:
    """Return the last copy of the register at a path, None where there is no note that holds."""
    try:
        told = json.loads(files.read_private(note_of(register), _LIMIT))
        made = datetime.fromisoformat(told["made"]).astimezone(UTC)
        return Last(_folder(told["folder"]), str(told["copy"]), made)
    except (RegisterError, OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None


def is_due(register: Path, last: Last, now: datetime) -> bool:
    """Return whether the last copy is no longer new, and the register was written since."""
    return abs(now - last.made) >= OFTEN and _written(register) > last.made.timestamp()


def is_astray(register: Path, folder: Path) -> bool:
    """Return whether the last copy was put in a folder in which no copy has ever been put.

    That is what an unplugged disk leaves: copies put there would fill the wrong one.
    """
    from finsam_tui.storage import copies

    last = read(register)
    known = last is not None and last.folder == folder.resolve()
    return known and not (folder / copies.LAST).exists()


def note_of(register: Path) -> Path:
    """Return the path of the note about the register at a path."""
    return register.with_name(register.name + NOTE)


def _folder(told: str) -> Path:
    """Return a path that the system takes for one; raises ValueError or TypeError."""
    if b"\0" in os.fsencode(told) or not Path(told).is_absolute():
        raise ValueError("no path of a folder")
    return Path(told)


def _written(register: Path) -> float:
    """Return when the register was last written, in seconds since 1970.

    A log that was merely opened is empty.
    """
    there = [path.stat() for path in (register, place.log_of(register)) if path.exists()]
    return max((status.st_mtime for status in there if status.st_size), default=0.0)
