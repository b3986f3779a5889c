"""Walks through the house by keys alone, and reads what stands on the screen."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from textual.worker import WorkerFailed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from textual.pilot import Pilot

    from finsam_tui.tui.app import FinsamApp

SIZE = (80, 24)


class Walk:
    """Somebody at the keys of `app`."""

    def __init__(self, pilot: Pilot[int], app: FinsamApp) -> None:
        self.pilot = pilot
        self.app = app

    async def press(self, *keys: str) -> None:
        """Press keys by name; several letters in quotes are typed: "'åsa'"."""
        for key in keys:
            if key.startswith("'") and len(key) > 1:
                await self.pilot.press(*(KEYS.get(char, char) for char in key.strip("'")))
            else:
                await self.pilot.press(key)
            await self.settle()

    async def settle(self) -> None:
        """Wait until what the last key brought about has been read and drawn."""
        await self.pilot.pause()
        while any(not worker.is_finished for worker in self.app.workers):
            with suppress(WorkerFailed):  # the house tells of it
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()

    @property
    def text(self) -> str:
        """Everything on the screen, line by line."""
        screen = self.app.screen
        width, height = self.app.size
        strips = screen._compositor.render_strips(self.app.size)  # noqa: SLF001 - no other way to it
        lines = ["".join(segment.text for segment in strip) for strip in strips]
        assert len(lines) == height
        assert all(len(line) <= width for line in lines)
        return "\n".join(line.rstrip() for line in lines)

    @property
    def place(self) -> str:
        """The name of the screen's class."""
        return type(self.app.screen).__name__


KEYS = {" ": "space", "-": "minus", ",": "comma", ".": "full_stop", ":": "colon", "/": "slash"}


@asynccontextmanager
async def walking(app: FinsamApp, size: tuple[int, int] = SIZE) -> AsyncIterator[Walk]:
    """Start the app in a terminal of `size`, and give whoever walks in it."""
    async with app.run_test(size=size) as pilot:
        walk = Walk(pilot, app)
        await walk.settle()
        yield walk
