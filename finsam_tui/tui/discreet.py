"""A driver that leaves no copy of what is pasted in the memory that it was read into.

Textual reads the terminal in a thread of its own, and what a read has left there stays until that
thread has use for a block of the same size. A passphrase may be pasted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from finsam_tui.storage.process import overwrite_free

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.message import Message


def discreet(driver: type[Driver]) -> type[Driver]:
    """Return the same driver, but discreet."""

    class Discreet(driver):  # type: ignore[valid-type,misc] # which one depends on the machine
        def process_message(self, message: Message) -> None:
            """Pass an event on; called in the thread that has read it."""
            if isinstance(message, events.Paste):
                overwrite_free()  # the bytes that it was made of have just been given back
            super().process_message(message)

    return Discreet
