"""Failed unlockings, counted beside the key file: each makes the next one wait, and none is hushed.

The file holds a number and two moments, nothing secret; whoever may delete it has the register's
folder, and can guess elsewhere at leisure. Against that stands the cost of each guess.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple

from finsam_tui.errors import (
    CopyError,
    FinsamError,
    RegisterError,
    RegisterMissing,
    TooSoon,
    WrongKey,
)
from finsam_tui.storage import files, key_file
from finsam_tui.text import plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from finsam_tui.storage.register import Register

SUFFIX = ".forsok"
FREE = 3  # failures that cost no waiting: anybody's finger slips
LONGEST = 60  # seconds; longer would let one person keep the others out
_LIMIT = 1000  # bytes
_MOST = 2**33


class Failed(NamedTuple):
    """How many unlockings failed in a row, the first and the last of them; seconds since 1970."""

    times: int = 0
    first: int = 0
    last: int = 0

    @property
    def wait(self) -> int:
        """Return how many seconds are to pass between the last failure and the next try."""
        return 0 if self.times < FREE else min(LONGEST, 2 ** min(10, self.times - FREE + 1))

    def __str__(self) -> str:
        """Return "3 misslyckade försök sedan 2024-03-15 13:30"."""
        many = plural(self.times, "misslyckat", "misslyckade")
        since = time.strftime("%Y-%m-%d %H:%M", time.localtime(self.first))
        return f"{many} försök att låsa upp sedan {since}"


@contextmanager
def counted(register: Path, clock: Callable[[], float] = time.time) -> Iterator[None]:
    """Let one try to unlock the register at a path: a WrongKey in the block is counted.

    Raises TooSoon while the last failure is to be waited for.
    """
    now = int(clock())
    before = read(register)
    passed = now - before.last
    if passed < 0:  # the clock was put back: wait once more, not until it has caught up
        _keep(register, before._replace(last=now))
    if max(0, passed) < before.wait:
        left = plural(before.wait - max(0, passed), "sekund", "sekunder")
        raise TooSoon(f"för många felaktiga försök; vänta {left} och försök igen.")
    try:
        yield
    except WrongKey:
        _add(register, int(clock()))
        raise


def read(register: Path) -> Failed:
    """Return the failures since the last unlocking of the register at a path."""
    try:
        found = json.loads(files.read_private(_path_of(register), _LIMIT))
        return Failed(*(max(0, min(int(found[name]), _MOST)) for name in Failed._fields))
    except RegisterMissing:
        return Failed()
    except (RegisterError, OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        now = int(time.time())
        return Failed(FREE - 1, now, now)  # spoilt by somebody: no reason to start from nothing


def settle(register: Register) -> tuple[str, ...]:
    """Note that the user has unlocked the register; return the failures since the last time.

    Those that nobody has been told of go into the access log, and those in it since the user was
    last told are told again: whoever gets in first must not hush them. They are kept where the
    register cannot be written.
    """
    failed = read(register.path)
    pending = [str(failed)] if failed.times else []
    told = (*_noted(register), *pending)
    with suppress(FinsamError):
        entries = [*(("failed_unlocks", text) for text in pending), ("unlock", None)]
        with register.write() as conn:
            conn.executemany(
                "INSERT INTO access (at, user, kind, detail)"
                " VALUES (finsam_now(), finsam_user(), ?, ?)",
                entries,
            )
        if pending:
            with suppress(OSError):
                _path_of(register.path).unlink(missing_ok=True)
    return told


def _noted(register: Register) -> list[str]:
    """Return the failures that others were told of since the user last unlocked the register."""
    last = "SELECT id FROM access WHERE kind = 'unlock' AND user = ? ORDER BY id DESC LIMIT 1"
    sql = f"SELECT detail FROM access WHERE kind = 'failed_unlocks' AND id > ({last}) ORDER BY id"
    return [str(detail) for (detail,) in register.sql(sql, (register.user,))]


def _add(register: Path, now: int) -> None:
    with suppress(OSError), files.folder_lock(key_file.path_of(register).parent):
        before = read(register)
        _keep(register, Failed(before.times + 1, before.first or now, now))


def _keep(register: Path, failed: Failed) -> None:
    with suppress(CopyError):  # a full disk: the refusal itself is told all the same
        content = json.dumps(failed._asdict()).encode("ascii") + b"\n"
        files.replace_private(_path_of(register), content)


def _path_of(register: Path) -> Path:
    keys = key_file.path_of(register)
    return keys.with_name(keys.name.removesuffix(key_file.SUFFIX) + SUFFIX)
