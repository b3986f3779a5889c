"""Reads that may take a moment at most: what is not done by then is left for another thread."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from finsam_tui.storage.driver import OperationalError

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.storage.register import Register

T = TypeVar("T")

_STEPS = 2_000  # of SQLite's machine, some tenths of a millisecond, between two looks at the clock


def within(
    seconds: float,
    register: Register,
    job: Callable[[Register], T],
    clock: Callable[[], float] = time.perf_counter,
) -> T | None:
    """Return what `job` reads, or None if its statements are not done after `seconds`."""
    deadline = clock() + seconds
    late = False

    def look() -> bool:
        nonlocal late
        late = clock() > deadline
        return late

    register.conn.set_progress_handler(look, _STEPS)
    try:
        return job(register)
    except OperationalError:
        if late:
            return None
        raise
    finally:
        register.conn.set_progress_handler(None, 0)
