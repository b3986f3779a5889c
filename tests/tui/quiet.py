"""Has a test wait for an app until it has nothing left to do, and no longer.

Textual's own pilot sleeps a fiftieth of a second at least four times for each key, and then looks
whether the process was busy meanwhile. Here the event loop is asked what it still has to run: that
is known sooner, and as well on a machine where others are at work.
"""

from __future__ import annotations

import asyncio
import math
from typing import TYPE_CHECKING

from textual import app, pilot, screen
from textual._context import active_app

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop

SOON = 0.02  # seconds; what is due later, such as the blinking of a cursor, nobody waits for
FRAME = 0.002  # seconds between two looks at what is to be drawn anew


def hurry() -> None:
    """Let every app of this process be waited for, and draw, like that."""
    app.wait_for_idle = quiet  # type: ignore[attr-defined]
    pilot.wait_for_idle = quiet  # type: ignore[attr-defined]
    screen.UPDATE_PERIOD = FRAME  # type: ignore[misc] # a constant to everybody else


async def quiet(min_sleep: float = 0, max_sleep: float = 10) -> None:
    """Wait until nothing is to be run now or soon, `max_sleep` seconds at most."""
    del min_sleep  # what `wait_for_idle` may be given
    loop = asyncio.get_running_loop()
    end = loop.time() + max_sleep
    running = active_app.get()
    while running.is_running and loop.time() < end:
        await asyncio.sleep(0)
        wait = _until_next(loop)
        if wait > SOON:
            return
        await asyncio.sleep(max(wait, 0))


def _until_next(loop: AbstractEventLoop) -> float:
    """Return how many seconds a loop has nothing to run, but for who asks."""
    if loop._ready:  # type: ignore[attr-defined]  # noqa: SLF001 - no other way to it
        return 0
    timers = loop._scheduled  # type: ignore[attr-defined]  # noqa: SLF001
    due = [timer.when() for timer in timers if not timer.cancelled()]
    return float(min(due, default=math.inf) - loop.time())
