"""Reads the register off the screen's thread, on a connection of its own.

A scan of a hundred thousand people takes longer than a key press may; here it holds nobody up.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from finsam_tui.errors import FinsamError

if TYPE_CHECKING:
    from collections.abc import Callable

    from finsam_tui.storage.register import Register

T = TypeVar("T")


class Reader:
    """One thread that keeps a clone of `register` open until it is closed."""

    def __init__(self, register: Register) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="finsam-reader")
        self._twin = self._pool.submit(register.clone)

    async def ask(self, job: Callable[[Register], T]) -> T:
        """Return what `job` makes of the register; if cancelled it is not run, or stopped."""
        asked = self._pool.submit(lambda: job(self._twin.result()))
        try:
            return await asyncio.wrap_future(asked)
        except asyncio.CancelledError:
            if asked.running():
                self._twin.result().conn.interrupt()
            raise

    def close(self) -> None:
        """Break off the job under way, then close the connection in its own thread."""
        with suppress(Exception):  # it never opened, or is closed already
            if self._twin.done():
                self._twin.result().conn.interrupt()
        self._pool.submit(self._close)
        self._pool.shutdown(wait=True)

    def _close(self) -> None:
        with suppress(FinsamError):  # it never opened; whoever asked has been told
            self._twin.result().close()
