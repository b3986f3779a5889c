"""After how long without a key the register locks itself: the association's own choice."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from finsam_tui.errors import NotAllowed

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register

USUAL = 5  # minutes
CHOICES = (2, 5, 10, 15, 30)  # never is none of them
_KEY = "lock_minutes"


def elapsed() -> float:
    """Return seconds that run on while the computer sleeps, whatever the clock is set to."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


def minutes(register: Register) -> int:
    """Return the minutes; the usual ones where nothing sensible has been chosen."""
    row = register.sql("SELECT value FROM setting WHERE key = ?", (_KEY,)).fetchone()
    chosen = str(row[0]) if row else ""
    return int(chosen) if chosen in map(str, CHOICES) else USUAL


def choose(register: Register, minutes: int) -> None:
    """Set the minutes, one of CHOICES, for all; raises NotAllowed but for a coordinator."""
    from finsam_tui.storage import staff

    if not staff.coordinates(register):
        raise NotAllowed("hur länge registret står öppet bestämmer samordnaren.")
    if minutes not in CHOICES:
        raise ValueError("no such choice")
    with register.write() as conn:
        conn.execute(
            "INSERT INTO setting (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (_KEY, str(minutes)),
        )
