"""A closed terminal and a `kill` end a command as Ctrl+C does: with everything tidied up."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop
    from collections.abc import Callable, Iterator
    from types import FrameType

_SHELL = 128  # a shell's status of what a signal ended is this and the signal's number


@contextmanager
def ended_by_signals(leave: Callable[[int], object] | None = None) -> Iterator[None]:
    """End the block with SystemExit at SIGHUP or SIGTERM.

    An event loop that runs in the block calls `leave` with the exit status instead: an exception
    raised amid whatever a loop is doing can get lost there.
    """

    def end(number: int, _: FrameType | None) -> None:
        status = _SHELL + number
        loop = _running_loop() if leave else None
        if loop is None or leave is None:
            raise SystemExit(status)
        loop.call_soon_threadsafe(leave, status)

    before = {which: signal.signal(which, end) for which in (signal.SIGHUP, signal.SIGTERM)}
    try:
        yield
    finally:
        for which, handler in before.items():
            signal.signal(which, handler)


def _running_loop() -> AbstractEventLoop | None:
    import asyncio  # where a loop runs, it is there already

    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
